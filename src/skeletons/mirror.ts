import type { KeypointSetId } from '../core/pose.ts';
import { skeletonOf } from './registry.ts';

const mirrors = new Map<KeypointSetId, readonly number[]>();

/** By keypoint, that of the other side; itself where there is none. */
export function mirrorOf(set: KeypointSetId): readonly number[] {
  const known = mirrors.get(set);
  if (known) return known;
  const names = skeletonOf(set).keypoints;
  const mirror = names.map((name, i) => {
    const other = name.replace(/left|right/, (side) => (side === 'left' ? 'right' : 'left'));
    const index = names.indexOf(other);
    return index < 0 ? i : index;
  });
  mirrors.set(set, mirror);
  return mirror;
}
