import type { FamilyCode } from '../family-code.ts';
import { buildOnnx, type OnnxCandidate, type OnnxFinding, type OnnxKind } from '../onnx/build-onnx.ts';
import { keypointSetOf } from '../onnx/keypoint-sets.ts';
import { RAW_BGR } from '../onnx/onnx-use.ts';
import { openOnePass } from '../onnx/open-one-pass.ts';
import { SUPPRESSED_ROW } from '../onnx/suppressed-boxes.ts';
import { rtmo } from './decode.ts';
import { rtmoFamily } from './rtmo-family.ts';

const USUAL_SIDE = 640;
const NUMBERS_OF_POINT = 3;

const kind: OnnxKind = { id: 'rtmo', isPart: false, hasWorld: false, recognize };

/** RTMO, out of ONNX files. */
export const rtmoCode: FamilyCode = {
  build: (given) => buildOnnx(given, kind),
  open: (request) => openOnePass(request, rtmoFamily, rtmo),
};

/**
 * By a box and keypoints for each candidate. Its configuration takes BGR as it is; a report says that RGB finds more
 * (Tau-J/rtmlib, issue 48), which a JSON beside it may say.
 */
function recognize({ model: { outputs }, name, said }: OnnxCandidate): OnnxFinding | null {
  const boxes = outputs.find(({ shape }) => shape.length === 3 && shape[2] === SUPPRESSED_ROW);
  const keypoints = outputs.find(({ shape }) => shape.length === 4 && shape[3] === NUMBERS_OF_POINT);
  const [, , count = null] = keypoints?.shape ?? [];
  if (!boxes || !keypoints || outputs.length > 2 || count === null) return null;
  return {
    outputs: [boxes.name, keypoints.name],
    usualSize: { width: USUAL_SIDE, height: USUAL_SIDE },
    picture: RAW_BGR,
    keypoints: keypointSetOf(count, said, name),
    padding: 1,
    description: `Everybody in the picture at once, ${count} keypoints in 2-D`,
  };
}
