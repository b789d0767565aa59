import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Vector3 } from 'three';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Person, WORLD_STRIDE } from '../../../../src/core/pose.ts';
import { Recording } from '../../../../src/core/recording.ts';
import { angleIds } from '../../../../src/motion/kinematics/angles.ts';
import { skeletonOf } from '../../../../src/skeletons/registry.ts';
import { blazepose33 } from '../../../../src/skeletons/sets/blazepose33.ts';
import { actorRecording } from '../../../helpers/actor-recording.ts';
import {
  AXES,
  BVH_FORMATS,
  FLAT_FORMATS,
  FLAT_KEYPOINTS,
  SPACE_FORMATS,
  type SpaceFormat,
} from '../../../helpers/format-axes.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { writeFileWith, writeWith } from '../../../helpers/write-with.ts';

/*
 * Units and axes of every format in space, by readers in Python that know the formats from their documents only
 * (read_space.py). GLB and .pose have other people's readers: glb.test.ts, pose-file.test.ts.
 */

const hasScipy = spawnSync('python3', ['-c', 'import numpy, scipy']).status === 0;
if (!hasScipy) console.warn('Python with NumPy and SciPy is missing: axes are not read with it.');

const FRAMES = 30;
const MISSING_IN = 10;
const recording = withoutKnee(actorRecording(FRAMES));

function withoutKnee({ info, frames }: Recording): Recording {
  const at = blazepose33.keypoints.indexOf('left_knee');
  const without = (person: Person): Person => {
    if (!person.body?.world) return person;
    const [points, world] = [person.body.points.slice(), person.body.world.slice()];
    points.set([Number.NaN, Number.NaN, 0], at * 3);
    world.set([Number.NaN, Number.NaN, Number.NaN, 0], at * WORLD_STRIDE);
    return { ...person, body: { ...person.body, points, world } };
  };
  return new Recording(
    info,
    frames.map((frame, i) => (i === MISSING_IN ? { ...frame, people: frame.people.map(without) } : frame)),
  );
}

interface ReadFile {
  readonly unit?: string;
  readonly up?: string;
  readonly rate?: number;
  readonly people: Places;
  /** x, y, score. */
  readonly flat?: Places;
  /** Degrees, as a table says them, and as they are by the places in another file. */
  readonly ranges?: Ranges;
  readonly ownRanges?: Ranges;
  /** Of a table of angles: its columns, how many numbers were compared, and by how many degrees they differ at most. */
  readonly columns?: readonly string[];
  readonly rows?: number;
  readonly far?: number;
}

/** By person and joint. */
type Ranges = Readonly<
  Record<string, Readonly<Record<string, { readonly minimum: number; readonly maximum: number }>>>
>;

/** By person and keypoint, in every frame. */
type Places = Readonly<Record<string, Readonly<Record<string, readonly (readonly (number | null)[])[]>>>>;

const nameOf = ({ format, convention = 'm-y-up' }: Pick<SpaceFormat, 'format' | 'convention'>) =>
  `${format}.${convention}.file`;

/** Joints that all of these formats have, by the names that they have there. */
const SEGMENTS = [
  ['left_hip', 'left_knee'],
  ['right_shoulder', 'right_elbow'],
  ['left_elbow', 'left_wrist'],
  ['right_hip', 'left_shoulder'],
] as const;
const BVH_SEGMENTS = [
  ['LeftUpLeg', 'LeftLeg', 'left_hip', 'left_knee'],
  ['RightArm', 'RightForeArm', 'right_shoulder', 'right_elbow'],
  ['LeftForeArm', 'LeftHand', 'left_elbow', 'left_wrist'],
] as const;

function truth(frame: number, id: number, name: string): Vector3 {
  const person = recording.frames[frame]?.people.find((each) => each.id === id);
  const at = blazepose33.keypoints.indexOf(name as 'nose') * WORLD_STRIDE;
  return new Vector3(...(person?.body?.world?.subarray(at, at + 3) ?? []));
}

describe.skipIf(!hasScipy)('Files in space, as Python reads them by the formats’ documents:', () => {
  let files: Readonly<Record<string, ReadFile>> = {};
  const fileOf = (row: Pick<SpaceFormat, 'format' | 'convention'>): ReadFile => {
    const file = files[nameOf(row)];
    if (!file) throw new Error(`${nameOf(row)} wasn't read.`);
    return file;
  };
  const placeIn = (file: ReadFile, id: number, name: string, frame: number): Vector3 =>
    new Vector3(...(file.people[id]?.[name]?.[frame]?.map((value) => value ?? Number.NaN) ?? []));

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'limn-axes-'));
    const rows: readonly Pick<SpaceFormat, 'format' | 'convention'>[] = [
      ...SPACE_FORMATS,
      ...BVH_FORMATS.map(({ convention }) => ({ format: 'bvh', convention }) as const),
      ...FLAT_FORMATS,
      { format: 'motion-csv' },
      { format: 'angles-csv' },
    ];
    for (const row of rows) {
      writeFileSync(join(folder, nameOf(row)), writeWith(row.format, recording, row.convention));
    }
    const { stdout, stderr } = spawnSync('python3', ['-W', 'ignore', 'test/helpers/read_space.py', folder], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    rmSync(folder, { recursive: true });
    expect(stderr).toBe('');
    files = JSON.parse(stdout) as typeof files;
  });

  it.each(SPACE_FORMATS)('$format $convention: $axes, $perMetre to a metre', (row) => {
    const file = fileOf(row);
    if (row.says) expect(file).toMatchObject(row.says);
    if (file.rate !== undefined) expect(file.rate).toBeCloseTo(30, 4);
    expect(Object.keys(file.people).sort()).toEqual(['0', '1']);
    for (const id of [0, 1]) {
      for (let frame = 0; frame < FRAMES; frame++) {
        for (const [from, to] of SEGMENTS) {
          const ours = placeIn(file, id, to, frame)
            .sub(placeIn(file, id, from, frame))
            .divideScalar(row.perMetre);
          const { x, y, z } = truth(frame, id, to).sub(truth(frame, id, from));
          if (frame === MISSING_IN && to === 'left_knee') {
            // OpenPose has zeros where nothing is, with a score of 0: its reader takes these for missing.
            expect(ours.x).toBeNaN();
            continue;
          }
          const wanted = new Vector3(...AXES[row.axes]([x, y, z]));
          expect(ours.distanceTo(wanted), `${from} to ${to} of ${id} in frame ${frame}`).toBeLessThan(
            row.within,
          );
        }
      }
    }
  });

  it.each(
    SPACE_FORMATS.filter(({ format }) => !['trc', 'c3d'].includes(format)),
  )('$format: the origin is between the hips', (row) => {
    const file = fileOf(row);
    for (const id of [0, 1]) {
      const middle = placeIn(file, id, 'left_hip', 3)
        .add(placeIn(file, id, 'right_hip', 3))
        .divideScalar(2);
      expect(middle.length()).toBeLessThan(1e-5);
    }
  });

  it.each(
    SPACE_FORMATS.filter(({ format }) => ['trc', 'c3d'].includes(format)),
  )('$format $convention: people stand on the floor, which is at 0, facing the viewer', (row) => {
    const file = fileOf(row);
    const up = row.says?.up === 'z' ? 'z' : 'y';
    for (const id of [0, 1]) {
      const lowest = Math.min(
        ...['left_heel', 'right_heel', 'left_foot_index', 'right_foot_index'].map(
          (name) => placeIn(file, id, name, 0)[up] / row.perMetre,
        ),
      );
      expect(Math.abs(lowest)).toBeLessThan(0.02);
      const nose = placeIn(file, id, 'nose', 0);
      const ears = placeIn(file, id, 'left_ear', 0)
        .add(placeIn(file, id, 'right_ear', 0))
        .divideScalar(2);
      expect(nose[up] / row.perMetre).toBeGreaterThan(1.2);
      const forward = nose.sub(ears);
      expect(up === 'y' ? forward.z : -forward.y).toBeGreaterThan(0.03 * row.perMetre);
    }
  });

  it.each(FLAT_FORMATS)('$format: pixels from the top left, y down, by the names of keypoints', ({
    format,
    within,
    hasScores,
  }) => {
    const { flat } = fileOf({ format });
    const { width } = recording.info;
    for (const id of [0, 1]) {
      for (const [frame, { people }] of recording.frames.entries()) {
        const points = people.find((person) => person.id === id)?.body?.points;
        for (const name of FLAT_KEYPOINTS) {
          const at = blazepose33.keypoints.indexOf(name) * 3;
          const [x = Number.NaN, y = Number.NaN, score = 0] = points?.subarray(at, at + 3) ?? [];
          const [ourX, ourY, third] = flat?.[id]?.[name]?.[frame] ?? [];
          const what = `${name} of ${id} in frame ${frame}`;
          if (frame === MISSING_IN && name === 'left_knee') {
            expect([what, ourX, ourY, third]).toEqual([what, null, null, 0]);
            continue;
          }
          expect(Math.hypot((ourX ?? Number.NaN) - x, (ourY ?? Number.NaN) - y), what).toBeLessThan(
            within * width,
          );
          if (hasScores) expect(third, what).toBeCloseTo(score, 5);
          else expect(third, what).toBe(2);
        }
      }
    }
  });

  it('motion-csv: ranges of motion are those of the places in another file', () => {
    const { ranges, ownRanges = {} } = fileOf({ format: 'motion-csv' });
    expect(Object.keys(ownRanges)).toEqual(['0', '1']);
    for (const [person, joints] of Object.entries(ownRanges)) {
      for (const [joint, { minimum, maximum }] of Object.entries(joints)) {
        expect(ranges?.[person]?.[joint]?.minimum, `${joint} of ${person}`).toBeCloseTo(minimum, 2);
        expect(ranges?.[person]?.[joint]?.maximum, `${joint} of ${person}`).toBeCloseTo(maximum, 2);
      }
      const turned = Object.values(joints).map(({ minimum, maximum }) => maximum - minimum);
      expect(Math.max(...turned)).toBeGreaterThan(5);
    }
  });

  it('angles-csv: NumPy reads it, and knees and elbows are those of the places in another file', () => {
    const { columns, far, rows } = fileOf({ format: 'angles-csv' });
    expect(columns).toEqual(['time', 'frame', 'person', ...angleIds.map((id) => id.replace('-', '_'))]);
    // Four joints of two people, who lack a wrist in one frame.
    expect(rows).toBe(FRAMES * 2 * 4 - 2);
    // Half of the last digit, and what the places were rounded by.
    expect(far).toBeLessThan(0.006);
  });

  it.each(BVH_FORMATS)('bvh $convention: $axes, $perMetre to a metre', ({ convention, perMetre, axes }) => {
    const file = fileOf({ format: 'bvh', convention });
    const [unit, up = ''] = convention.split('-');
    expect(file).toMatchObject({ unit, up });
    expect(file.rate).toBeCloseTo(30, 1);
    for (const id of [0, 1]) {
      for (const frame of [0, 7, 20, FRAMES - 1]) {
        for (const [from, to, a, b] of BVH_SEGMENTS) {
          const ours = placeIn(file, id, to, frame)
            .sub(placeIn(file, id, from, frame))
            .divideScalar(perMetre);
          const { x, y, z } = truth(frame, id, b).sub(truth(frame, id, a));
          const wanted = new Vector3(...AXES[axes]([x, y, z]));
          // Bones have one length each.
          expect(ours.length()).toBeCloseTo(wanted.length(), 1);
          expect((ours.angleTo(wanted) * 180) / Math.PI).toBeLessThan(0.5);
        }
        const neck = placeIn(file, id, 'Neck', frame);
        expect(up === 'y' ? neck.y : neck.z).toBeGreaterThan(perMetre);
      }
    }
  });
});

/* The other way: what readers above have found right in files, Limn reads as metres with y up and z towards the viewer. */
it.each([
  ...SPACE_FORMATS.filter(({ format }) => format !== 'c3d' && format !== 'csv'),
  { format: 'pose', within: 1e-5 } as const,
])('$format $convention is read in Limn’s own axes', ({ format, within, ...row }) => {
  const convention = 'convention' in row ? row.convention : undefined;
  const { bytes, extension } = writeFileWith(format, recording, convention);
  const again = readRecording([{ name: `two actors${extension}`, bytes }]);
  expect(again.frames).toHaveLength(FRAMES);
  const placeOf = (frame: number, id: number, name: string): Vector3 => {
    const body = again.frames[frame]?.people.find((each) => each.id === id)?.body;
    const at = body ? skeletonOf(body.set).keypoints.indexOf(name) * WORLD_STRIDE : Number.NaN;
    return new Vector3(...(body?.world?.subarray(at, at + 3) ?? [Number.NaN]));
  };
  for (const id of [0, 1]) {
    for (const frame of [0, 7, FRAMES - 1]) {
      for (const [from, to] of SEGMENTS) {
        const ours = placeOf(frame, id, to).sub(placeOf(frame, id, from));
        expect(ours.distanceTo(truth(frame, id, to).sub(truth(frame, id, from)))).toBeLessThan(within);
      }
    }
  }
});
