import { bothSides, chains, type Skeleton } from '../skeleton.ts';
import { coco17 } from './coco.ts';

const keypoints = [
  ...coco17.keypoints,
  'left_big_toe',
  'left_small_toe',
  'left_heel',
  'right_big_toe',
  'right_small_toe',
  'right_heel',
] as const;

/** The body of COCO-WholeBody: COCO's keypoints, then the feet. Order: jin-s13/COCO-WholeBody, imgs/Fig2_anno.png. */
export const coco23 = {
  id: 'coco-23',
  label: 'COCO with feet (23)',
  keypoints,
  limbs: [
    ...coco17.limbs,
    ...chains(keypoints, [
      ...bothSides('leg', '*_ankle', '*_big_toe', '*_small_toe'),
      ...bothSides('leg', '*_ankle', '*_heel'),
    ]),
  ],
} as const satisfies Skeleton;
