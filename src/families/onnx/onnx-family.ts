import type { OrtEngineId } from '../engines/engine-catalog.ts';
import type { NetworkFamily } from '../family.ts';

/** What the records of all families of ONNX networks have in common. */
export const onnxFamily = {
  engines: {
    realGpu: ['ort-webgpu', 'ort-wasm'],
    softwareGpu: ['ort-wasm', 'ort-webgpu'],
    onDemand: [],
  },
  finder: 'none',
  referenceEngine: 'ort-wasm',
  hands: 'part',
  parts: 'rtmpose',
  hasMaps: false,
  isQuickerInParts: false,
  toOptions: () => ({}),
} as const satisfies Partial<NetworkFamily<OrtEngineId>>;
