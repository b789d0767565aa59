import { type Quaternion, toEulerZxy } from '../../core/numbers/quaternion.ts';
import type { Vector3 } from '../../core/numbers/vector.ts';
import { rigMotions } from '../../motion/kinematics/rig-motion.ts';
import {
  DEFAULT_RIG_STYLE,
  type NamedJoint,
  type StyledMotion,
  styleRig,
} from '../../motion/kinematics/rig-style.ts';
import { type ConventionId, conventionOf, toConvention, turnToConvention } from '../convention.ts';
import type { Exporter } from '../exporter.ts';
import { ensureFits } from '../writing/capacity.ts';
import { describeShared, type FrameGrid, frameGrid } from '../writing/frame-grid.ts';
import { bodiesWithoutTrunk } from '../writing/left-out.ts';
import { lacksRig } from '../writing/markers.ts';
import { writePersonFiles } from '../writing/per-person.ts';
import { encodeTexts } from '../writing/text.ts';

const DIGITS = 6;
/** Bytes of a joint in a frame, about. */
const CELL_LENGTH = 3 * 11;
const DEGREES = 180 / Math.PI;

type Joints = readonly NamedJoint[];

function childrenOf(joints: Joints, joint: number): number[] {
  return joints.flatMap(({ parent }, i) => (parent === joint ? [i] : []));
}

/** Joints in the order in which the hierarchy names them. */
function depthFirst(joints: Joints, joint = 0): number[] {
  return [joint, ...childrenOf(joints, joint).flatMap((child) => depthFirst(joints, child))];
}

const CONVENTIONS = ['m-y-up', 'cm-y-up', 'm-z-up', 'cm-z-up'] as const;
const UNITS = { m: 'metres', cm: 'centimetres', mm: 'millimetres' } as const;

/**
 * An animated skeleton a person, a BVH file each, all of the recording's length, so that people keep in step: in metres with
 * y up, as Blender's importer expects at its scale of 1, in centimetres, as most programs for characters do, or with z up. The format
 * knows one frame rate and no gaps: who is not in view stands still where last seen, and `how-it-was-made.json` beside
 * several files says from which frame to which each person was in view. A single file has no room for a word: its name
 * says its unit and which axis is up.
 *
 * Format: M. Meredith and S. Maddock, "Motion Capture File Formats Explained", 2001, Biovision; Blender's defaults:
 * docs.blender.org/api, `bpy.ops.import_anim.bvh`.
 */
export const bvh: Exporter = {
  id: 'bvh',
  label: 'BVH animation (a skeleton a person)',
  extension: '.bvh',
  mediaType: 'text/plain',
  conventions: CONVENTIONS,
  isPerPerson: true,
  hasRig: true,
  leftOut: bodiesWithoutTrunk,
  write(recording, _report, convention = CONVENTIONS[0], rig = DEFAULT_RIG_STYLE) {
    const motions = rigMotions(recording).map((motion) => scaled(styleRig(motion, rig), convention));
    if (motions.length === 0) throw lacksRig(recording);
    const times = recording.frames.map(({ time }) => time);
    const start = times[0] ?? 0;
    const grid = frameGrid(times);
    const joints = motions[0]?.joints.length ?? 0;
    ensureFits(grid.count * joints * CELL_LENGTH, this.label);
    const inView = motions.map(({ personId, frames }) => ({
      person: personId,
      frames: stretchesOf(frames.map(({ time }) => rowOf(time, start, grid))),
    }));
    const space = conventionOf(convention);
    const files = motions.map((motion) => ({
      id: motion.personId,
      write: () => encodeTexts(writeBvh(motion, grid, start)),
    }));
    const unit = UNITS[space.unit];
    return writePersonFiles(recording, {
      ...this,
      files,
      singleExtension: `_${unit}_${space.up}-up.bvh`,
      zipExtension: '_bvh.zip',
      more: { space, ...(rig !== DEFAULT_RIG_STYLE && { rig }), inView },
      notes: describeShared(grid),
      singleNotes: [
        `The file is in ${unit} with ${space.up} up, at ${Number(grid.rate.toFixed(3))} frames per second. BVH has no room to say that, or how it was made: Limn JSON has.`,
        ...describeGaps(inView[0]?.frames ?? [], grid.count),
      ],
    });
  },
};

/** A motion in metres with y up, in other units and axes. */
function scaled(motion: StyledMotion, convention: ConventionId): StyledMotion {
  const change = (vector: Vector3): Vector3 => toConvention(vector, convention);
  return {
    ...motion,
    offsets: motion.offsets.map(change),
    tails: motion.tails.map(change),
    frames: motion.frames.map((frame) => ({
      ...frame,
      root: change(frame.root),
      rotations: frame.rotations.map((rotation) => rotation && turnToConvention(rotation, convention)),
    })),
  };
}

/** What a single file has to hide, as a sentence; none: nothing. */
function describeGaps(stretches: readonly (readonly [number, number])[], count: number): string[] {
  const shown = stretches.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  if (shown === count) return [];
  const text = stretches.map(([first, last]) => `${first + 1} to ${last + 1}`).join(', ');
  return [`The person is in view in frames ${text} of ${count}; in the others the skeleton stands still.`];
}

function rowOf(time: number, start: number, { rate }: FrameGrid): number {
  return Math.round((time - start) * rate);
}

/** First and last of each unbroken row of numbers. */
function stretchesOf(rows: readonly number[]): [number, number][] {
  const stretches: [number, number][] = [];
  for (const row of rows) {
    const last = stretches.at(-1);
    if (last && row <= last[1] + 1) last[1] = row;
    else stretches.push([row, row]);
  }
  return stretches;
}

function* writeBvh(motion: StyledMotion, grid: FrameGrid, start: number): Generator<string> {
  const head = ['HIERARCHY'];
  writeJoint(head, motion, 0, '');
  head.push('MOTION', `Frames: ${grid.count}`, `Frame Time: ${(1 / grid.rate).toFixed(DIGITS)}`);
  yield `${head.join('\n')}\n`;
  const [first] = motion.frames;
  let root: Vector3 = first?.root ?? [0, 0, 0];
  const rotations: Quaternion[] = motion.joints.map((_, i) => first?.rotations[i] ?? [0, 0, 0, 1]);
  const order = depthFirst(motion.joints);
  let next = 0;
  for (let row = 0; row < grid.count; row++) {
    for (; next < motion.frames.length; next++) {
      const frame = motion.frames[next];
      if (!frame || rowOf(frame.time, start, grid) > row) break;
      root = frame.root;
      for (const [i, rotation] of frame.rotations.entries()) if (rotation) rotations[i] = rotation;
    }
    yield `${order.flatMap((joint) => channelsOf(joint, root, rotations)).join(' ')}\n`;
  }
}

function channelsOf(joint: number, root: Vector3, rotations: readonly Quaternion[]): string[] {
  const angles = toEulerZxy(rotations[joint] ?? [0, 0, 0, 1]).map((angle) => angle * DEGREES);
  return [...(joint === 0 ? root : []), ...angles].map((value) => value.toFixed(DIGITS));
}

function writeJoint(lines: string[], motion: StyledMotion, joint: number, indent: string): void {
  const { name, parent } = motion.joints[joint] ?? { name: '', parent: -1 };
  const inner = `${indent}\t`;
  const rotation = 'Zrotation Xrotation Yrotation';
  lines.push(
    `${indent}${parent < 0 ? 'ROOT' : 'JOINT'} ${name}`,
    `${indent}{`,
    `${inner}OFFSET ${format(motion.offsets[joint])}`,
    `${inner}CHANNELS ${parent < 0 ? `6 Xposition Yposition Zposition ${rotation}` : `3 ${rotation}`}`,
  );
  const children = childrenOf(motion.joints, joint);
  for (const child of children) writeJoint(lines, motion, child, inner);
  if (children.length === 0) {
    lines.push(
      `${inner}End Site`,
      `${inner}{`,
      `${inner}\tOFFSET ${format(motion.tails[joint])}`,
      `${inner}}`,
    );
  }
  lines.push(`${indent}}`);
}

function format(vector: Vector3 = [0, 0, 0]): string {
  return vector.map((value) => value.toFixed(DIGITS)).join(' ');
}
