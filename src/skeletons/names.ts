import type { KeypointSetId } from '../core/pose.ts';
import { skeletonOf } from './registry.ts';

/** Names of a set's keypoints as MediaPipe writes them: `LEFT_EYE_INNER`. */
export function mediapipeNames(set: KeypointSetId): string[] {
  return skeletonOf(set).keypoints.map((name) => name.toUpperCase());
}

/** Names of a set's keypoints as OpenPose writes them: `RBigToe`, `MidHip`. */
export function openPoseNames(set: KeypointSetId): string[] {
  return skeletonOf(set).keypoints.map((name) =>
    name
      .split('_')
      .map((word) => {
        if (word === 'left' || word === 'right') return word.charAt(0).toUpperCase();
        return word.charAt(0).toUpperCase() + word.slice(1);
      })
      .join(''),
  );
}
