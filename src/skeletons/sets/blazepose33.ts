import { bothSides, chains, type Skeleton } from '../skeleton.ts';

const keypoints = [
  'nose',
  'left_eye_inner',
  'left_eye',
  'left_eye_outer',
  'right_eye_inner',
  'right_eye',
  'right_eye_outer',
  'left_ear',
  'right_ear',
  'mouth_left',
  'mouth_right',
  'left_shoulder',
  'right_shoulder',
  'left_elbow',
  'right_elbow',
  'left_wrist',
  'right_wrist',
  'left_pinky',
  'right_pinky',
  'left_index',
  'right_index',
  'left_thumb',
  'right_thumb',
  'left_hip',
  'right_hip',
  'left_knee',
  'right_knee',
  'left_ankle',
  'right_ankle',
  'left_heel',
  'right_heel',
  'left_foot_index',
  'right_foot_index',
] as const;

/** MediaPipe's body. Order: tfjs-models, pose-detection/src/constants.ts. */
export const blazepose33 = {
  id: 'blazepose-33',
  label: 'BlazePose (33)',
  keypoints,
  limbs: chains(keypoints, [
    ...bothSides('head', 'nose', '*_eye_inner', '*_eye', '*_eye_outer', '*_ear'),
    ['middle', 'head', 'mouth_left', 'mouth_right'],
    ['middle', 'torso', 'left_shoulder', 'right_shoulder'],
    ['middle', 'torso', 'left_hip', 'right_hip'],
    ...bothSides('torso', '*_shoulder', '*_hip'),
    ...bothSides('arm', '*_shoulder', '*_elbow', '*_wrist', '*_pinky', '*_index', '*_wrist', '*_thumb'),
    ...bothSides('leg', '*_hip', '*_knee', '*_ankle', '*_heel', '*_foot_index', '*_ankle'),
  ]),
} as const satisfies Skeleton;

/** Positions of keypoints that other parts refer to by name. */
export const BlazePose = Object.fromEntries(keypoints.map((name, index) => [name, index])) as Readonly<
  Record<(typeof keypoints)[number], number>
>;
