/** Networks in a page: run on engines, looked into, and broken on purpose. Part of the harness. */
import * as tf from '@tensorflow/tfjs';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { NetworkEngineId } from '../../src/families/engines/engine-catalog.ts';
import { EngineChain, type EngineFailure } from '../../src/families/engines/engine-chain.ts';
import type { PoseEstimator } from '../../src/families/estimator.ts';
import { ProgressSum } from '../../src/families/files/assets.ts';
import { OpenPoseEstimator } from '../../src/families/maps/maps-estimator.ts';
import { MoveNetEstimator } from '../../src/families/movenet/movenet-estimator.ts';
import { MultiposeEstimator } from '../../src/families/multipose/multipose-estimator.ts';
import type { ImportedNetwork, Network } from '../../src/families/network.ts';
import { PictureFeed } from '../../src/families/picture-feed.ts';
import { PoseNetEstimator } from '../../src/families/posenet/posenet-estimator.ts';
import type { StartRuntime } from '../../src/families/runtimes/maps-network.ts';
import { startRuntime } from '../../src/families/runtimes/start-runtime.ts';
import type { Graph } from '../../src/importers/graph.ts';
import * as limn from '../../src/index.ts';
import { ownPlatform } from '../../src/platform.ts';
import { toEstimatorOptions } from '../../src/tracking/order.ts';
import { loadNetwork as buildFrom } from '../../src/workers/networks/build-network.ts';
import { toBlob } from './to-blob.ts';

const platform = ownPlatform();

/** A network whose numbers are text, so that it can be handed to a page. */
export type TextGraph = string;

const progress = (): ProgressSum => new ProgressSum(() => undefined);

/** What a network makes of a picture on an engine. */
export async function runOnEngine(
  text: TextGraph,
  picture: { readonly height: number; readonly width: number; readonly values: readonly number[] },
  engine: NetworkEngineId,
): Promise<{ maps: number[] }> {
  const graph = JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('floats' in value)) return value;
    const bytes = Uint8Array.from(atob(String(value.floats)), (character) => character.charCodeAt(0));
    return new Float32Array(bytes.buffer);
  }) as Graph;
  const { height, width, values } = picture;
  const runtime = await startRuntime(engine, platform.assets, progress());
  const network = await runtime.compile(graph, height, width);
  const maps = await network.run(Float32Array.from(values));
  network.close();
  return { maps: [...maps] };
}

/** A network that was read, with its weights, as workers build it. */
async function loadNetwork(id: string): Promise<Network> {
  const source = platform.registry.source(id);
  if (!source) throw new Error(`Nobody has read ${id}.`);
  return buildFrom(source);
}

async function readNetwork(base64: string, name: string): Promise<ImportedNetwork> {
  const { id } = await limn.importModel([new File([toBlob(base64)], name)]);
  const network = await loadNetwork(id);
  if (network.kind !== 'maps') throw new Error(`${id} is no network of OpenPose's kind.`);
  return network;
}

/** The largest number of each of the first maps, and its cell, of a picture stretched to the network's. */
export async function highestOf(
  base64: string,
  name: string,
  picture: string,
  size: { readonly width: number; readonly height: number },
  engine: NetworkEngineId,
  maps: number,
): Promise<{ value: number; column: number; row: number }[]> {
  const { graph, scaling, layout } = await readNetwork(base64, name);
  const image = await createImageBitmap(toBlob(picture));
  const feed = new PictureFeed(size);
  const input = feed.fill(image, feed.place(image, false), scaling);
  image.close();
  const runtime = await startRuntime(engine, platform.assets, progress());
  const network = await runtime.compile(graph, size.height, size.width);
  const values = await network.run(input);
  network.close();
  const columns = size.width / 8;
  return Array.from({ length: maps }, (_, map) => {
    let best = { value: Number.NEGATIVE_INFINITY, column: 0, row: 0 };
    for (let cell = 0; cell * layout.channels < values.length; cell++) {
      const value = values[cell * layout.channels + map] ?? Number.NaN;
      if (value > best.value) best = { value, column: cell % columns, row: Math.floor(cell / columns) };
    }
    return best;
  });
}

/** Looks at a picture with a chain of engines, as workers do, of which one is broken on purpose. */
async function estimateWith(
  network: ImportedNetwork,
  picture: string,
  engines: readonly NetworkEngineId[],
  start: StartRuntime,
  frames: number,
  afterFrame: () => void = () => undefined,
): Promise<{ engines: string[]; failures: EngineFailure[]; people: number[] }> {
  const { options } = toEstimatorOptions(
    { model: network.info.id, netResolution: '-1x128' },
    'image',
    platform.registry,
  );
  const failures: EngineFailure[] = [];
  const networks = { bodies: network, hands: null, faces: null };
  const chain = new EngineChain<NetworkEngineId>(
    engines,
    (engine) => OpenPoseEstimator.open(options, engine, networks, platform.assets, progress(), start),
    (failure) => failures.push(failure),
  );
  const used: string[] = [];
  const people: number[] = [];
  const image = await createImageBitmap(toBlob(picture));
  for (let i = 0; i < frames; i++) {
    people.push((await chain.estimate(image, i)).bodies.length);
    used.push((await chain.estimator()).device.engine);
    afterFrame();
  }
  image.close();
  chain.close();
  return { engines: used, failures, people };
}

/** On the first engine every number of the maps but the largest ones is as it should be. */
export async function estimateOnBroken(base64: string, name: string, picture: string) {
  const start: StartRuntime = async (engine, assets, sum) => {
    const runtime = await startRuntime(engine, assets, sum);
    if (engine !== 'litert-wasm') return runtime;
    return {
      ...runtime,
      compile: async (...size) => {
        const network = await runtime.compile(...size);
        const run = async (input: Float32Array): Promise<Float32Array> =>
          (await network.run(input)).map((value) => Math.min(value, 0.5));
        return { run, milliseconds: 0, isLost: false, close: () => network.close() };
      },
    };
  };
  const network = await readNetwork(base64, name);
  return estimateWith(network, picture, ['litert-wasm', 'tfjs-wasm'], start, 1);
}

/** After the first frame the context of TensorFlow.js is lost, for good. */
export async function estimateUntilLost(base64: string, name: string, picture: string) {
  const network = await readNetwork(base64, name);
  const lose = (): void => {
    if (tf.getBackend() !== 'webgl') return;
    const { gl } = (tf.backend() as MathBackendWebGL).gpgpu;
    gl.getExtension('WEBGL_lose_context')?.loseContext();
  };
  return estimateWith(network, picture, ['tfjs-webgl', 'litert-wasm'], startRuntime, 3, lose);
}

/** The number of TensorFlow.js' tensors before and after a network was opened, run and closed. */
export async function countTensors(base64: string, name: string, picture: string): Promise<number[]> {
  const network = await readNetwork(base64, name);
  const counts: number[] = [];
  for (let i = 0; i < 3; i++) {
    await estimateWith(network, picture, ['tfjs-wasm'], startRuntime, 2);
    counts.push(tf.memory().numTensors);
  }
  return counts;
}

/** The number of TensorFlow.js' tensors after a MoveNet or PoseNet was opened, has looked at a picture twice, and was closed. */
export async function countEstimatorTensors(address: string, picture: string): Promise<number[]> {
  const { id } = await limn.importModel([address]);
  const network = await loadNetwork(id);
  const open = (): Promise<PoseEstimator> => {
    if (network.kind === 'movenet')
      return MoveNetEstimator.open(options, 'tfjs-wasm', network, platform.assets, progress());
    if (network.kind === 'posenet')
      return PoseNetEstimator.open(options, 'tfjs-wasm', network, platform.assets, progress(), startRuntime);
    if (network.kind !== 'multipose') throw new Error(`${id} is no MoveNet, and no PoseNet.`);
    return MultiposeEstimator.open(options, 'tfjs-wasm', network, platform.assets, progress(), startRuntime);
  };
  const { options } = toEstimatorOptions({ model: id }, 'video', platform.registry);
  const image = await createImageBitmap(toBlob(picture));
  const counts: number[] = [];
  for (let i = 0; i < 3; i++) {
    const estimator = await open();
    await estimator.estimate(image, 1);
    await estimator.reset();
    await estimator.estimate(image, 2);
    estimator.close();
    counts.push(tf.memory().numTensors);
  }
  image.close();
  return counts;
}
