import { bothSides, chains, type Skeleton } from '../skeleton.ts';
import { coco17 } from './coco.ts';

const keypoints = [
  ...coco17.keypoints,
  'head',
  'neck',
  'hip',
  'left_big_toe',
  'right_big_toe',
  'left_small_toe',
  'right_small_toe',
  'left_heel',
  'right_heel',
] as const;

/** The body of Halpe: COCO's keypoints, then top of the head, neck, middle of the hips and feet. Order: Fang-Haoshu/Halpe-FullBody, README.md. */
export const halpe26 = {
  id: 'halpe-26',
  label: 'Halpe (26)',
  keypoints,
  limbs: chains(keypoints, [
    ['middle', 'torso', 'neck', 'hip'],
    ['middle', 'head', 'head', 'neck', 'nose'],
    ...bothSides('head', 'nose', '*_eye', '*_ear'),
    ...bothSides('arm', 'neck', '*_shoulder', '*_elbow', '*_wrist'),
    ...bothSides('leg', 'hip', '*_hip', '*_knee', '*_ankle', '*_big_toe', '*_small_toe'),
    ...bothSides('leg', '*_ankle', '*_heel'),
  ]),
} as const satisfies Skeleton;
