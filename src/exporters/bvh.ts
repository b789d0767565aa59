import { strToU8 } from 'fflate';
import { type Quaternion, toEulerZxy } from '../core/quaternion.ts';
import type { Vector3 } from '../core/vector.ts';
import { RIG } from '../motion/kinematics/rig.ts';
import { type RigMotion, rigMotions } from '../motion/kinematics/rig-motion.ts';
import { baseName, type Exporter } from './exporter.ts';
import { type FrameGrid, frameGrid } from './frame-grid.ts';
import { makingFile } from './making.ts';
import { lacksWorld } from './markers.ts';
import { withProgress } from './text.ts';
import { zipEntries } from './zip.ts';

const DIGITS = 6;
const DEGREES = 180 / Math.PI;

function childrenOf(joint: number): number[] {
  return RIG.flatMap(({ parent }, i) => (parent === joint ? [i] : []));
}

function depthFirst(joint: number): number[] {
  return [joint, ...childrenOf(joint).flatMap(depthFirst)];
}

/** Joints in the order in which the hierarchy names them. */
const ORDER: readonly number[] = depthFirst(0);

/**
 * An animated skeleton a person: a ZIP with a BVH file each, in metres, y up, all of the recording's length, so that
 * people keep in step. The format knows one frame rate and no gaps: who is not in view stands still where last seen,
 * and `how-it-was-made.json` beside the files says from which frame to which each person was in view.
 *
 * Format: M. Meredith and S. Maddock, "Motion Capture File Formats Explained", 2001, Biovision.
 */
export const bvh: Exporter = {
  id: 'bvh',
  label: 'BVH animation (ZIP, one a person)',
  extension: '_bvh.zip',
  mediaType: 'application/zip',
  write(recording, report) {
    const motions = rigMotions(recording);
    if (motions.length === 0) throw lacksWorld();
    const times = recording.frames.map(({ time }) => time);
    const grid = frameGrid(times);
    const base = baseName(recording.info.source.name);
    function* entries() {
      for (const [, motion] of withProgress(motions, report)) {
        const name = `${base}_person_${motion.personId}.bvh`;
        yield { name, bytes: strToU8(writeBvh(motion, grid, times[0] ?? 0)) };
      }
      const inView = motions.map(({ personId, frames }) => ({
        person: personId,
        frames: stretchesOf(frames.map(({ time }) => rowOf(time, times[0] ?? 0, grid))),
      }));
      yield makingFile(recording, { inView });
    }
    return zipEntries(entries(), recording.info.created);
  },
};

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

function writeBvh(motion: RigMotion, grid: FrameGrid, start: number): string {
  const lines = ['HIERARCHY'];
  writeJoint(lines, motion, 0, '');
  lines.push('MOTION', `Frames: ${grid.count}`, `Frame Time: ${(1 / grid.rate).toFixed(DIGITS)}`);
  const [first] = motion.frames;
  let root: Vector3 = first?.root ?? [0, 0, 0];
  const rotations: Quaternion[] = RIG.map((_, i) => first?.rotations[i] ?? [0, 0, 0, 1]);
  let next = 0;
  for (let row = 0; row < grid.count; row++) {
    for (; next < motion.frames.length; next++) {
      const frame = motion.frames[next];
      if (!frame || rowOf(frame.time, start, grid) > row) break;
      root = frame.root;
      for (const [i, rotation] of frame.rotations.entries()) if (rotation) rotations[i] = rotation;
    }
    lines.push(ORDER.flatMap((joint) => channelsOf(joint, root, rotations)).join(' '));
  }
  return `${lines.join('\n')}\n`;
}

function channelsOf(joint: number, root: Vector3, rotations: readonly Quaternion[]): string[] {
  const angles = toEulerZxy(rotations[joint] ?? [0, 0, 0, 1]).map((angle) => angle * DEGREES);
  return [...(joint === 0 ? root : []), ...angles].map((value) => value.toFixed(DIGITS));
}

function writeJoint(lines: string[], motion: RigMotion, joint: number, indent: string): void {
  const { name, parent } = RIG[joint] ?? { name: '', parent: -1 };
  const inner = `${indent}\t`;
  const rotation = 'Zrotation Xrotation Yrotation';
  lines.push(
    `${indent}${parent < 0 ? 'ROOT' : 'JOINT'} ${name}`,
    `${indent}{`,
    `${inner}OFFSET ${format(motion.offsets[joint])}`,
    `${inner}CHANNELS ${parent < 0 ? `6 Xposition Yposition Zposition ${rotation}` : `3 ${rotation}`}`,
  );
  const children = childrenOf(joint);
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
