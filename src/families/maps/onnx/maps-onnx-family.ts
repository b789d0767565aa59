import type { OrtEngineId } from '../../engines/engine-catalog.ts';
import type { NetworkFamily } from '../../family.ts';
import { onnxFamily } from '../../onnx/onnx-family.ts';
import { mapsRecord } from '../maps-family.ts';

/** Networks of OpenPose's kind that come as ONNX files, which ONNX Runtime runs as they are. */
export const mapsOnnxFamily: NetworkFamily<OrtEngineId> = {
  ...mapsRecord,
  id: 'maps-onnx',
  engines: onnxFamily.engines,
  referenceEngine: onnxFamily.referenceEngine,
};
