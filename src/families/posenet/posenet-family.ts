import { graphEngines, type NetworkEngineId } from '../engines/engine-catalog.ts';
import type { NetworkFamily } from '../family.ts';

/** PoseNet: the network up to its heads on every engine, and its decoder here. */
export const poseNetFamily: NetworkFamily<NetworkEngineId> = {
  id: 'posenet',
  role: 'track',
  engines: graphEngines,
  finder: 'none',
  referenceEngine: 'tfjs-wasm',
  // As its makers' first demo drew it (tfjs-models, posenet/demos/camera.js of 2018, multiPoseDetection.minPartConfidence).
  threshold: 0.3,
  findsAll: () => true,
  hands: 'none',
  hasMaps: false,
  isQuickerInParts: false,
  toOptions: () => ({}),
};
