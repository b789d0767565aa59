/** What networks in a page are compared with: their own whole graph, in TensorFlow.js. Part of the harness. */
import * as tf from '@tensorflow/tfjs';
import type { NetworkEngineId } from '../../src/families/engines/engine-catalog.ts';
import { ProgressSum } from '../../src/families/files/assets.ts';
import type { NetworkRuntime } from '../../src/families/runtimes/maps-network.ts';
import { startRuntime } from '../../src/families/runtimes/start-runtime.ts';
import { toHandler } from '../../src/families/runtimes/tfjs-backend.ts';
import { ownPlatform } from '../../src/platform.ts';

/** A network of TensorFlow.js, as its authors wrote it, beside an engine that has started. */
interface ComparedNetwork {
  readonly json: unknown;
  readonly shard: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };
  readonly runtime: NetworkRuntime;
  /** To be disposed of by whoever asks. */
  readonly loadWhole: () => Promise<tf.GraphModel>;
}

/** @param model address of its `model.json`, and of its weights */
export async function openCompared(
  model: readonly [json: string, weights: string],
  engine: NetworkEngineId,
): Promise<ComparedNetwork> {
  const [json, bytes] = await Promise.all([
    fetch(model[0]).then((answer) => answer.json() as Promise<unknown>),
    fetch(model[1]).then(async (answer) => new Uint8Array(await answer.arrayBuffer())),
  ]);
  const shard = { name: model[1].replace(/^.*\//, ''), bytes };
  const { assets } = ownPlatform();
  const progress = (): ProgressSum => new ProgressSum(() => undefined);
  const reference = await startRuntime('tfjs-wasm', assets, progress());
  const runtime = engine === 'tfjs-wasm' ? reference : await startRuntime(engine, assets, progress());
  return { json, shard, runtime, loadWhole: () => tf.loadGraphModel(toHandler(json, [shard])) };
}
