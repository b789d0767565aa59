import type { OrtEngineId } from '../engines/engine-catalog.ts';
import type { NetworkFamily } from '../family.ts';
import { onnxFamily } from '../onnx/onnx-family.ts';

/** YOLOX, which finds people and other things, without keypoints. */
export const yoloxFamily: NetworkFamily<OrtEngineId> = {
  ...onnxFamily,
  id: 'yolox',
  role: 'find',
  threshold: 0.3,
  findsAll: () => true,
};
