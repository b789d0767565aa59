import { bothSides, chains, type Skeleton } from '../skeleton.ts';

const keypoints = [
  'hip',
  'right_hip',
  'right_knee',
  'right_foot',
  'left_hip',
  'left_knee',
  'left_foot',
  'spine',
  'thorax',
  'nose',
  'head',
  'left_shoulder',
  'left_elbow',
  'left_wrist',
  'right_shoulder',
  'right_elbow',
  'right_wrist',
] as const;

/**
 * Human3.6M's joints as VideoPose3D has them: `hip` is the middle of both, `foot` the ankle, `head` the top of the head.
 * Order: facebookresearch/VideoPose3D, common/h36m_dataset.py, with the joints that are left after `remove_joints`.
 */
export const human36m17 = {
  id: 'h36m-17',
  label: 'Human3.6M (17)',
  keypoints,
  limbs: chains(keypoints, [
    ['middle', 'torso', 'hip', 'spine', 'thorax'],
    ['middle', 'head', 'thorax', 'nose', 'head'],
    ...bothSides('arm', 'thorax', '*_shoulder', '*_elbow', '*_wrist'),
    ...bothSides('leg', 'hip', '*_hip', '*_knee', '*_foot'),
  ]),
} as const satisfies Skeleton;

/** Positions of joints that other parts refer to by name. */
export const Human36m = Object.fromEntries(keypoints.map((name, index) => [name, index])) as Readonly<
  Record<(typeof keypoints)[number], number>
>;
