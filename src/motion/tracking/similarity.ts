import { boundingBox, keypointCount, type Pose, pointScore, pointX, pointY } from '../../core/pose.ts';

/** Keypoints below this score say nothing about where somebody is. */
const MINIMUM_SCORE = 0.3;
/** With fewer common keypoints two poses can't be compared (tfjs-models' keypoint tracker asks for 4, too). */
const MINIMUM_COMMON = 4;
/** A distance of this share of the body's size counts as e^(−1/2) alike. */
export const DEFAULT_TOLERANCE = 0.15;

/** A displacement in pixels. */
export interface Offset {
  readonly x: number;
  readonly y: number;
}

const NO_OFFSET: Offset = { x: 0, y: 0 };

/**
 * Object keypoint similarity in the manner of COCO: the mean over the keypoints that both poses show of
 * exp(−d² / (2 (tolerance · size)²)), with one tolerance for all keypoints; size is the square root of the
 * area of the larger bounding box. 1: the same; 0: nothing in common or another keypoint set.
 *
 * @param offset how far `earlier` is expected to have moved
 */
export function poseSimilarity(
  earlier: Pose,
  later: Pose,
  offset: Offset = NO_OFFSET,
  tolerance = DEFAULT_TOLERANCE,
): number {
  if (earlier.set !== later.set) return 0;
  const size = Math.max(poseSize(earlier), poseSize(later));
  if (size === 0) return 0;
  const variance = 2 * (tolerance * size) ** 2;
  let common = 0;
  let sum = 0;
  for (let i = 0; i < keypointCount(earlier); i++) {
    if (pointScore(earlier, i) < MINIMUM_SCORE || pointScore(later, i) < MINIMUM_SCORE) continue;
    const dx = pointX(earlier, i) + offset.x - pointX(later, i);
    const dy = pointY(earlier, i) + offset.y - pointY(later, i);
    sum += Math.exp(-(dx * dx + dy * dy) / variance);
    common++;
  }
  return common < MINIMUM_COMMON ? 0 : sum / common;
}

/** The square root of the area that the pose's bounding box covers, in pixels. */
export function poseSize(pose: Pose): number {
  const box = boundingBox(pose);
  return box ? Math.sqrt(box.width * box.height) : 0;
}
