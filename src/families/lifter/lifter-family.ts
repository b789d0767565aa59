import type { NetworkEngineId } from '../engines/engine-catalog.ts';
import type { NetworkFamily } from '../family.ts';

/** Networks of VideoPose3D's kind. A frame is a thousandth of a picture's work, so the CPU is as good as a GPU, and always right. */
export const lifterFamily: NetworkFamily<NetworkEngineId> = {
  id: 'lifter',
  role: 'lift',
  engines: {
    realGpu: ['litert-wasm', 'litert-webgpu', 'tfjs-webgl', 'tfjs-wasm', 'tfjs-cpu'],
    softwareGpu: ['litert-wasm', 'tfjs-wasm', 'tfjs-cpu', 'litert-webgpu', 'tfjs-webgl'],
    onDemand: ['tfjs-webgpu'],
  },
  finder: 'none',
  referenceEngine: 'tfjs-wasm',
  threshold: 0.5,
  findsAll: () => true,
  hands: 'none',
  hasMaps: false,
  isQuickerInParts: false,
  toOptions: () => ({}),
};
