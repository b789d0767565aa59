import type { OrtEngineId } from '../engines/engine-catalog.ts';
import type { NetworkFamily } from '../family.ts';
import { onnxFamily } from '../onnx/onnx-family.ts';

/** RTMDet, which finds people and other things, without keypoints. */
export const rtmdetFamily: NetworkFamily<OrtEngineId> = {
  ...onnxFamily,
  id: 'rtmdet',
  role: 'find',
  threshold: 0.3,
  findsAll: () => true,
};
