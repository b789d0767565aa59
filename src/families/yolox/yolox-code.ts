import type { FamilyCode } from '../family-code.ts';
import { buildOnnx, type OnnxCandidate, type OnnxFinding, type OnnxKind } from '../onnx/build-onnx.ts';
import { RAW_BGR } from '../onnx/onnx-use.ts';
import { openOnePass } from '../onnx/open-one-pass.ts';
import { refuseHands, suppressedOutputs } from '../onnx/suppressed-boxes.ts';
import { YOLOX_CLASSES_AT, yolox, yoloxCells } from './decode.ts';
import { yoloxFamily } from './yolox-family.ts';

const USUAL_SIDE = 640;

const kind: OnnxKind = { id: 'yolox', isPart: true, hasWorld: false, recognize };

/** YOLOX, out of ONNX files. */
export const yoloxCode: FamilyCode = {
  build: (given) => buildOnnx(given, kind),
  open: (request) => openOnePass(request, yoloxFamily, yolox),
};

/** By a row for each cell of its grids; with boxes sorted out already, by its names, or its first operator. */
function recognize(candidate: OnnxCandidate): OnnxFinding | null {
  const { model, name, said } = candidate;
  const [width, height] = [candidate.width ?? USUAL_SIDE, candidate.height ?? USUAL_SIDE];
  const [output, second] = model.outputs;
  const [, cells = 0, row = 0] = output?.shape ?? [];
  const hasGrids =
    !second &&
    output?.shape.length === 3 &&
    (row ?? 0) > YOLOX_CLASSES_AT &&
    (cells === yoloxCells({ width, height }) || (cells === null && said !== null));
  const outputs = hasGrids && output ? [output.name] : suppressedOutputs(model);
  if (!outputs || (!hasGrids && !said && !isYolox(candidate))) return null;
  refuseHands(name);
  return {
    outputs,
    usualSize: { width: USUAL_SIDE, height: USUAL_SIDE },
    picture: RAW_BGR,
    keypoints: 'coco-17',
    padding: 1,
    description: 'Finds people, without keypoints, for networks that are told where somebody is',
  };
}

/** YOLOX looks at every second pixel of each row and column first, by slices (yolox/models/network_blocks.py: Focus). */
function isYolox({ model, name }: OnnxCandidate): boolean {
  if (/yolox/i.test(name)) return true;
  if (/rtmdet/i.test(name)) return false;
  const [first] = model.operators.filter(({ name: each }) => each !== 'Constant');
  return first?.name === 'Slice';
}
