import { bothSides, chains, type Skeleton } from '../skeleton.ts';

const keypoints = [
  'nose',
  'neck',
  'right_shoulder',
  'right_elbow',
  'right_wrist',
  'left_shoulder',
  'left_elbow',
  'left_wrist',
  'mid_hip',
  'right_hip',
  'right_knee',
  'right_ankle',
  'left_hip',
  'left_knee',
  'left_ankle',
  'right_eye',
  'left_eye',
  'right_ear',
  'left_ear',
  'left_big_toe',
  'left_small_toe',
  'left_heel',
  'right_big_toe',
  'right_small_toe',
  'right_heel',
] as const;

/** OpenPose's BODY_25. Order: openpose, src/openpose/pose/poseParameters.cpp. */
export const body25 = {
  id: 'body-25',
  label: 'OpenPose BODY_25',
  keypoints,
  limbs: chains(keypoints, [
    ['middle', 'torso', 'neck', 'mid_hip'],
    ['middle', 'head', 'neck', 'nose'],
    ...bothSides('head', 'nose', '*_eye', '*_ear'),
    ...bothSides('arm', 'neck', '*_shoulder', '*_elbow', '*_wrist'),
    ...bothSides('leg', 'mid_hip', '*_hip', '*_knee', '*_ankle', '*_big_toe', '*_small_toe'),
    ...bothSides('leg', '*_ankle', '*_heel'),
  ]),
} as const satisfies Skeleton;
