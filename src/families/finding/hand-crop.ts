import { type Pose, pointScore, pointX, pointY } from '../../core/pose.ts';
import { skeletonOf } from '../../skeletons/registry.ts';

/** A square of the frame, in its pixels. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

// openpose, src/openpose/hand/handDetector.cpp: the hand goes on from the wrist by a third of the forearm.
const BEYOND_WRIST = 0.33;
const SIDE_PER_ARM = 1.5;
const UPPER_ARM_SHARE = 0.9;
/** Below this side a hand has too few pixels for a network. */
const SMALLEST_SIDE = 8;

/** Where somebody's hand is, by shoulder, elbow and wrist; `null` if one of them is missing. */
export function handCrop(body: Pose, side: 'left' | 'right'): Crop | null {
  const names: readonly string[] = skeletonOf(body.set).keypoints;
  const [shoulder = -1, elbow = -1, wrist = -1] = ['shoulder', 'elbow', 'wrist'].map((joint) =>
    names.indexOf(`${side}_${joint}`),
  );
  if ([shoulder, elbow, wrist].some((at) => at < 0 || !(pointScore(body, at) > 0))) return null;
  const at = (keypoint: number) => ({ x: pointX(body, keypoint), y: pointY(body, keypoint) });
  const [s, e, w] = [at(shoulder), at(elbow), at(wrist)];
  const forearm = Math.hypot(w.x - e.x, w.y - e.y);
  const upperArm = Math.hypot(e.x - s.x, e.y - s.y);
  const length = SIDE_PER_ARM * Math.max(forearm, UPPER_ARM_SHARE * upperArm);
  const [x, y] = [w.x + BEYOND_WRIST * (w.x - e.x), w.y + BEYOND_WRIST * (w.y - e.y)];
  return length < SMALLEST_SIDE ? null : { left: x - length / 2, top: y - length / 2, side: length };
}
