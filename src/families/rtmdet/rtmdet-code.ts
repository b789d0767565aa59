import type { FamilyCode } from '../family-code.ts';
import { buildOnnx, type OnnxCandidate, type OnnxFinding, type OnnxKind } from '../onnx/build-onnx.ts';
import type { OnePass } from '../onnx/one-pass-estimator.ts';
import { IMAGENET_BGR } from '../onnx/onnx-use.ts';
import { openOnePass } from '../onnx/open-one-pass.ts';
import {
  decodeSuppressed,
  refuseHands,
  SUPPRESSED_ROW,
  suppressedOutputs,
} from '../onnx/suppressed-boxes.ts';
import { rtmdetFamily } from './rtmdet-family.ts';

const USUAL_SIDE = 640;
/** mmpose's demos look at boxes from this score on (demo/topdown_demo_with_mmdet.py: `--bbox-thr`). */
const LEAST_SCORE = 0.3;
/** What RTMDet was trained with around its pictures (mmdetection, configs/rtmdet: `pad_val`). */
const GREY = 114;

/** RTMDet as mmdeploy writes it: its boxes are sorted out already. */
export const rtmdet: OnePass = {
  at: 'corner',
  grey: GREY,
  rowsOf: ({ shape }) => (shape.length === 3 ? SUPPRESSED_ROW : 1),
  decode: (outputs, _, place) => decodeSuppressed(outputs, place, LEAST_SCORE),
};

const kind: OnnxKind = { id: 'rtmdet', isPart: true, hasWorld: false, recognize };

/** RTMDet, out of ONNX files. */
export const rtmdetCode: FamilyCode = {
  build: (given) => buildOnnx(given, kind),
  open: (request) => openOnePass(request, rtmdetFamily, rtmdet),
};

/** By its name, or those of its weights: other detectors of mmdeploy's give the same, and want other numbers. */
function recognize({ model, name, said }: OnnxCandidate): OnnxFinding | null {
  const outputs = suppressedOutputs(model);
  const isNamed =
    /rtmdet/i.test(name) || model.weightNames.some((each) => /(^|\.)rtm_(cls|reg)\b/.test(each));
  if (!outputs || (!said && !isNamed)) return null;
  refuseHands(name);
  return {
    outputs,
    usualSize: { width: USUAL_SIDE, height: USUAL_SIDE },
    picture: IMAGENET_BGR,
    keypoints: 'coco-17',
    padding: 1,
    description: 'Finds people, without keypoints, for networks that are told where somebody is',
  };
}
