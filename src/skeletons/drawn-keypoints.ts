import type { KeypointSetId } from '../core/pose.ts';
import { skeletonOf } from './registry.ts';

const drawn = new Map<KeypointSetId, readonly number[]>();

/** Sets of so many keypoints that only those on lines are drawn, and offered to be corrected and plotted. */
const MESHES: readonly KeypointSetId[] = ['face-478'];

export function isMesh(set: KeypointSetId): boolean {
  return MESHES.includes(set);
}

/** The keypoints of a set that people see, in its order: all of them; of a mesh, those of its contours. */
export function drawnKeypoints(set: KeypointSetId): readonly number[] {
  const known = drawn.get(set);
  if (known) return known;
  const { keypoints, limbs } = skeletonOf(set);
  const onLines = new Set(limbs.flatMap(({ from, to }) => [from, to]));
  const all = keypoints.map((_, i) => i);
  const own = isMesh(set) ? all.filter((i) => onLines.has(i)) : all;
  drawn.set(set, own);
  return own;
}
