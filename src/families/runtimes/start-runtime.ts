import type { StartRuntime } from './maps-network.ts';

/** Each runtime is loaded only where it is used: both together are megabytes. */
export const startRuntime: StartRuntime = async (engine, assets, progress) => {
  if (engine === 'litert-webgpu' || engine === 'litert-wasm') {
    const { startLiteRtMaps } = await import('./litert.ts');
    return startLiteRtMaps(engine, assets, progress);
  }
  const { startTfjs } = await import('./tfjs-network.ts');
  return startTfjs(engine, assets, progress);
};
