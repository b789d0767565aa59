import { LimnError } from '../../core/errors.ts';
import { describePorts } from '../../importers/onnx/checks.ts';
import type { OnnxModel, OnnxPort } from '../../importers/onnx/model-proto.ts';
import type { FamilyCode } from '../family-code.ts';
import { buildOnnx, type OnnxCandidate, type OnnxFinding, type OnnxKind } from '../onnx/build-onnx.ts';
import { describeTopDown, keypointSetOf } from '../onnx/keypoint-sets.ts';
import { IMAGENET_RGB } from '../onnx/onnx-use.ts';
import { openTopDown } from '../onnx/open-top-down.ts';
import { rtmpose } from './decode.ts';
import { rtmposeFamily } from './rtmpose-family.ts';

const USUAL_SIZE = { width: 192, height: 256 };
/** So many numbers are a pixel (mmpose, configs/body_2d_keypoint/rtmpose: `simcc_split_ratio`). */
const NUMBERS_OF_PIXEL = 2;
/** A person's box is enlarged by this before it is cut out (mmpose, GetBBoxCenterScale: `padding`). */
const PADDING = 1.25;
/** mmpose, configs/hand_2d_keypoint/rtmpose/hand5: `out_channels`, in the order of MediaPipe's and OpenPose's hands. */
const HAND_KEYPOINTS = 21;

const kind: OnnxKind = { id: 'rtmpose', isPart: false, hasWorld: false, recognize };

/** RTMPose, RTMW, DWPose and RTMW3D, out of ONNX files. */
export const rtmposeCode: FamilyCode = {
  build: (given) => buildOnnx(given, kind),
  open: (request) => openTopDown(request, rtmposeFamily, rtmpose),
};

/** By a row of numbers for each keypoint across, and one down, of two to a pixel; a third one for depth is left out. */
function recognize(candidate: OnnxCandidate): OnnxFinding | null {
  const { model, name, said } = candidate;
  const width = candidate.width ?? USUAL_SIZE.width;
  const height = candidate.height ?? USUAL_SIZE.height;
  const axes = findAxes(model, width * NUMBERS_OF_PIXEL, height * NUMBERS_OF_PIXEL, name);
  const count = axes?.columns.shape[1] ?? null;
  if (!axes || count === null) return null;
  const { columns, rows, depth } = axes;
  const isHand = count === HAND_KEYPOINTS && (said?.skeleton ?? 'hand-21') === 'hand-21';
  const description = isHand
    ? `${count} keypoints of each hand at the wrists that an ONNX network finds`
    : describeTopDown(count);
  return {
    outputs: [columns.name, rows.name],
    usualSize: USUAL_SIZE,
    picture: IMAGENET_RGB,
    keypoints: isHand ? 'hand-21' : keypointSetOf(count, said, name),
    padding: PADDING,
    description: depth ? `${description}; the depth that it gives, too, is left out` : description,
    isPart: isHand,
  };
}

/** Outputs that say where keypoints are along one axis each: pictures × keypoints × numbers. */
interface Axes {
  readonly columns: OnnxPort;
  readonly rows: OnnxPort;
  /**
   * Of RTMW3D and RTMPose3D, from the hips, in metres. That makes no keypoints in space: what a pixel across is in metres they
   * don't say, and mmpose takes one camera's focal length for all (mmpose, projects/rtmpose3d/rtmpose3d/pose_estimator.py).
   */
  readonly depth: OnnxPort | null;
}

/** As mmdeploy names them (configs/mmpose/pose-detection_simcc_onnxruntime_dynamic.py), and exports of RTMW3D, too. */
const AXES = ['simcc_x', 'simcc_y', 'simcc_z'];

/**
 * @param across numbers of a row across, as `down` is down
 * @returns `null`: it gives something else
 * @throws {LimnError} if depth can't be told from the other two
 */
function findAxes({ outputs }: OnnxModel, across: number, down: number, name: string): Axes | null {
  const isNamed = outputs.some((port) => AXES.includes(port.name));
  // Without names they come as the network's head gives them (mmpose, projects/rtmpose3d/rtmpose3d/rtmw3d_head.py: forward).
  const [columns, rows] = isNamed ? AXES.map((axis) => outputs.find((port) => port.name === axis)) : outputs;
  if (!columns || !rows || outputs.length > AXES.length) return null;
  if (!fits(columns, across) || !fits(rows, down) || columns.shape[1] !== rows.shape[1]) return null;
  if (!isNamed && columns.shape[2] !== across) return null;
  const depth = outputs.find((port) => port !== columns && port !== rows) ?? null;
  if (!depth) return { columns, rows, depth };
  if (depth.shape.length !== columns.shape.length || depth.shape[1] !== columns.shape[1]) return null;
  if (!isNamed && across === down) {
    throw new LimnError(
      `${name.replace(/^.*\//, '')} gives ${describePorts(outputs)}. Which of them is depth can't be told: call them ${AXES.join(', ')}.`,
    );
  }
  return { columns, rows, depth };
}

function fits({ shape }: OnnxPort, length: number): boolean {
  return shape.length === 3 && (shape[2] === length || shape[2] === null);
}
