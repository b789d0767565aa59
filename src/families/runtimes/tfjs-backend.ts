import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgpu';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import type { TfjsEngineId } from '../engines/engine-catalog.ts';
import { type AssetAddresses, fetchAsset, type ProgressSum } from '../files/assets.ts';
import { describeGpu, describeWebGpu, deviceInWords } from './gpu.ts';
import { hasSimd } from './simd.ts';

/** A backend of TensorFlow.js that has started. */
export interface TfjsBackend {
  /** In words, for the status line. */
  readonly device: string;
  readonly isSoftwareGpu: boolean;
  /** Is its GPU gone? */
  readonly isLost: () => boolean;
}

/** Starts TensorFlow.js on a backend in this thread. @throws what it throws when it can't start here */
export async function startBackend(
  engine: TfjsEngineId,
  assets: AssetAddresses,
  progress: ProgressSum,
): Promise<TfjsBackend> {
  const described = await describeDevice(engine);
  const backend = engine.slice('tfjs-'.length);
  const program = backend === 'wasm' ? await loadWasm(assets, progress) : null;
  // It says in the console what it is built with.
  tf.enableProdMode();
  try {
    if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js could not start ${backend}.`);
    await tf.ready();
  } finally {
    if (program) URL.revokeObjectURL(program);
  }
  return { ...described, isLost: whenLost(backend) };
}

/** On one thread: its threads start from scripts at blob: addresses, which the page's security policy forbids. @returns an address to revoke */
async function loadWasm(assets: AssetAddresses, progress: ProgressSum): Promise<string> {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const program = assets[hasSimd() ? 'tfjs-wasm-simd' : 'tfjs-wasm'];
  progress.expect(program);
  const bytes = await fetchAsset(program, progress);
  // It asks for all three addresses, and fetches the one that it needs.
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/wasm' }));
  setWasmPaths({
    'tfjs-backend-wasm.wasm': address,
    'tfjs-backend-wasm-simd.wasm': address,
    'tfjs-backend-wasm-threaded-simd.wasm': address,
  });
  return address;
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

const manifestSchema = v.object({
  weightsManifest: v.array(
    v.object({ paths: v.array(v.string()), weights: v.array(v.looseObject({ name: v.string() })) }),
  ),
});

/**
 * A `model.json` and its shards, by their names without folders, as TensorFlow.js loads them, nothing being fetched.
 *
 * @throws {LimnError} if a shard is missing
 */
export function toHandler(
  model: unknown,
  shards: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): tf.io.IOHandler {
  const { weightsManifest } = v.parse(manifestSchema, model);
  const weightData = weightsManifest
    .flatMap(({ paths }) => paths)
    .map((path) => {
      const shard = shards.find(({ name }) => name === path.replace(/^.*\//, ''));
      if (!shard) throw new LimnError(`The model has weights in ${path}, which isn't there.`);
      return new Uint8Array(shard.bytes).buffer;
    });
  return tf.io.fromMemory({
    ...(model as tf.io.ModelJSON),
    weightSpecs: weightsManifest.flatMap(({ weights }) => weights) as unknown as tf.io.WeightsManifestEntry[],
    weightData,
  });
}
