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
import type { MapsNetwork, NetworkRuntime } from './maps-network.ts';

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

/** Starts LiteRT in this thread. @throws {LimnError} if its files can't be had, else what it throws itself */
export async function startLiteRt(
  engine: 'litert-webgpu' | 'litert-wasm',
  assets: AssetAddresses,
  progress: ProgressSum,
): Promise<NetworkRuntime> {
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
    compile: async (graph, height, width) =>
      LiteRtNetwork.open(toTflite(graph, height, width), gpu ? 'webgpu' : 'wasm', [1, height, width, 3]),
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
class LiteRtNetwork implements MapsNetwork {
  readonly #model: CompiledModel;
  readonly #shape: number[];
  #isLost = false;
  milliseconds = 0;

  private constructor(model: CompiledModel, shape: readonly number[]) {
    this.#model = model;
    this.#shape = [...shape];
  }

  /** @throws what LiteRT throws if it can't run the network */
  static async open(
    bytes: Uint8Array,
    accelerator: 'wasm' | 'webgpu',
    shape: readonly number[],
  ): Promise<LiteRtNetwork> {
    const network = new LiteRtNetwork(await loadAndCompile(bytes, { accelerator }), shape);
    if (accelerator === 'webgpu') {
      void getWebGpuDevice()?.lost.then(() => {
        network.#isLost = true;
      });
    }
    return network;
  }

  async run(picture: Float32Array): Promise<Float32Array> {
    if (this.#isLost) throw new EngineLostError('The WebGPU device was lost.');
    const input = new Tensor(picture, this.#shape);
    const outputs: Tensor[] = [];
    try {
      const began = performance.now();
      outputs.push(...(await this.#model.run(input)));
      this.milliseconds = performance.now() - began;
      const [output] = outputs;
      const values = await output?.data();
      if (this.#isLost) throw new EngineLostError('The WebGPU device was lost.');
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
