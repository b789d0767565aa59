import { type CompiledModel, loadAndCompile, loadLiteRt, supportsFeature, Tensor } from '@litertjs/core';
import { LimnError } from '../../core/errors.ts';
import { type AssetAddresses, fetchAsset, type ProgressSum } from '../assets.ts';

/** What LiteRT's loader looks for in its thread. */
interface LoaderScope {
  ModuleFactory?: unknown;
  Module?: {
    readonly locateFile: (name: string) => string;
    readonly mainScriptUrlOrBlob?: string;
  };
  importScripts?: (...addresses: string[]) => void;
}

/** The runtime is one to a thread: how many threads of its own it has. */
let loading: Promise<number> | null = null;

/**
 * Loads LiteRT's runtime, once a thread: with threads where the page is cross-origin isolated.
 *
 * @returns threads that it computes with
 * @throws {LimnError} if its files can't be had
 */
export function loadLiteRtRuntime(assets: AssetAddresses, progress: ProgressSum): Promise<number> {
  loading ??= load(assets, progress);
  return loading;
}

async function load(assets: AssetAddresses, progress: ProgressSum): Promise<number> {
  const hasRelaxedSimd = await supportsFeature('relaxedSimd');
  const threads = hasRelaxedSimd && crossOriginIsolated && (await supportsFeature('threads'));
  const variant = threads ? 'litert-threaded' : hasRelaxedSimd ? 'litert' : 'litert-compat';
  const program = assets[`${variant}-wasm`];
  progress.expect(program);
  const bytes = await fetchAsset(program, progress);
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/wasm' }));
  const loader = (await import(/* @vite-ignore */ assets[`${variant}-loader`].url)) as { default: unknown };
  const scope = globalThis as unknown as LoaderScope;
  scope.ModuleFactory = loader.default;
  scope.Module = {
    locateFile: () => address,
    ...(threads && { mainScriptUrlOrBlob: assets['litert-threaded-script'].url }),
  };
  // LiteRT would load its script by this, which module workers can't; the factory is there already.
  const { importScripts } = scope;
  scope.importScripts = () => undefined;
  try {
    await loadLiteRt('litert.js', {});
  } finally {
    if (importScripts) scope.importScripts = importScripts;
    else delete scope.importScripts;
    URL.revokeObjectURL(address);
  }
  return threads ? Math.max(1, navigator.hardwareConcurrency) : 1;
}

/** A TFLite network at work in LiteRT. Whoever opens it closes it. */
export class LiteRtNetwork {
  readonly #model: CompiledModel;

  private constructor(model: CompiledModel) {
    this.#model = model;
  }

  /** Compiles a network; the runtime has to be loaded. @throws what LiteRT throws if it can't run the network */
  static async open(bytes: Uint8Array, accelerator: 'wasm' | 'webgpu'): Promise<LiteRtNetwork> {
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
