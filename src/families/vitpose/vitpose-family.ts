import type { OrtEngineId } from '../engines/engine-catalog.ts';
import type { NetworkFamily } from '../family.ts';
import { onnxFamily } from '../onnx/onnx-family.ts';

/** ViTPose: keypoints of somebody whom another network has found. */
export const vitposeFamily: NetworkFamily<OrtEngineId> = {
  ...onnxFamily,
  id: 'vitpose',
  role: 'track',
  finder: 'required',
  threshold: 0.3,
  findsAll: () => false,
};
