import { POINT_STRIDE } from '../core/pose.ts';
import type { AnnotatedPerson } from './people.ts';

/**
 * How far apart people's annotations of a keypoint are, as a share of the square root of the person's area: nose, eyes, ears,
 * shoulders, elbows, wrists, hips, knees, ankles.
 *
 * Source: cocodataset.org, "Keypoint Evaluation"; cocodataset/cocoapi, PythonAPI/pycocotools/cocoeval.py (`kpt_oks_sigmas`).
 */
export const COCO_SIGMAS: readonly number[] = [
  0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087,
  0.089, 0.089,
];
/** By keypoint, (2σ)²: what COCO divides by. */
const VARIANCES = COCO_SIGMAS.map((sigma) => (2 * sigma) ** 2);

/**
 * Object keypoint similarity (OKS): 0, nothing in common, to 1, the same.
 *
 * The mean over the keypoints that are labelled of exp(−d² / (2 · area · (2σ)²)). Of somebody without a label, d is the distance
 * from the box, three times as wide and high, over all keypoints. Keypoints that weren't found add nothing.
 *
 * Source: cocoeval.py, `computeOks`.
 *
 * @param points of who was found, see `ScoredPerson.points`
 */
export function keypointSimilarity(points: Float32Array, { keypoints, box, area }: AnnotatedPerson): number {
  let labelled = 0;
  let sum = 0;
  const hasLabels = isAnyLabelled(keypoints);
  for (const [keypoint, variance] of VARIANCES.entries()) {
    const at = keypoint * POINT_STRIDE;
    if (hasLabels && !((keypoints[at + 2] ?? 0) > 0)) continue;
    labelled++;
    const [x = Number.NaN, y = Number.NaN] = [points[at], points[at + 1]];
    const dx = hasLabels ? x - (keypoints[at] ?? 0) : beyond(x, box.left, box.width);
    const dy = hasLabels ? y - (keypoints[at + 1] ?? 0) : beyond(y, box.top, box.height);
    const similarity = Math.exp(-(dx ** 2 + dy ** 2) / variance / (area + Number.EPSILON) / 2);
    if (!Number.isNaN(similarity)) sum += similarity;
  }
  return sum / labelled;
}

function isAnyLabelled(keypoints: readonly number[]): boolean {
  return COCO_SIGMAS.some((_, i) => (keypoints[i * POINT_STRIDE + 2] ?? 0) > 0);
}

/** How far a coordinate is outside a side of a box that is stretched by its own length both ways. */
function beyond(value: number, start: number, length: number): number {
  if (Number.isNaN(value)) return value;
  return Math.max(0, start - length - value) + Math.max(0, value - (start + 2 * length));
}
