import type { KeypointSetId } from '../core/pose.ts';
import { skeletonOf } from './registry.ts';

/** Bodies that OpenPose itself knows; its readers tell them by the number of their keypoints. */
export const openPoseSets = ['body-25', 'coco-18', 'mpi-15'] as const;

export function isOpenPoseSet(set: KeypointSetId): boolean {
  return openPoseSets.some((known) => known === set);
}

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
