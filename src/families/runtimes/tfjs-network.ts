import * as tf from '@tensorflow/tfjs';
import { LimnError } from '../../core/errors.ts';
import { type Graph, inputChannels } from '../../importers/graph.ts';
import { type TfjsModel, toTfjs } from '../../importers/writers/to-tfjs.ts';
import type { TfjsEngineId } from '../engines/engine-catalog.ts';
import { EngineLostError } from '../estimator.ts';
import type { AssetAddresses, ProgressSum } from '../files/assets.ts';
import type { MapsNetwork, NetworkRuntime } from './maps-network.ts';
import { startBackend } from './tfjs-backend.ts';

/** Starts TensorFlow.js on a backend in this thread. @throws what it throws when it can't start here */
export async function startTfjs(
  engine: TfjsEngineId,
  assets: AssetAddresses,
  progress: ProgressSum,
): Promise<NetworkRuntime> {
  const { device, isSoftwareGpu, isLost } = await startBackend(engine, assets, progress);
  return {
    device,
    isSoftwareGpu,
    compile: async (graph: Graph, height: number, width: number) =>
      TfjsNetwork.open(toTfjs(graph, height, width), [1, height, width, inputChannels(graph)], isLost),
  };
}

class TfjsNetwork implements MapsNetwork {
  readonly #model: tf.GraphModel;
  readonly #shape: [number, number, number, number];
  readonly #isLost: () => boolean;
  milliseconds = 0;

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

  get isLost(): boolean {
    return this.#isLost();
  }

  async run(picture: Float32Array): Promise<Float32Array> {
    if (this.#isLost()) throw new EngineLostError('The GPU was lost.');
    const input = tf.tensor4d(picture, this.#shape);
    let output: tf.Tensor | null = null;
    try {
      const began = performance.now();
      const outputs = this.#model.execute(input);
      if (Array.isArray(outputs)) throw new LimnError('The network gives several outputs.');
      output = outputs as tf.Tensor;
      // A GPU has only been told what to do until its numbers are asked for.
      const values = await output.data();
      this.milliseconds = performance.now() - began;
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
