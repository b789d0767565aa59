import { type CompiledModel, loadAndCompile, loadLiteRt, Tensor } from '@litertjs/core';
import { LimnError } from '../../core/errors.ts';

/** A TFLite network at work in LiteRT. Whoever opens it closes it. */
export class LiteRtNetwork {
  readonly #model: CompiledModel;

  private constructor(model: CompiledModel) {
    this.#model = model;
  }

  /**
   * Loads the runtime, once a thread, and compiles a network.
   *
   * @param runtime address of the folder with LiteRT's WebAssembly
   * @param threads whether it may use several; the page has to be cross-origin isolated for that
   * @throws what LiteRT throws if it can't run the network
   */
  static async open(
    runtime: string,
    bytes: Uint8Array,
    { accelerator, threads }: { readonly accelerator: 'wasm' | 'webgpu'; readonly threads: boolean },
  ): Promise<LiteRtNetwork> {
    loading ??= loadLiteRt(runtime, { threads });
    await loading;
    return new LiteRtNetwork(await loadAndCompile(bytes, { accelerator }));
  }

  /**
   * Maps out of one picture.
   *
   * @param picture height × width × 3 numbers, as the network wants them
   * @param shape of the picture, batch first
   */
  async run(picture: Float32Array, shape: readonly [number, number, number, number]): Promise<Float32Array> {
    const input = new Tensor(picture, [...shape]);
    const outputs: Tensor[] = [];
    try {
      outputs.push(...(await this.#model.run(input)));
      const [output] = outputs;
      const values = await output?.data();
      if (!(values instanceof Float32Array))
        throw new LimnError('The network gives something else than floats.');
      return values;
    } finally {
      input.delete();
      for (const output of outputs) output.delete();
    }
  }

  close(): void {
    this.#model.delete();
  }
}

/** The runtime is one to a thread. */
let loading: Promise<unknown> | null = null;
