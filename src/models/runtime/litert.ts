import {
  type CompiledModel,
  getWebGpuDevice,
  loadAndCompile,
  loadLiteRt,
  supportsFeature,
  Tensor,
} from '@litertjs/core';
import { LimnError } from '../../core/errors.ts';
import { toTflite } from '../../importers/writers/to-tflite.ts';
import { type AssetAddresses, fetchAsset, type ProgressSum } from '../assets.ts';
import { EngineLostError } from '../estimator.ts';
import { describeWebGpu, deviceInWords } from './gpu.ts';
import type { NetworkRuntime } from './maps-network.ts';

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

/** LiteRT at work in this thread. */
export interface LiteRt {
  /** In words, for the status line. */
  readonly device: string;
  readonly isSoftwareGpu: boolean;
  /**
   * Makes a TFLite network ready for pictures of one size.
   *
   * @param shape of its input
   * @param where the engine's own accelerator, if nothing is said
   * @throws what LiteRT throws if it can't run the network
   */
  open(bytes: Uint8Array, shape: readonly number[], where?: Accelerator): Promise<LiteRtModel>;
}

type Accelerator = 'wasm' | 'webgpu';

/** Starts LiteRT in this thread. @throws {LimnError} if its files can't be had, else what it throws itself */
export async function startLiteRt(
  engine: 'litert-webgpu' | 'litert-wasm',
  assets: AssetAddresses,
  progress: ProgressSum,
): Promise<LiteRt> {
  const gpu = engine === 'litert-webgpu' ? await describeWebGpu() : null;
  if (engine === 'litert-webgpu' && !gpu) throw new Error('This browser gives no WebGPU adapter.');
  loading ??= load(assets, progress);
  const threads = await loading;
  const device = gpu
    ? deviceInWords('WebGPU', gpu)
    : `WASM · ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return {
    device,
    isSoftwareGpu: gpu?.isSoftware ?? false,
    open: (bytes, shape, where = gpu ? 'webgpu' : 'wasm') => LiteRtModel.open(bytes, where, shape),
  };
}

/** LiteRT for networks whose maps people are found in. @throws as {@link startLiteRt} */
export async function startLiteRtMaps(
  engine: 'litert-webgpu' | 'litert-wasm',
  assets: AssetAddresses,
  progress: ProgressSum,
): Promise<NetworkRuntime> {
  const { device, isSoftwareGpu, open } = await startLiteRt(engine, assets, progress);
  return {
    device,
    isSoftwareGpu,
    compile: async (graph, height, width) => {
      const model = await open(toTflite(graph, height, width), [1, height, width, 3]);
      return {
        async run(picture) {
          const [maps] = await model.run(picture);
          if (!maps) throw new LimnError('The network gives nothing.');
          return maps;
        },
        get milliseconds() {
          return model.milliseconds;
        },
        close: () => model.close(),
      };
    },
  };
}

/** With threads where the page is cross-origin isolated. @returns threads that it computes with */
async function load(assets: AssetAddresses, progress: ProgressSum): Promise<number> {
  const hasRelaxedSimd = await supportsFeature('relaxedSimd');
  const hasThreads = hasRelaxedSimd && crossOriginIsolated && (await supportsFeature('threads'));
  const variant = hasThreads ? 'litert-threaded' : hasRelaxedSimd ? 'litert' : 'litert-compat';
  const program = assets[`${variant}-wasm`];
  progress.expect(program);
  const bytes = await fetchAsset(program, progress);
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/wasm' }));
  const loader = (await import(/* @vite-ignore */ assets[`${variant}-loader`].url)) as { default: unknown };
  const scope = globalThis as unknown as LoaderScope;
  scope.ModuleFactory = loader.default;
  scope.Module = {
    locateFile: () => address,
    ...(hasThreads && { mainScriptUrlOrBlob: assets['litert-threaded-script'].url }),
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
  return hasThreads ? Math.max(1, navigator.hardwareConcurrency) : 1;
}

/** A TFLite network at work in LiteRT. */
export class LiteRtModel {
  readonly #model: CompiledModel;
  readonly #shape: number[];
  #isLost = false;
  /** Of the last run, without its numbers' way in and out. */
  milliseconds = 0;

  private constructor(model: CompiledModel, shape: readonly number[]) {
    this.#model = model;
    this.#shape = [...shape];
  }

  /** @throws what LiteRT throws if it can't run the network */
  static async open(
    bytes: Uint8Array,
    accelerator: Accelerator,
    shape: readonly number[],
  ): Promise<LiteRtModel> {
    const network = new LiteRtModel(await loadAndCompile(bytes, { accelerator }), shape);
    if (accelerator === 'webgpu') {
      void getWebGpuDevice()?.lost.then(() => {
        network.#isLost = true;
      });
    }
    return network;
  }

  /**
   * What comes out; the caller's.
   *
   * @param wanted which of the network's outputs, and in which order; all of them if nothing is said
   * @throws {EngineLostError} if the device was lost
   */
  async run(picture: Float32Array, wanted?: readonly number[]): Promise<Float32Array[]> {
    if (this.#isLost) throw new EngineLostError('The WebGPU device was lost.');
    const input = new Tensor(picture, this.#shape);
    const outputs: Tensor[] = [];
    try {
      const began = performance.now();
      outputs.push(...(await this.#model.run(input)));
      this.milliseconds = performance.now() - began;
      const read = wanted?.map((index) => outputs[index]) ?? outputs;
      const values = await Promise.all(read.map((output) => output?.data()));
      if (this.#isLost) throw new EngineLostError('The WebGPU device was lost.');
      return values.map((each) => {
        if (each instanceof Float32Array) return each;
        throw new LimnError('The network gives something else than floats.');
      });
    } finally {
      input.delete();
      for (const output of outputs) output.delete();
    }
  }

  close(): void {
    this.#model.delete();
  }
}
