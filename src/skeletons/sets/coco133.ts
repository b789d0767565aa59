import { type Limb, mirrorByNames, type Skeleton } from '../skeleton.ts';
import { coco23 } from './coco23.ts';
import { face70 } from './face70.ts';
import { hand21 } from './hand21.ts';

/** Points of iBUG's face: OpenPose's without the pupils, which come last. */
export const FACE_68 = 68;

const face = face70.keypoints.slice(0, FACE_68).map((name) => `face_${name}`);
const handOf = (side: 'left' | 'right'): string[] => hand21.keypoints.map((name) => `${side}_hand_${name}`);
const keypoints = [...coco23.keypoints, ...face, ...handOf('left'), ...handOf('right')];
const faceStart = coco23.keypoints.length;
const handStart = faceStart + FACE_68;

const shifted = (limbs: readonly Limb[], by: number): Limb[] =>
  limbs.map((limb) => ({ ...limb, from: limb.from + by, to: limb.to + by }));

/** Where the parts of somebody begin in COCO-WholeBody's list. */
export const COCO_133_PARTS = {
  face: faceStart,
  leftHand: handStart,
  rightHand: handStart + hand21.keypoints.length,
} as const;

/**
 * COCO-WholeBody: body with feet, face of 68 points, left and right hand. What networks give; a person has them apart
 * (`keypoint-layouts.ts`). Order: jin-s13/COCO-WholeBody; mmpose, configs/_base_/datasets/coco_wholebody.py.
 */
export const coco133 = {
  id: 'coco-133',
  label: 'COCO-WholeBody (133)',
  keypoints,
  limbs: [
    ...coco23.limbs,
    ...shifted(face70.limbs, COCO_133_PARTS.face),
    ...shifted(hand21.limbs, COCO_133_PARTS.leftHand),
    ...shifted(hand21.limbs, COCO_133_PARTS.rightHand),
  ],
  mirror: mirrorByNames(keypoints).map((own, i) =>
    i >= faceStart && i < handStart ? faceStart + (face70.mirror[i - faceStart] ?? 0) : own,
  ),
} as const satisfies Skeleton;
