import { medianOf } from '../../core/numbers/quantiles.ts';
import { lengthOf, subtract, type Vector3, ZERO } from '../../core/numbers/vector.ts';
import type { Recording } from '../../core/recording.ts';
import { type Bone, boneTree } from '../kinematics/bone-tree.ts';
import type { MotionColumns } from '../tracks/motion-columns.ts';
import { type Column, noted, vectorAt } from '../tracks/tracks.ts';
import { inColumns } from '../tracks/workpiece.ts';

/** Scores below this say little of how long a bone is. */
const TRUSTED_SCORE = 0.5;

/**
 * Gives every bone in the world the median of its lengths, from the pelvis outwards: directions stay as measured, and
 * what hangs on a bone moves with it. Limbs that close a ring of the skeleton, such as from shoulder to shoulder, follow
 * from the others.
 */
export function constantBones(recording: Recording): Recording {
  return inColumns(recording, constantBonesInColumns);
}

export function constantBonesInColumns(columns: MotionColumns): void {
  for (const { set, world, part, length } of columns.tracks) {
    if (!world || (part !== 'body' && part !== 'lifted')) continue;
    const bones = boneTree(set);
    const lengths = bones.map((bone) => medianLength(bone, world));
    for (let row = 0; row < length; row++) setLengths(bones, lengths, world, row);
  }
  columns.info = noted(columns.info, 'bones given the median of their lengths');
}

type World = readonly (readonly Column[])[];

/** The pelvis, the origin, has no keypoint. */
function positionOf(world: World, keypoint: number | null, i: number): Vector3 {
  return keypoint === null ? ZERO : vectorAt(world[keypoint], i);
}

function medianLength({ from, to }: Bone, world: World): number {
  const lengths = (least: number): number[] => {
    const found: number[] = [];
    const score = world[to]?.[3];
    for (let i = 0; i < (score?.length ?? 0); i++) {
      if (!((score?.[i] ?? 0) >= least)) continue;
      const length = lengthOf(subtract(positionOf(world, to, i), positionOf(world, from, i)));
      if (Number.isFinite(length)) found.push(length);
    }
    return found;
  };
  return medianOf(lengths(TRUSTED_SCORE)) ?? medianOf(lengths(0)) ?? Number.NaN;
}

function setLengths(bones: readonly Bone[], lengths: readonly number[], world: World, i: number): void {
  const before = world.map((_, keypoint) => positionOf(world, keypoint, i));
  for (const [bone, { from, to }] of bones.entries()) {
    const start = from === null ? ZERO : before[from];
    const end = before[to];
    const length = lengths[bone] ?? Number.NaN;
    if (!start || !end) continue;
    const way = subtract(end, start);
    const measured = lengthOf(way);
    const base = positionOf(world, from, i);
    // Where the start is missing, the end stays where it is.
    if (!Number.isFinite(measured + length + base[0]) || measured === 0) continue;
    for (const axis of [0, 1, 2] as const) {
      const column = world[to]?.[axis];
      if (column) column[i] = base[axis] + (way[axis] * length) / measured;
    }
  }
}
