import { graphEngines, type NetworkEngineId } from '../engines/engine-catalog.ts';
import type { NetworkFamily } from '../family.ts';
import { toMultiposeOptions } from './multipose-options.ts';

/** MoveNet for several people: the network up to its heads on every engine, and its decoder here. */
export const multiposeFamily: NetworkFamily<NetworkEngineId> = {
  id: 'multipose',
  role: 'track',
  engines: graphEngines,
  finder: 'none',
  referenceEngine: 'tfjs-wasm',
  // Keypoints of people who are small beside the picture have lower scores than those of one who fills it.
  threshold: 0.3,
  findsAll: () => true,
  hands: 'none',
  hasMaps: false,
  looksAtParts: true,
  isQuickerInParts: false,
  toOptions: (choices) => ({ multipose: toMultiposeOptions(choices) }),
};
