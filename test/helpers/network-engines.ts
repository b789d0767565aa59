import type { NetworkEngineId } from '../../src/families/engines/engine-catalog.ts';

/** Every engine that runs networks out of files. */
export const NETWORK_ENGINES = [
  'litert-wasm',
  'litert-webgpu',
  'tfjs-wasm',
  'tfjs-webgl',
  'tfjs-webgpu',
  'tfjs-cpu',
] as const satisfies readonly NetworkEngineId[];

/** Those that compute on a GPU, which takes long where a processor plays one. */
export const GPU_ENGINES = NETWORK_ENGINES.filter((engine) => /web(gl|gpu)$/.test(engine));
export const PROCESSOR_ENGINES = NETWORK_ENGINES.filter((engine) => !GPU_ENGINES.includes(engine));
