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

/** RTMPose, RTMW and DWPose, out of ONNX files. */
export const rtmposeCode: FamilyCode = {
  build: (given) => buildOnnx(given, kind),
  open: (request) => openTopDown(request, rtmposeFamily, rtmpose),
};

/** By two rows of numbers for each keypoint, of two to a pixel across and down. Of RTMW3D, depth is left out. */
function recognize(candidate: OnnxCandidate): OnnxFinding | null {
  const { model, name, said } = candidate;
  const width = candidate.width ?? USUAL_SIZE.width;
  const height = candidate.height ?? USUAL_SIZE.height;
  const ports = findRows(model, width * NUMBERS_OF_PIXEL, height * NUMBERS_OF_PIXEL);
  const count = ports?.[0].shape[1] ?? null;
  if (!ports || count === null) return null;
  const isHand = count === HAND_KEYPOINTS && (said?.skeleton ?? 'hand-21') === 'hand-21';
  return {
    outputs: ports.map((port) => port.name),
    usualSize: USUAL_SIZE,
    picture: IMAGENET_RGB,
    keypoints: isHand ? 'hand-21' : keypointSetOf(count, said, name),
    padding: PADDING,
    description: isHand
      ? `${count} keypoints of each hand at the wrists that an ONNX network finds`
      : describeTopDown(count),
    isPart: isHand,
  };
}

function findRows({ outputs }: OnnxModel, across: number, down: number): [OnnxPort, OnnxPort] | null {
  const named = (name: string, length: number): OnnxPort | undefined =>
    outputs.find((port) => port.name === name && fits(port, length));
  const all = outputs.filter(({ name }) => name !== 'simcc_z');
  const [columns, rows] = [named('simcc_x', across) ?? all[0], named('simcc_y', down) ?? all[1]];
  if (!columns || !rows || all.length !== 2 || columns.shape[1] !== rows.shape[1]) return null;
  const isCertain = columns.name === 'simcc_x' || columns.shape[2] === across;
  return isCertain && fits(columns, across) && fits(rows, down) ? [columns, rows] : null;
}

function fits({ shape }: OnnxPort, length: number): boolean {
  return shape.length === 3 && (shape[2] === length || shape[2] === null);
}
