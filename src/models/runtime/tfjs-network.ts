import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { LimnError } from '../../core/errors.ts';
import type { Graph } from '../../importers/graph.ts';
import { type TfjsModel, toTfjs } from '../../importers/writers/to-tfjs.ts';
import type { AssetAddresses, ProgressSum } from '../assets.ts';
import { EngineLostError } from '../estimator.ts';
import { describeGpu, describeWebGpu, deviceInWords } from './gpu.ts';
import type { MapsNetwork, NetworkRuntime } from './maps-network.ts';

export type TfjsEngineId = 'tfjs-webgpu' | 'tfjs-webgl' | 'tfjs-wasm' | 'tfjs-cpu';

/** Starts TensorFlow.js on a backend in this thread. @throws what it throws when it can't start here */
export async function startTfjs(
  engine: TfjsEngineId,
  assets: AssetAddresses,
  progress: ProgressSum,
): Promise<NetworkRuntime> {
  const { device, isSoftwareGpu } = await describeDevice(engine);
  const backend = engine.slice('tfjs-'.length);
  if (backend === 'wasm') useWasm(assets, progress);
  // It says in the console what it is built with.
  tf.enableProdMode();
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js could not start ${backend}.`);
  await tf.ready();
  return {
    device,
    isSoftwareGpu,
    compile: async (graph: Graph, height: number, width: number) =>
      TfjsNetwork.open(toTfjs(graph, height, width), [1, height, width, 3], whenLost(backend)),
  };
}

/** On one thread: its threads start from scripts at blob: addresses, which the page's security policy forbids. */
function useWasm(assets: AssetAddresses, progress: ProgressSum): void {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': assets['tfjs-wasm'].url,
    'tfjs-backend-wasm-simd.wasm': assets['tfjs-wasm-simd'].url,
    // It asks for all three, and loads the one that it needs.
    'tfjs-backend-wasm-threaded-simd.wasm': assets['tfjs-wasm-simd'].url,
  });
  progress.expect(assets['tfjs-wasm-simd']);
}

async function describeDevice(
  engine: TfjsEngineId,
): Promise<{ readonly device: string; readonly isSoftwareGpu: boolean }> {
  switch (engine) {
    case 'tfjs-webgpu': {
      const gpu = await describeWebGpu();
      if (!gpu) throw new Error('This browser gives no WebGPU adapter.');
      return { device: deviceInWords('WebGPU', gpu), isSoftwareGpu: gpu.isSoftware };
    }
    case 'tfjs-webgl': {
      const gpu = describeGpu();
      if (!gpu) throw new Error('This browser has no WebGL 2 here.');
      return { device: deviceInWords('WebGL', gpu), isSoftwareGpu: gpu.isSoftware };
    }
    case 'tfjs-wasm':
      return { device: 'WASM · 1 thread', isSoftwareGpu: false };
    case 'tfjs-cpu':
      return { device: 'JavaScript · 1 thread', isSoftwareGpu: false };
  }
}

/** Says whether the backend's device is lost. */
function whenLost(backend: string): () => boolean {
  if (backend === 'webgl') {
    const { gl } = (tf.backend() as MathBackendWebGL).gpgpu;
    return () => gl.isContextLost();
  }
  if (backend !== 'webgpu') return () => false;
  let isLost = false;
  void (tf.backend() as WebGPUBackend).device.lost.then(() => {
    isLost = true;
  });
  return () => isLost;
}

class TfjsNetwork implements MapsNetwork {
  readonly #model: tf.GraphModel;
  readonly #shape: [number, number, number, number];
  readonly #isLost: () => boolean;

  private constructor(model: tf.GraphModel, shape: [number, number, number, number], isLost: () => boolean) {
    this.#model = model;
    this.#shape = shape;
    this.#isLost = isLost;
  }

  static async open(
    { nodes, weightSpecs, weights, input, output }: TfjsModel,
    shape: [number, number, number, number],
    isLost: () => boolean,
  ): Promise<TfjsNetwork> {
    const signature = { inputs: { [input]: { name: input } }, outputs: { [output]: { name: output } } };
    const handler = tf.io.fromMemory({
      modelTopology: { node: nodes, versions: {} },
      format: 'graph-model',
      signature,
      weightSpecs: [...weightSpecs],
      weightData: [...weights],
    });
    return new TfjsNetwork(await tf.loadGraphModel(handler), shape, isLost);
  }

  async run(picture: Float32Array): Promise<Float32Array> {
    if (this.#isLost()) throw new EngineLostError('The GPU was lost.');
    const input = tf.tensor4d(picture, this.#shape);
    let output: tf.Tensor | null = null;
    try {
      const outputs = this.#model.execute(input);
      if (Array.isArray(outputs)) throw new LimnError('The network gives several outputs.');
      output = outputs as tf.Tensor;
      const values = await output.data();
      // A context that is lost while a network runs gives numbers, but no right ones.
      if (this.#isLost()) throw new EngineLostError('The GPU was lost.');
      return values instanceof Float32Array ? values : Float32Array.from(values);
    } finally {
      input.dispose();
      output?.dispose();
    }
  }

  close(): void {
    this.#model.dispose();
  }
}
