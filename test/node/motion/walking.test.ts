import { strFromU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type Person, type Pose, WORLD_STRIDE } from '../../../src/core/pose.ts';
import { Recording } from '../../../src/core/recording.ts';
import { smooth } from '../../../src/motion/cleaning/smooth.ts';
import { angles } from '../../../src/motion/kinematics/joint-motion.ts';
import { Human36m, human36m17 } from '../../../src/skeletons/sets/human36m17.ts';
import { parseNpy } from '../../helpers/parse-npy.ts';
import { info } from '../../helpers/people.ts';
import { writeFileWith, writeWith } from '../../helpers/write-with.ts';

const RATE = 50;
const CADENCE = 110;
const STEP = 0.68;

/** Somebody who walks along x with steps of one length at one pace, knees bending by 60° and back in every stride. */
function walk(seconds: number): Recording {
  const stride = 120 / CADENCE;
  const frames = Array.from({ length: seconds * RATE }, (_, index) => {
    const time = index / RATE;
    const world = new Float32Array(17 * WORLD_STRIDE);
    const pelvis = (STEP * CADENCE * time) / 60;
    for (const [side, phase] of [
      ['left', 0],
      ['right', 0.5],
    ] as const) {
      // Stands for 60 % of its stride, then is swung two steps ahead.
      const at = time / stride + phase;
      const share = at - Math.floor(at);
      const swing = Math.max(0, (share - 0.6) / 0.4);
      const way = swing * swing * (3 - 2 * swing);
      const foot = (Math.floor(at) + way) * 2 * STEP + (phase === 0 ? 0 : -STEP);
      const joint = (name: 'hip' | 'knee' | 'foot'): number => Human36m[`${side}_${name}`];
      const z = side === 'left' ? 0.1 : -0.1;
      const y = -0.9 + 0.15 * Math.sin(Math.PI * swing);
      world.set([0, 0, z, 0.9], joint('hip') * WORLD_STRIDE);
      world.set([(foot - pelvis) / 2 + 0.1, y / 2, z, 0.9], joint('knee') * WORLD_STRIDE);
      world.set([foot - pelvis, y, z, 0.9], joint('foot') * WORLD_STRIDE);
      world.set([0, 0.5, z, 0.9], Human36m[`${side}_shoulder`] * WORLD_STRIDE);
      const bend = (30 * (1 - Math.cos((2 * Math.PI * time) / stride)) * Math.PI) / 180;
      world.set([0, 0.2, z, 0.9], Human36m[`${side}_elbow`] * WORLD_STRIDE);
      world.set(
        [0.3 * Math.sin(bend), 0.2 - 0.3 * Math.cos(bend), z, 0.9],
        Human36m[`${side}_wrist`] * WORLD_STRIDE,
      );
    }
    world.set([0, 0, 0, 0.9], 0);
    const points = new Float32Array(17 * 3).fill(0.9);
    const lifted: Pose = { set: 'h36m-17', points, world, handedness: null };
    const body: Pose = {
      set: 'coco-17',
      points: new Float32Array(51).fill(0.9),
      world: null,
      handedness: null,
    };
    const person: Person = {
      id: 4,
      score: 0.9,
      body,
      leftHand: null,
      rightHand: null,
      lifted,
      place: [pelvis, 0.9, 0],
    };
    return { index, time, people: [person] };
  });
  return new Recording(info, frames);
}

/** The same in a video that is so many times slower, and says so. */
function slowed(recording: Recording, slowMotion: number): Recording {
  const frames = recording.frames.map((frame) => ({ ...frame, time: frame.time * slowMotion }));
  return new Recording({ ...recording.info, selection: { slowMotion } }, frames);
}

const SLOW = 8;

describe.each([
  ['of a known pace', walk(10)],
  ['in slow motion', slowed(walk(10), SLOW)],
])('A walk %s', (_, recording) => {
  const rows = strFromU8(writeWith('motion-csv', recording))
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(','));
  const value = (quantity: string, joint = ''): number => {
    const row = rows.find(([person, each, name]) => person === '4' && each === quantity && name === joint);
    if (!row) throw new Error(`There is no ${quantity} ${joint}.`);
    return Number(row[3]);
  };

  it('is told in steps, cadence, step length and speed', () => {
    expect(value('cadence')).toBeCloseTo(CADENCE, -1);
    expect(value('step length')).toBeCloseTo(STEP, 2);
    expect(value('walking speed')).toBeCloseTo((STEP * CADENCE) / 60, 1);
    expect(Math.abs(value('steps') - (10 * CADENCE) / 60)).toBeLessThanOrEqual(2);
  });

  it('is told in ranges of motion and greatest speeds', () => {
    expect(value('range of motion', 'left_elbow')).toBeCloseTo(60, 0);
    // 60° · π · strides a second: the greatest derivative of 30° (1 − cos).
    const greatest = 30 * 2 * Math.PI * (CADENCE / 120);
    expect(value('greatest angular velocity', 'right_elbow')).toBeCloseTo(greatest, -1);
    // 1.5 · two steps · 1 / the swing's time.
    expect(value('greatest speed', 'left_foot')).toBeCloseTo((1.5 * 2 * STEP) / (0.4 * (120 / CADENCE)), 0);
  });

  it('has angles over time with their derivatives', () => {
    const elbow = angles(recording).find(({ angle }) => angle === 'left-elbow');
    const at = Math.round(0.3 * RATE);
    const phase = (2 * Math.PI * at) / RATE / (120 / CADENCE);
    expect(elbow?.degrees[at]).toBeCloseTo(30 * (1 - Math.cos(phase)), 3);
    const rate = (2 * Math.PI) / (120 / CADENCE);
    expect(elbow?.degreesPerSecond[at]).toBeCloseTo(30 * rate * Math.sin(phase), -0.5);
  });

  it('is given to VideoPose3D’s tools as they write it', () => {
    const { shape, type, values } = parseNpy(writeWith('viz-npy', recording));
    expect([shape, type]).toEqual([[500, 17, 3], '<f4']);
    const world = recording.frames[7]?.people[0]?.lifted?.world;
    const joint = human36m17.keypoints.indexOf('left_wrist');
    const [x = 0, y = 0, z = 0] = world?.subarray(joint * 4) ?? [];
    expect([...values.subarray((7 * 17 + joint) * 3, (7 * 17 + joint) * 3 + 3)]).toEqual(
      [x, -y, -z].map((v) => expect.closeTo(v, 6)),
    );
  });
});

it('In slow motion, times and filters go by what happened, and files say so', () => {
  const plain = walk(4);
  const slow = slowed(plain, SLOW);
  const peakTime = (recording: Recording): number => {
    const line = strFromU8(writeWith('motion-csv', recording))
      .split('\r\n')
      .find((each) => each.includes('greatest angular velocity,left_elbow'));
    return Number(line?.split(',')[5]);
  };
  expect(peakTime(slow)).toBe(peakTime(plain));
  const [filtered, filteredSlow] = [plain, slow].map((each) => smooth(each, { cutoff: 3 }));
  const placesOf = ({ frames }: Recording) => [...(frames[60]?.people[0]?.lifted?.world ?? [])];
  expect(placesOf(filteredSlow ?? slow)).toEqual(
    placesOf(filtered ?? plain).map((value) => expect.closeTo(value, 5)),
  );
  for (const format of ['c3d', 'trc', 'bvh'] as const) {
    expect(writeFileWith(format, slow).notes.join(' '), format).toContain(
      'Times and rates are those of what happened: the file’s seconds times 8 are those of the video.',
    );
    expect(writeFileWith(format, plain).notes.join(' '), format).not.toContain('what happened');
  }
});
