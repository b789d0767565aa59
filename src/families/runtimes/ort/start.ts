import type { InferenceSession } from 'onnxruntime-web/wasm';
import { LimnError, toReason } from '../../../core/errors.ts';
import type { NamedBytes } from '../../../core/named-bytes.ts';
import type { OrtEngineId } from '../../engines/engine-catalog.ts';
import { type AssetAddresses, fetchAsset, type ProgressSum } from '../../files/assets.ts';
import { describeWebGpu, deviceInWords } from '../gpu.ts';
import { type OrtSession, toOrtSession } from './session.ts';

type Ort = typeof import('onnxruntime-web/wasm');

/** ONNX Runtime at work in this thread. It ends with its worker. */
export interface OrtRuntime {
  /** In words, for the status line. */
  readonly device: string;
  readonly isSoftwareGpu: boolean;
  /**
   * Makes a network ready.
   *
   * @param files the network, and those that hold some of its weights, as it names them
   * @param outputs names of what is wanted of it
   * @param where the engine's own device, if nothing is said
   * @throws {LimnError} if the runtime lacks an operator of the network, else what ONNX Runtime throws
   */
  open(files: readonly NamedBytes[], outputs: readonly string[], where?: 'cpu'): Promise<OrtSession>;
}

/** A build of ONNX Runtime, which is one to a thread: once it computes, its threads can't be changed. */
interface Loaded {
  readonly ort: Ort;
  readonly threads: number;
}
const loading = new Map<OrtEngineId, Promise<Loaded>>();

/** Of the runtime's device, which it makes with the first session, and anew once all sessions have been released. */
let gpuLoss: { readonly device: GPUDevice; isLost: boolean } | null = null;

/** Starts ONNX Runtime in this thread. @throws {LimnError} if its files can't be had, else what it throws itself */
export async function startOrt(
  engine: OrtEngineId,
  assets: AssetAddresses,
  progress: ProgressSum,
  mostThreads = Number.POSITIVE_INFINITY,
): Promise<OrtRuntime> {
  const gpu = engine === 'ort-webgpu' ? await describeWebGpu() : null;
  if (engine === 'ort-webgpu' && !gpu) throw new Error('This browser gives no WebGPU adapter.');
  let task = loading.get(engine);
  if (!task) {
    task = load(engine, assets, progress, mostThreads);
    loading.set(engine, task);
    // Whoever asks next tries anew.
    task.catch(() => loading.delete(engine));
  }
  const { ort, threads } = await task;
  return {
    device: gpu ? deviceInWords('WebGPU', gpu) : `WASM · ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    isSoftwareGpu: gpu?.isSoftware ?? false,
    open: async (files, outputs, where) => {
      const onGpu = gpu !== null && where !== 'cpu';
      const session = await createSession(ort, files, onGpu);
      try {
        const loss = onGpu ? await watchGpu(ort) : null;
        return toOrtSession(session, outputs, { Tensor: ort.Tensor, isLost: () => loss?.isLost ?? false });
      } catch (error) {
        await session.release();
        throw error;
      }
    },
  };
}

/** With threads where the page is cross-origin isolated. */
async function load(
  engine: OrtEngineId,
  assets: AssetAddresses,
  progress: ProgressSum,
  mostThreads: number,
): Promise<Loaded> {
  const [loader, program] =
    engine === 'ort-webgpu'
      ? [assets['ort-webgpu-loader'], assets['ort-webgpu-wasm']]
      : [assets['ort-wasm-loader'], assets['ort-wasm']];
  progress.expect(program);
  const bytes = await fetchAsset(program, progress);
  const ort: Ort =
    engine === 'ort-webgpu' ? await import('onnxruntime-web/webgpu') : await import('onnxruntime-web/wasm');
  const threads = crossOriginIsolated ? Math.max(1, Math.min(mostThreads, navigator.hardwareConcurrency)) : 1;
  const { env } = ort;
  // What it has to say comes with its errors.
  env.logLevel = 'fatal';
  env.wasm.numThreads = threads;
  env.wasm.wasmBinary = bytes.buffer;
  env.wasm.wasmPaths = { mjs: loader.url };
  return { ort, threads };
}

async function createSession(
  ort: Ort,
  [model, ...beside]: readonly NamedBytes[],
  onGpu: boolean,
): Promise<InferenceSession> {
  if (!model) throw new Error('There is no network to open.');
  try {
    return await ort.InferenceSession.create(model.bytes, {
      executionProviders: [onGpu ? 'webgpu' : 'wasm'],
      logSeverityLevel: 4,
      ...(beside.length > 0 && {
        externalData: beside.map(({ name, bytes }) => ({ path: name, data: bytes })),
      }),
    });
  } catch (error) {
    throw toLacking(model.name, error) ?? error;
  }
}

/** Which operator the runtime lacks, as its messages say it; `null`: it is something else. */
export function toLacking(fileName: string, error: unknown): LimnError | null {
  const reason = toReason(error);
  // onnxruntime, core/framework/session_state_utils.cc and onnx/checker.cc, in their words.
  const [, operator] =
    /Could not find an implementation for (\w+)\(/.exec(reason) ??
    /No Op registered for (\w+)/.exec(reason) ??
    /Fatal error: ([\w.:]+)\(.*is not a registered function/.exec(reason) ??
    [];
  if (operator === undefined) return null;
  return new LimnError(
    `${fileName} uses the operator ${operator}, which ONNX Runtime doesn't have in browsers: export the network without it.`,
    { cause: error },
  );
}

/** Told when the runtime's GPU is gone, or has made an error, after which its numbers mean nothing. */
async function watchGpu(ort: Ort): Promise<{ readonly isLost: boolean }> {
  const device: GPUDevice = await ort.env.webgpu.device;
  if (gpuLoss?.device === device) return gpuLoss;
  const state = { device, isLost: false };
  const lose = (): void => {
    state.isLost = true;
  };
  void device.lost.then(lose);
  device.addEventListener('uncapturederror', lose);
  gpuLoss = state;
  return state;
}
