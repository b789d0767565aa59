import { body25 } from '../sets/body25.ts';
import { coco17 } from '../sets/coco.ts';
import { coco23 } from '../sets/coco23.ts';
import { coco133 } from '../sets/coco133.ts';
import { halpe26 } from '../sets/halpe26.ts';
import { byName, type ConversionTable } from './conversion-table.ts';

const SHOULDERS = ['left_shoulder', 'right_shoulder'];
const HIPS = ['left_hip', 'right_hip'];
/** OpenPose's neck and middle of the hips, where a set has neither: so OpenPose itself makes them of COCO's annotations. */
const DERIVED = { neck: SHOULDERS, mid_hip: HIPS };

/**
 * Bodies with feet. Halpe annotates neck and middle of the hips; the top of its head has nothing in BODY_25, and BODY_25
 * nothing for it.
 */
export const wholeBodyTables: readonly (readonly [name: string, table: ConversionTable])[] = [
  ['halpe-26>body-25', byName(body25.keypoints, halpe26.keypoints, { mid_hip: ['hip'] })],
  ['body-25>halpe-26', byName(halpe26.keypoints, body25.keypoints, { hip: ['mid_hip'] })],
  ['halpe-26>coco-17', byName(coco17.keypoints, halpe26.keypoints)],
  ['halpe-26>coco-23', byName(coco23.keypoints, halpe26.keypoints)],
  ['coco-23>body-25', byName(body25.keypoints, coco23.keypoints, DERIVED)],
  ['body-25>coco-23', byName(coco23.keypoints, body25.keypoints)],
  ['coco-23>coco-17', byName(coco17.keypoints, coco23.keypoints)],
  ['coco-133>body-25', byName(body25.keypoints, coco133.keypoints, DERIVED)],
  ['coco-133>coco-23', byName(coco23.keypoints, coco133.keypoints)],
  ['coco-133>coco-17', byName(coco17.keypoints, coco133.keypoints)],
];
