import { LimnError } from '../../core/errors.ts';
import type { OnnxModel } from '../../importers/onnx/model-proto.ts';
import type { OrtOutput } from '../runtimes/ort/session.ts';
import { type Placement, toFrameBox } from './geometry.ts';
import type { Found } from './one-pass-estimator.ts';

/** Left, top, right, bottom, score: what mmdeploy's networks give when they sort out what is the same themselves. */
export const SUPPRESSED_ROW = 5;
const PERSON = 0;

export function isSuppressed({ shape }: Pick<OrtOutput, 'shape'>): boolean {
  return shape.at(-1) === SUPPRESSED_ROW;
}

/**
 * The people among the boxes of a network's first picture.
 *
 * @param outputs boxes (pictures × boxes × {@link SUPPRESSED_ROW}), and what each is of (pictures × boxes) where the network says
 * so: people are 0
 * @returns in pixels of the frame, the best first
 */
export function decodeSuppressed(
  [boxes, labels]: readonly OrtOutput[],
  place: Placement,
  leastScore: number,
): Found[] {
  if (!boxes) return [];
  const found: Found[] = [];
  for (let i = 0; i < (boxes.shape.at(-2) ?? 0); i++) {
    const [left = 0, top = 0, right = 0, bottom = 0, score = 0] = boxes.values.subarray(i * SUPPRESSED_ROW);
    if (!(score >= leastScore) || (labels && labels.values[i] !== PERSON)) continue;
    found.push({ box: toFrameBox(left, top, right, bottom, place), score: Math.min(1, score), points: null });
  }
  return found.sort((a, b) => b.score - a.score);
}

/** Names of a network's boxes and labels, as mmdeploy writes them; `null`: it gives something else. */
export function suppressedOutputs({ outputs }: OnnxModel): string[] | null {
  const boxes = outputs.find(({ shape }) => shape.length === 3 && shape[2] === SUPPRESSED_ROW);
  if (!boxes || outputs.length > 2) return null;
  const labels = outputs.find((output) => output !== boxes);
  if (!labels) return [boxes.name];
  return labels.shape.length === 2 && labels.type !== 'float32' ? [boxes.name, labels.name] : null;
}

/** Detectors of hands give the same, and their names say so. @throws {LimnError} saying so */
export function refuseHands(path: string): void {
  if (!/(^|[_-])hands?([_.-]|$)/im.test(path.replaceAll('/', '\n'))) return;
  throw new LimnError(
    `${path.replace(/^.*\//, '')} finds hands, as its name says; Limn takes detectors of people. MediaPipe’s finds hands.`,
  );
}
