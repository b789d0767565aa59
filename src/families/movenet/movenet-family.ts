import type { TfjsEngineId } from '../engines/engine-catalog.ts';
import type { NetworkFamily } from '../family.ts';

/** MoveNet, by tfjs-models. */
export const moveNetFamily: NetworkFamily<TfjsEngineId> = {
  id: 'movenet',
  role: 'track',
  engines: {
    realGpu: ['tfjs-webgl', 'tfjs-wasm', 'tfjs-cpu'],
    softwareGpu: ['tfjs-wasm', 'tfjs-cpu', 'tfjs-webgl'],
    onDemand: ['tfjs-webgpu'],
  },
  referenceEngine: 'tfjs-wasm',
  threshold: 0.5,
  findsAll: ({ maximumPeople }) => maximumPeople > 1,
  hands: 'none',
  hasMaps: false,
  isQuickerInParts: false,
  toOptions: () => ({}),
};
