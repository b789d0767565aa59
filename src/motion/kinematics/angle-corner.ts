import { type Pose, pointScore, pointX, pointY } from '../../core/pose.ts';
import { type AngleId, jointOfAngle } from './angles.ts';
import { type Landmark, landmarkReader } from './rig.ts';

/** A place in the picture, in pixels. */
export interface PicturePoint {
  readonly x: number;
  readonly y: number;
}

/** Where an angle is seen in the picture: at a joint, between the lines to two others. */
export interface AngleCorner {
  readonly at: PicturePoint;
  readonly from: PicturePoint;
  readonly to: PicturePoint;
}

/** The joint of an angle between the two places that its lines go to, as skeletons are drawn. */
export function landmarksOfAngle(id: AngleId): readonly [from: Landmark, at: Landmark, to: Landmark] {
  if (id === 'neck') return ['hips', 'chest', 'head'];
  const { side, joint } = jointOfAngle(id);
  switch (joint) {
    case 'knee':
      return [`${side}Hip`, `${side}Knee`, `${side}Ankle`];
    case 'hip':
      return [`${side}Shoulder`, `${side}Hip`, `${side}Knee`];
    case 'elbow':
      return [`${side}Shoulder`, `${side}Elbow`, `${side}Wrist`];
    case 'shoulder':
      return [`${side}Elbow`, `${side}Shoulder`, `${side}Hip`];
    case 'ankle':
      return [`${side}Knee`, `${side}Ankle`, `${side}Toe`];
  }
}

/**
 * Where to draw an angle in the picture. Its number comes from `jointAngle`: as seen, lines may be at another angle to each other
 * than in space.
 *
 * @param threshold 0 to 1: keypoints with a lower score count as missing
 * @returns `null`: one of its keypoints is missing, or the set has none of that name
 */
export function angleCorner(pose: Pose, id: AngleId, threshold: number): AngleCorner | null {
  const [from, at, to] = landmarksOfAngle(id).map((landmark) => placeOf(pose, landmark, threshold));
  return from && at && to ? { from, at, to } : null;
}

function placeOf(pose: Pose, landmark: Landmark, threshold: number): PicturePoint | null {
  const keypoints = landmarkReader(pose.set).keypointsOf(landmark);
  let [x, y] = [0, 0];
  for (const keypoint of keypoints) {
    const score = pointScore(pose, keypoint);
    if (!(score > 0 && score >= threshold)) return null;
    x += pointX(pose, keypoint) / keypoints.length;
    y += pointY(pose, keypoint) / keypoints.length;
  }
  return keypoints.length > 0 && Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null;
}
