import type { OrtEngineId } from '../engines/engine-catalog.ts';
import type { NetworkFamily } from '../family.ts';
import { onnxFamily } from '../onnx/onnx-family.ts';

/** Ultralytics' pose networks (v8, 11, 26), which find everybody with their keypoints at once. */
export const yoloPoseFamily: NetworkFamily<OrtEngineId> = {
  ...onnxFamily,
  id: 'yolo-pose',
  role: 'track',
  threshold: 0.5,
  findsAll: () => true,
};
