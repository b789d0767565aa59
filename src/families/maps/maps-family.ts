import { graphEngines, type NetworkEngineId } from '../engines/engine-catalog.ts';
import type { NetworkFamily } from '../family.ts';
import { toMapsOptions } from './maps-options.ts';

/** What networks of OpenPose's kind have in common, whatever runs them. */
export const mapsRecord = {
  role: 'track',
  finder: 'none',
  // Their scores are lower: what OpenPose draws (render_threshold) is above this.
  threshold: 0.05,
  findsAll: () => true,
  hands: 'part',
  hasMaps: true,
  isQuickerInParts: false,
  toOptions: (choices) => ({ maps: toMapsOptions(choices) }),
} as const satisfies Partial<NetworkFamily>;

/** Networks of OpenPose's kind: heatmaps and fields of all people at once. They are large, and take all cores. */
export const mapsFamily: NetworkFamily<NetworkEngineId> = {
  ...mapsRecord,
  id: 'maps',
  engines: graphEngines,
  referenceEngine: 'tfjs-wasm',
};
