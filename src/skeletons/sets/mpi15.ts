import { bothSides, chains, type Skeleton } from '../skeleton.ts';

const keypoints = [
  'head',
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
  'chest',
] as const;

/** OpenPose's MPI skeleton. Order: openpose, src/openpose/pose/poseParameters.cpp. */
export const mpi15 = {
  id: 'mpi-15',
  label: 'OpenPose MPI (15)',
  keypoints,
  limbs: chains(keypoints, [
    ['middle', 'head', 'head', 'neck'],
    ['middle', 'torso', 'neck', 'chest'],
    ...bothSides('arm', 'neck', '*_shoulder', '*_elbow', '*_wrist'),
    ...bothSides('leg', 'chest', '*_hip', '*_knee', '*_ankle'),
  ]),
} as const satisfies Skeleton;
