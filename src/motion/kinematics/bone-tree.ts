import type { KeypointSetId } from '../../core/pose.ts';
import { skeletonOf } from '../../skeletons/registry.ts';

/** A bone, from what is nearer to the pelvis. */
export interface Bone {
  /** `null`: the pelvis, the origin of the world keypoints. */
  readonly from: number | null;
  readonly to: number;
}

const trees = new Map<KeypointSetId, readonly Bone[]>();

/**
 * The bones of a keypoint set as a tree that grows from the pelvis: every keypoint is the end of one bone, and comes
 * behind the bone that leads to its start. Of limbs that close a ring, one is left out.
 */
export function boneTree(set: KeypointSetId): readonly Bone[] {
  const known = trees.get(set);
  if (known) return known;
  const { keypoints, limbs } = skeletonOf(set);
  const roots = ['hip', 'mid_hip'].map((name) => keypoints.indexOf(name)).filter((i) => i >= 0);
  const hips = ['left_hip', 'right_hip'].map((name) => keypoints.indexOf(name)).filter((i) => i >= 0);
  const starts = roots.length > 0 ? roots : hips.length > 0 ? hips : [0];
  const bones: Bone[] = starts.map((to) => ({ from: null, to }));
  const reached = new Set(starts);
  for (const { to: from } of bones) {
    for (const limb of limbs) {
      const next = limb.from === from ? limb.to : limb.to === from ? limb.from : null;
      if (next === null || reached.has(next)) continue;
      reached.add(next);
      bones.push({ from, to: next });
    }
  }
  trees.set(set, bones);
  return bones;
}
