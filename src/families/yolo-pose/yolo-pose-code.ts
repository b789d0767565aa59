import { LimnError } from '../../core/errors.ts';
import { POINT_STRIDE } from '../../core/pose.ts';
import type { FamilyCode } from '../family-code.ts';
import { buildOnnx, type OnnxCandidate, type OnnxFinding, type OnnxKind } from '../onnx/build-onnx.ts';
import { keypointSetOf } from '../onnx/keypoint-sets.ts';
import { UNIT_RGB } from '../onnx/onnx-use.ts';
import { openOnePass } from '../onnx/open-one-pass.ts';
import { isSorted, RAW_HEAD, SORTED_HEAD, yoloPose } from './decode.ts';
import { yoloPoseFamily } from './yolo-pose-family.ts';

const USUAL_SIDE = 640;
/** Sides of a cell in pixels (ultralytics, cfg/models/v8/yolov8-pose.yaml). */
const STRIDES = [8, 16, 32];

const kind: OnnxKind = { id: 'yolo-pose', isPart: false, hasWorld: false, recognize };

/** Ultralytics' pose networks, out of ONNX files. */
export const yoloPoseCode: FamilyCode = {
  build: (given) => buildOnnx(given, kind),
  open: (request) => openOnePass(request, yoloPoseFamily, yoloPose),
};

/** By a column for each cell of its grids, or 300 rows of people; its metadata says that it is for poses, too. */
function recognize({ model, name, width, height, said }: OnnxCandidate): OnnxFinding | null {
  const { outputs, metadata } = model;
  const [output, second] = outputs;
  if (!output || second || output.shape.length !== 3) return null;
  const [, numbers = null, count = null] = output.shape;
  const isNamed = said !== null || metadata.task === 'pose';
  const isWhole = isSorted(output.shape);
  const cells = cellsOf(width ?? USUAL_SIDE, height ?? USUAL_SIDE);
  const isRaw = numbers !== null && numbers > RAW_HEAD && (count === cells || (count === null && isNamed));
  const columns = isWhole ? (count ?? 0) - SORTED_HEAD : (numbers ?? 0) - RAW_HEAD;
  if (!isWhole && !isRaw) return null;
  if (columns % POINT_STRIDE !== 0) {
    if (!isNamed) return null;
    throw new LimnError(
      `${name.replace(/^.*\//, '')} gives ${columns} numbers of each person's keypoints. Limn knows keypoints with x, y and a score, of networks for people only.`,
    );
  }
  // A detector of 16 classes has as many rows as a network of five keypoints.
  if (!isNamed && columns < POINT_STRIDE * FEWEST_KEYPOINTS) return null;
  return {
    outputs: [output.name],
    usualSize: { width: USUAL_SIDE, height: USUAL_SIDE },
    picture: UNIT_RGB,
    keypoints: keypointSetOf(columns / POINT_STRIDE, said, name),
    padding: 1,
    description: `Everybody in the picture at once, ${columns / POINT_STRIDE} keypoints in 2-D`,
  };
}

/** Of bodies, unless the file says that it is for poses. */
const FEWEST_KEYPOINTS = 17;

function cellsOf(width: number, height: number): number {
  return STRIDES.reduce((sum, stride) => sum + Math.floor(width / stride) * Math.floor(height / stride), 0);
}
