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
