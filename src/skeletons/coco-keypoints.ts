import { POINT_STRIDE } from '../core/pose.ts';
import type { CocoDocument } from '../core/recording.ts';

/** COCO's visibilities (cocodataset.org, "Data format"): labelled and hidden, labelled and visible. */
const HIDDEN = 1;
const VISIBLE = 2;
/** A keypoint that somebody has placed without seeing it counts half. */
const SCORE_OF_HIDDEN = 0.5;

/** The score, 0 to 1, that the third number of a keypoint stands for. */
export function scoreOfThird(third: number, thirds: CocoDocument['thirds']): number {
  if (thirds === 'visibility') return third >= VISIBLE ? 1 : third >= HIDDEN ? SCORE_OF_HIDDEN : 0;
  return third > 0 ? Math.min(1, third) : 0;
}

/** The third number of a keypoint that is there: the other way round. */
export function thirdOf(score: number, thirds: CocoDocument['thirds']): number {
  if (thirds === 'score') return score;
  if (thirds === 'flag') return 1;
  return score === SCORE_OF_HIDDEN ? HIDDEN : VISIBLE;
}

/**
 * Keypoints of a COCO file as {@link import('../core/pose.ts').Pose.points}; what has score 0, or a coordinate that is none,
 * is missing.
 *
 * @param numbers x, y and a third number for each
 * @param places by keypoint of the pose, its position in the list; `null`: missing
 */
export function toCocoPoints(
  numbers: readonly number[],
  places: readonly (number | null)[],
  thirds: CocoDocument['thirds'],
): Float32Array {
  const points = new Float32Array(places.length * POINT_STRIDE);
  for (const [keypoint, place] of places.entries()) {
    const from = (place ?? numbers.length) * POINT_STRIDE;
    const [x = Number.NaN, y = Number.NaN, third = 0] = [numbers[from], numbers[from + 1], numbers[from + 2]];
    const score = scoreOfThird(third, thirds);
    const isThere = score > 0 && !Number.isNaN(x + y);
    points.set(isThere ? [x, y, score] : [Number.NaN, Number.NaN, 0], keypoint * POINT_STRIDE);
  }
  return points;
}
