import type { OrtEngineId } from '../engines/engine-catalog.ts';
import type { NetworkFamily } from '../family.ts';
import { onnxFamily } from '../onnx/onnx-family.ts';

/** RTMPose and what has its heads (RTMW, DWPose): keypoints of somebody whom another network has found. */
export const rtmposeFamily: NetworkFamily<OrtEngineId> = {
  ...onnxFamily,
  id: 'rtmpose',
  role: 'track',
  finder: 'required',
  threshold: 0.3,
  findsAll: () => false,
};
