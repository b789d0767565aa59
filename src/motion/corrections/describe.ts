import type { TrackedFrame } from '../../core/recording.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { describeEdit, type FrameEdit, type Part } from './edit.ts';

/** A sentence an edit. Keypoints have the names of the first pose of their part. */
export function describeEdits(edits: readonly FrameEdit[], frames: () => Iterable<TrackedFrame>): string[] {
  if (edits.length === 0) return [];
  const nameOf = (part: Part, keypoint: number): string => {
    for (const { people } of frames()) {
      const pose = people.find((person) => person[part])?.[part];
      if (pose) return skeletonOf(pose.set).keypoints[keypoint] ?? String(keypoint);
    }
    return String(keypoint);
  };
  return edits.map((edit) => describeEdit(edit, nameOf));
}
