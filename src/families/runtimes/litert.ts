import { getWebGpuDevice, loadAndCompile, loadLiteRt, supportsFeature } from '@litertjs/core';
import { LimnError } from '../../core/errors.ts';
import { inputChannels } from '../../importers/graph.ts';
import { toTflite } from '../../importers/writers/to-tflite.ts';
import { type AssetAddresses, fetchAsset, type ProgressSum } from '../files/assets.ts';
import { describeWebGpu, deviceInWords } from './gpu.ts';
import { GpuModel } from './litert-gpu-model.ts';
import { type LiteRtModel, runModel, WasmModel } from './litert-model.ts';
import type { NetworkRuntime } from './maps-network.ts';

/** What LiteRT's loader looks for in its thread. */
interface LoaderScope {
  ModuleFactory?: unknown;
  Module?: {
    readonly locateFile: (name: string) => string;
    readonly mainScriptUrlOrBlob?: string | Blob;
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
   * @throws what LiteRT throws if it can't run the network; {Error} if it would run only a part of it on the GPU
   */
  open(bytes: Uint8Array, shape: readonly number[], where?: Accelerator): Promise<LiteRtModel>;
}

/** `webgpu-half`: in numbers of 16 bits, where the GPU has them. */
export type Accelerator = 'wasm' | 'webgpu' | 'webgpu-half';

/** Starts LiteRT in this thread. @throws {LimnError} if its files can't be had, else what it throws itself */
export async function startLiteRt(
  engine: 'litert-webgpu' | 'litert-wasm',
  assets: AssetAddresses,
  progress: ProgressSum,
  mostThreads = Number.POSITIVE_INFINITY,
): Promise<LiteRt> {
  const gpu = engine === 'litert-webgpu' ? await describeWebGpu() : null;
  if (engine === 'litert-webgpu' && !gpu) throw new Error('This browser gives no WebGPU adapter.');
  loading ??= load(assets, progress);
  const threads = Math.min(mostThreads, await loading);
  const device = gpu
    ? deviceInWords('WebGPU', gpu)
    : `WASM · ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return {
    device,
    isSoftwareGpu: gpu?.isSoftware ?? false,
    open: (bytes, shape, where = gpu ? 'webgpu' : 'wasm') =>
      where === 'wasm' ? openOnWasm(bytes, shape, threads) : openOnGpu(bytes, shape, where),
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
      const model = await open(toTflite(graph, height, width), [1, height, width, inputChannels(graph)]);
      return {
        async run(picture) {
          const [maps] = await runModel(model, picture);
          if (!maps) throw new LimnError('The network gives nothing.');
          return maps;
        },
        get milliseconds() {
          return model.milliseconds;
        },
        get isLost() {
          return model.isLost;
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
    ...(hasThreads && { mainScriptUrlOrBlob: threadScript(assets['litert-threaded-script'].url) }),
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

/**
 * What LiteRT's threads begin with. Where this worker was started by a blob, to be under the page's policy, they are, too
 * (workers/starting/start.ts).
 */
function threadScript(address: string): string | Blob {
  if (location.protocol !== 'blob:') return address;
  return new Blob([`importScripts(${JSON.stringify(address)});`], { type: 'text/javascript' });
}

async function openOnWasm(bytes: Uint8Array, shape: readonly number[], threads: number): Promise<WasmModel> {
  const compiled = await loadAndCompile(bytes, { accelerator: 'wasm', cpuOptions: { numThreads: threads } });
  return new WasmModel(compiled, shape);
}

async function openOnGpu(
  bytes: Uint8Array,
  shape: readonly number[],
  where: 'webgpu' | 'webgpu-half',
): Promise<GpuModel> {
  const device = getWebGpuDevice();
  if (!device) throw new Error('LiteRT has no WebGPU device.');
  const isHalf = where === 'webgpu-half';
  if (isHalf && !device.features.has('shader-f16')) throw new Error('This GPU has no numbers of 16 bits.');
  const compiled = await loadAndCompile(bytes, {
    accelerator: 'webgpu',
    gpuOptions: { precision: isHalf ? 'fp16' : 'fp32' },
  });
  if (compiled.isFullyAccelerated) return new GpuModel(compiled, shape, device);
  // What LiteRT leaves to the CPU, sparse weights among it, comes out wrong without a word.
  compiled.delete();
  throw new Error('LiteRT would run only a part of the network on the GPU.');
}
