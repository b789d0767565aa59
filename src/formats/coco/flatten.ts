import { append } from '../../core/lists.ts';
import { POINT_STRIDE, type Pose } from '../../core/pose.ts';
import type { CocoDocument } from '../../core/recording.ts';
import { thirdOf } from '../../skeletons/coco-keypoints.ts';
import { round } from '../writing/round.ts';

/** A pose's keypoints as COCO lists them: x, y and a third number for each; zeros where it is missing. */
export function flatten({ points }: Pose, thirds: CocoDocument['thirds']): number[] {
  const numbers: number[] = [];
  for (let at = 0; at < points.length; at += POINT_STRIDE) {
    const [x = Number.NaN, y = Number.NaN, score = 0] = points.subarray(at, at + POINT_STRIDE);
    const isThere = score > 0 && !Number.isNaN(x) && !Number.isNaN(y);
    append(numbers, isThere ? [round(x), round(y), round(thirdOf(score, thirds))] : [0, 0, 0]);
  }
  return numbers;
}
