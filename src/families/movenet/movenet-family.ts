import type { TfjsEngineId } from '../engines/engine-catalog.ts';
import type { NetworkFamily } from '../family.ts';

/** MoveNet for one person, by tfjs-models. */
export const moveNetFamily: NetworkFamily<TfjsEngineId> = {
  id: 'movenet',
  role: 'track',
  engines: {
    realGpu: ['tfjs-webgl', 'tfjs-wasm', 'tfjs-cpu'],
    softwareGpu: ['tfjs-wasm', 'tfjs-cpu', 'tfjs-webgl'],
    onDemand: ['tfjs-webgpu'],
  },
  finder: 'none',
  referenceEngine: 'tfjs-wasm',
  threshold: 0.5,
  findsAll: () => false,
  hands: 'none',
  hasMaps: false,
  isQuickerInParts: false,
  toOptions: () => ({}),
};
