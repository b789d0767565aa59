import type { LiteRtEngineId, TasksEngineId } from '../engines/engine-catalog.ts';
import type { NetworkFamily } from '../family.ts';

/** A detector, then landmarks. Two cores track two pieces of a video quicker than one piece together. */
export const mediapipeFamily: NetworkFamily<LiteRtEngineId | TasksEngineId> = {
  id: 'mediapipe',
  role: 'track',
  engines: {
    realGpu: ['tasks-webgl', 'tasks-wasm'],
    softwareGpu: ['tasks-wasm', 'tasks-webgl'],
    onDemand: ['litert-webgpu', 'litert-wasm'],
  },
  finder: 'optional',
  // MediaPipe's tasks look for people themselves, and can't be told where they are.
  enginesWithFinder: {
    realGpu: ['litert-webgpu', 'litert-wasm'],
    softwareGpu: ['litert-wasm', 'litert-webgpu'],
    onDemand: [],
  },
  referenceEngine: 'tasks-wasm',
  threshold: 0.5,
  findsAll: () => false,
  hands: 'own',
  hasMasks: true,
  hasMaps: false,
  isQuickerInParts: true,
  toOptions: () => ({}),
};
