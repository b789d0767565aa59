import { bothSides, chains, type Skeleton } from '../skeleton.ts';

const coco17Keypoints = [
  'nose',
  'left_eye',
  'right_eye',
  'left_ear',
  'right_ear',
  'left_shoulder',
  'right_shoulder',
  'left_elbow',
  'right_elbow',
  'left_wrist',
  'right_wrist',
  'left_hip',
  'right_hip',
  'left_knee',
  'right_knee',
  'left_ankle',
  'right_ankle',
] as const;

/** The keypoints of the COCO data set. Order: tfjs-models, pose-detection/src/constants.ts. */
export const coco17 = {
  id: 'coco-17',
  label: 'COCO (17)',
  keypoints: coco17Keypoints,
  limbs: chains(coco17Keypoints, [
    ...bothSides('head', 'nose', '*_eye', '*_ear'),
    ['middle', 'torso', 'left_shoulder', 'right_shoulder'],
    ['middle', 'torso', 'left_hip', 'right_hip'],
    ...bothSides('torso', '*_shoulder', '*_hip'),
    ...bothSides('arm', '*_shoulder', '*_elbow', '*_wrist'),
    ...bothSides('leg', '*_hip', '*_knee', '*_ankle'),
  ]),
} as const satisfies Skeleton;

const coco18Keypoints = [
  'nose',
  'neck',
  'right_shoulder',
  'right_elbow',
  'right_wrist',
  'left_shoulder',
  'left_elbow',
  'left_wrist',
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
] as const;

/** OpenPose's COCO skeleton with its neck. Order: openpose, src/openpose/pose/poseParameters.cpp. */
export const coco18 = {
  id: 'coco-18',
  label: 'OpenPose COCO (18)',
  keypoints: coco18Keypoints,
  limbs: chains(coco18Keypoints, [
    ['middle', 'head', 'neck', 'nose'],
    ...bothSides('head', 'nose', '*_eye', '*_ear'),
    ...bothSides('arm', 'neck', '*_shoulder', '*_elbow', '*_wrist'),
    ...bothSides('leg', 'neck', '*_hip', '*_knee', '*_ankle'),
  ]),
} as const satisfies Skeleton;
