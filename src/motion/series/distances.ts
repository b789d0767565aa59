import { boundingBox, POINT_STRIDE, type Pose } from '../../core/pose.ts';
import { assignMaximum } from '../tracking/assignment.ts';
import { poseSimilarity } from '../tracking/similarity.ts';
import { inCommon } from './difference.ts';

/** A keypoint of the first poses, and how far that of the second ones is. */
export interface KeypointDistance {
  /** Pixels; `null`: nobody among the second has it. */
  readonly pixels: number | null;
  /** As a share of the longer side of the first pose's box. */
  readonly share: number | null;
}

/** How far the keypoints of poses are from those of others; who belongs to whom is seen by where they are. */
export function keypointDistances(first: readonly Pose[], second: readonly Pose[]): KeypointDistance[] {
  const pairs = first.map((pose) => second.map((other) => inCommon(pose, other)));
  const match = assignMaximum(pairs.map((row) => row.map(([a, b]) => (a && b ? poseSimilarity(a, b) : 0))));
  return first.flatMap((pose, i) => {
    const [a, b] = pairs[i]?.[match[i] ?? -1] ?? [pose, null];
    return a && b && poseSimilarity(a, b) > 0 ? distances(a, b) : missed(pose);
  });
}

function distances(a: Pose, b: Pose): KeypointDistance[] {
  const box = boundingBox(a);
  const side = Math.max(1, box?.width ?? 0, box?.height ?? 0);
  const result: KeypointDistance[] = [];
  for (let at = 0; at < a.points.length; at += POINT_STRIDE) {
    const [ax = Number.NaN, ay = Number.NaN] = a.points.subarray(at, at + 2);
    const [bx = Number.NaN, by = Number.NaN] = b.points.subarray(at, at + 2);
    if (Number.isNaN(ax + ay)) continue;
    const pixels = Math.hypot(ax - bx, ay - by);
    result.push(Number.isNaN(pixels) ? MISSED : { pixels, share: pixels / side });
  }
  return result;
}

const MISSED: KeypointDistance = { pixels: null, share: null };

function missed({ points }: Pose): KeypointDistance[] {
  return Array.from(points)
    .filter((x, i) => i % POINT_STRIDE === 0 && !Number.isNaN(x))
    .map(() => MISSED);
}
