import type { OrtEngineId } from '../engines/engine-catalog.ts';
import type { NetworkFamily } from '../family.ts';
import { onnxFamily } from '../onnx/onnx-family.ts';

/** RTMO, which finds everybody with their keypoints at once. */
export const rtmoFamily: NetworkFamily<OrtEngineId> = {
  ...onnxFamily,
  id: 'rtmo',
  role: 'track',
  threshold: 0.3,
  findsAll: () => true,
};
