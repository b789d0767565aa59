import {
  type CompiledModel,
  getGlobalLiteRt,
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
  /** On WASM, the picture is written where the network reads it; on GPUs it is made anew each time. */
  readonly #input: Tensor | null;
  readonly #picture: Float32Array | null;
  #isLost = false;
  /** Of the last run, without its numbers' way in and out. */
  milliseconds = 0;
  /** Of all runs. */
  totalMilliseconds = 0;

  private constructor(model: CompiledModel, shape: readonly number[], accelerator: Accelerator) {
    this.#model = model;
    this.#shape = [...shape];
    const picture = new Float32Array(shape.reduce((product, size) => product * size, 1));
    this.#picture = accelerator === 'wasm' ? null : picture;
    this.#input = accelerator === 'wasm' ? new Tensor(picture, this.#shape) : null;
  }

  /** @throws what LiteRT throws if it can't run the network */
  static async open(
    bytes: Uint8Array,
    accelerator: Accelerator,
    shape: readonly number[],
  ): Promise<LiteRtModel> {
    const network = new LiteRtModel(await loadAndCompile(bytes, { accelerator }), shape, accelerator);
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
   * @throws {EngineLostError} if the device was lost
   */
  run(picture: Float32Array): Promise<Float32Array[]> {
    return this.compute(
      (input) => input.set(picture),
      (outputs) => outputs.map((output) => output.slice()),
    );
  }

  /**
   * Computes without copying more than has to be.
   *
   * @param write fills the picture in
   * @param read makes something of what comes out, in the memory of the runtime: it is gone afterwards
   * @param wanted which of the network's outputs, and in which order; all of them if nothing is said
   * @throws {EngineLostError} if the device was lost
   */
  async compute<T>(
    write: (picture: Float32Array) => void,
    read: (outputs: readonly Float32Array[]) => T,
    wanted?: readonly number[],
  ): Promise<T> {
    if (this.#isLost) throw new EngineLostError('The WebGPU device was lost.');
    const input = this.#fill(write);
    const outputs: Tensor[] = [];
    try {
      const began = performance.now();
      outputs.push(...(await this.#model.run(input)));
      this.milliseconds = performance.now() - began;
      this.totalMilliseconds += this.milliseconds;
      const chosen = wanted?.map((index) => outputs[index]) ?? outputs;
      const given = chosen.filter((output) => output !== undefined);
      if (given.length < chosen.length)
        throw new LimnError('The network gives fewer outputs than it should.');
      if (this.#input) return readInPlace(given, read);
      const values = await Promise.all(given.map((output) => output.data()));
      if (this.#isLost) throw new EngineLostError('The WebGPU device was lost.');
      return read(values.map(asFloats));
    } finally {
      if (input !== this.#input) input.delete();
      for (const output of outputs) output.delete();
    }
  }

  close(): void {
    this.#input?.delete();
    this.#model.delete();
  }

  #fill(write: (picture: Float32Array) => void): Tensor {
    if (this.#input) {
      inPlace(this.#input, 'WRITE', write);
      return this.#input;
    }
    const picture = this.#picture ?? new Float32Array();
    write(picture);
    return new Tensor(picture, this.#shape);
  }
}

/** What Emscripten gives the module beside LiteRT's own functions. */
interface Heap {
  readonly HEAPU8: Uint8Array;
}

/** Lets somebody at a tensor's memory. */
function inPlace<T>(
  { liteRtTensorBuffer: buffer, type }: Tensor,
  mode: 'READ' | 'WRITE',
  use: (values: Float32Array) => T,
): T {
  if (type.dtype !== 'float32') throw new LimnError('The network gives something else than floats.');
  const { liteRtWasm } = getGlobalLiteRt();
  const address = buffer.lock(liteRtWasm.LiteRtTensorBufferLockMode[mode]);
  try {
    // Looked up every time: memory that grows is another one.
    const { buffer: memory } = (liteRtWasm as unknown as Heap).HEAPU8;
    return use(new Float32Array(memory, address, buffer.packedSize() / Float32Array.BYTES_PER_ELEMENT));
  } finally {
    buffer.unlock();
  }
}

function readInPlace<T>(tensors: readonly Tensor[], read: (values: readonly Float32Array[]) => T): T {
  const [first, ...others] = tensors;
  if (!first) return read([]);
  return inPlace(first, 'READ', (values) => readInPlace(others, (more) => read([values, ...more])));
}

function asFloats(values: unknown): Float32Array {
  if (values instanceof Float32Array) return values;
  throw new LimnError('The network gives something else than floats.');
}
