import type { KeypointSetId } from '../core/pose.ts';
import { skeletonOf } from './registry.ts';
import { mirrorByNames } from './skeleton.ts';

const mirrors = new Map<KeypointSetId, readonly number[]>();

/** By keypoint, that of the other side; itself where there is none. */
export function mirrorOf(set: KeypointSetId): readonly number[] {
  const known = mirrors.get(set);
  if (known) return known;
  const { keypoints, mirror = mirrorByNames(keypoints) } = skeletonOf(set);
  mirrors.set(set, mirror);
  return mirror;
}

/** Numbers by keypoint, `stride` of each: every keypoint has those of the other side. A copy. */
export function swapKeypointSides<Values extends Float32Array | Uint8Array>(
  values: Values,
  stride: number,
  set: KeypointSetId,
): Values {
  const swapped = values.slice() as Values;
  for (const [keypoint, from] of mirrorOf(set).entries()) {
    swapped.set(values.subarray(from * stride, (from + 1) * stride), keypoint * stride);
  }
  return swapped;
}
