import type { FamilyCode } from '../family-code.ts';
import { buildOnnx, type OnnxCandidate, type OnnxFinding, type OnnxKind } from '../onnx/build-onnx.ts';
import { describeTopDown, keypointSetOf } from '../onnx/keypoint-sets.ts';
import { IMAGENET_RGB } from '../onnx/onnx-use.ts';
import { openTopDown } from '../onnx/open-top-down.ts';
import { vitpose } from './decode.ts';
import { vitposeFamily } from './vitpose-family.ts';

const USUAL_SIZE = { width: 192, height: 256 };
/** Pixels of its picture to a cell of its heatmaps. */
const STRIDE = 4;
/** A person's box is enlarged by this before it is cut out (mmpose, GetBBoxCenterScale: `padding`). */
const PADDING = 1.25;

const kind: OnnxKind = { id: 'vitpose', isPart: false, hasWorld: false, recognize };

/** ViTPose, out of ONNX files. */
export const vitposeCode: FamilyCode = {
  build: (given) => buildOnnx(given, kind),
  open: (request) => openTopDown(request, vitposeFamily, vitpose),
};

/** By a heatmap for each keypoint, a quarter of its picture in size; other networks with such maps have no attention. */
function recognize(candidate: OnnxCandidate): OnnxFinding | null {
  const { model, name, said } = candidate;
  const [output, second] = model.outputs;
  const width = candidate.width ?? USUAL_SIZE.width;
  const height = candidate.height ?? USUAL_SIZE.height;
  const [, count = null, rows = null, columns = null] = output?.shape ?? [];
  if (!output || second || output.shape.length !== 4 || count === null) return null;
  if ((rows ?? height / STRIDE) * STRIDE !== height || (columns ?? width / STRIDE) * STRIDE !== width)
    return null;
  const hasAttention = model.operators.some((each) => each.name === 'Softmax' || /Attention/.test(each.name));
  if (!said && !hasAttention && !/vit/i.test(name)) return null;
  return {
    outputs: [output.name],
    usualSize: USUAL_SIZE,
    picture: IMAGENET_RGB,
    keypoints: keypointSetOf(count, said, name),
    padding: PADDING,
    description: describeTopDown(count),
  };
}
