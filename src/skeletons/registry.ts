import { LimnError } from '../core/errors.ts';
import type { KeypointSetId } from '../core/pose.ts';
import { blazepose33 } from './sets/blazepose33.ts';
import { body25 } from './sets/body25.ts';
import { coco17, coco18 } from './sets/coco.ts';
import { coco23 } from './sets/coco23.ts';
import { coco133 } from './sets/coco133.ts';
import { face70 } from './sets/face70.ts';
import { face478 } from './sets/face478.ts';
import { halpe26 } from './sets/halpe26.ts';
import { hand21 } from './sets/hand21.ts';
import { human36m17 } from './sets/human36m17.ts';
import { mpi15 } from './sets/mpi15.ts';
import type { Skeleton } from './skeleton.ts';

/** All keypoint sets that can be drawn and written. */
export const skeletons: readonly Skeleton[] = [
  blazepose33,
  body25,
  coco17,
  coco18,
  mpi15,
  hand21,
  face70,
  face478,
  human36m17,
  coco23,
  halpe26,
  coco133,
];

const byId = new Map<KeypointSetId, Skeleton>(skeletons.map((skeleton) => [skeleton.id, skeleton]));

/** @throws {LimnError} if the set is not among those known. */
export function skeletonOf(id: KeypointSetId): Skeleton {
  const skeleton = byId.get(id);
  if (!skeleton) throw new LimnError(`The keypoint set ${id} is not known to this version of Limn.`);
  return skeleton;
}
