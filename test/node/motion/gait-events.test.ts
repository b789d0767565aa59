import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { POINT_STRIDE, type Pose, WORLD_STRIDE } from '../../../src/core/pose.ts';
import { findPeaks } from '../../../src/motion/filters/peaks.ts';
import { findGaitEvents } from '../../../src/motion/kinematics/gait-events.ts';
import { findRepetitions } from '../../../src/motion/kinematics/repetitions.ts';
import { skeletonOf } from '../../../src/skeletons/registry.ts';

const RATE = 50;
const SECONDS = 8;
const STRIDE = 1.1;
const STEP = 0.65;
/** A foot stands for this share of its stride. */
const STANCE = 0.6;
/** Seconds: the foot slows down before it touches down, and the hips pass it then. */
const NEAR = 0.05;
const NAMES = skeletonOf('blazepose-33').keypoints;
const TIMES = Float64Array.from({ length: RATE * SECONDS }, (_, i) => i / RATE);

interface Walk {
  /** Radians a second that the walker turns by. */
  readonly turning?: number;
  readonly isFlat?: boolean;
  /** Metres. */
  readonly noise?: number;
  readonly isStanding?: boolean;
}

/** Somebody who walks, in metres from the hips, as networks give it, or in the picture from its left to its right. */
function walk({ turning = 0, isFlat = false, noise = 0, isStanding = false }: Walk): Pose[] {
  const random = createRandom(3);
  return [...TIMES].map((time) => {
    const points = new Float32Array(33 * POINT_STRIDE);
    const world = new Float32Array(33 * WORLD_STRIDE);
    const [cos, sin] = [Math.cos(turning * time), Math.sin(turning * time)];
    const hips = (2 * STEP * time) / STRIDE;
    const put = (name: string, forwards: number, up: number, aside: number): void => {
      const at = NAMES.indexOf(name);
      const shaken = forwards + noise * (random() - 0.5);
      world.set([cos * shaken - sin * aside, up, sin * shaken + cos * aside, 0.9], at * WORLD_STRIDE);
      points.set([200 + 100 * (hips + shaken), 300 - 100 * up, 0.9], at * POINT_STRIDE);
    };
    for (const [side, phase, aside] of [
      ['left', 0, 0.1],
      ['right', 0.5, -0.1],
    ] as const) {
      const at = time / STRIDE + phase;
      const share = at - Math.floor(at);
      const swing = Math.max(0, (share - STANCE) / (1 - STANCE));
      const way = swing * swing * (3 - 2 * swing);
      // Set down half a step ahead of the hips.
      const ankle = (Math.floor(at) - phase + way) * 2 * STEP - hips + STANCE * STEP;
      const forwards = isStanding ? 0 : ankle;
      put(`${side}_hip`, 0, 0, aside);
      put(`${side}_ankle`, forwards, -0.85, aside);
      put(`${side}_heel`, forwards - 0.05, -0.9, aside);
      put(`${side}_foot_index`, forwards + 0.15, -0.9, aside);
    }
    return { set: 'blazepose-33', points, world: isFlat ? null : world, handedness: null };
  });
}

/** When a foot touches down, or leaves the ground, away from the ends. */
function truth(phase: number, share: number): number[] {
  const all = Array.from({ length: 20 }, (_, i) => (i + share - phase) * STRIDE);
  return all.filter((time) => time > STRIDE / 2 && time < SECONDS - STRIDE / 2);
}

describe.each<[string, Walk]>([
  ['straight on', {}],
  ['in a circle', { turning: 0.5 }],
  ['with noise', { noise: 0.02 }],
  ['in the picture, from the side', { isFlat: true }],
])('somebody who walks %s', (_, how) => {
  const events = findGaitEvents(walk(how), TIMES);

  it.each([
    ['left', 0],
    ['right', 0.5],
  ] as const)('has the events of the %s foot, once each', (side, phase) => {
    for (const [kind, share] of [
      ['foot-strike', 0],
      ['toe-off', STANCE],
    ] as const) {
      const found = events
        .filter((each) => each.side === side && each.kind === kind)
        .map(({ frame }) => TIMES[frame] ?? 0)
        .filter((time) => time > STRIDE / 2 - NEAR && time < SECONDS - STRIDE / 2 + NEAR);
      const expected = truth(phase, share);
      const missing = expected.filter((time) => !found.some((each) => Math.abs(each - time) <= NEAR));
      expect(missing).toEqual([]);
      const wrong = found.filter((each) => {
        const cycles = each / STRIDE + phase - share;
        return Math.abs(cycles - Math.round(cycles)) * STRIDE > NEAR;
      });
      expect(wrong).toEqual([]);
    }
  });
});

it('finds no steps of somebody who stands, nor without feet', () => {
  expect(findGaitEvents(walk({ isStanding: true, noise: 0.03 }), TIMES)).toEqual([]);
  const coco: Pose = { set: 'coco-17', points: new Float32Array(51).fill(1), world: null, handedness: null };
  expect(
    findGaitEvents(
      [...TIMES].map(() => coco),
      TIMES,
    ),
  ).toEqual([]);
});

it('finds repetitions of an angle where it is greatest, whatever trembles between', () => {
  const random = createRandom(7);
  const squats = TIMES.map((time) => 50 - 45 * Math.cos((2 * Math.PI * time) / 2) + 6 * (random() - 0.5));
  squats.fill(Number.NaN, 130, 135);
  const found = findRepetitions(squats, TIMES).map((frame) => TIMES[frame] ?? 0);
  expect(found).toHaveLength(4);
  for (const [i, time] of found.entries()) expect(time).toBeCloseTo(1 + 2 * i, 0.7);
  expect(
    findRepetitions(
      TIMES.map(() => 20 + 4 * random()),
      TIMES,
    ),
  ).toEqual([]);
});

it('finds peaks as SciPy does by prominence', () => {
  // scipy.signal.find_peaks([0, 3, 1, 2, 0, 5, 4, 4.5, 0, 1, 1, 0], prominence=1) → 1, 3, 5, 9
  const values = [0, 3, 1, 2, 0, 5, 4, 4.5, 0, 1, 1, 0];
  const times = values.map((_, i) => i);
  expect(findPeaks(values, times, { prominence: 1, distance: 0 })).toEqual([1, 3, 5, 9]);
  expect(findPeaks(values, times, { prominence: 1.5, distance: 0 })).toEqual([1, 5]);
  expect(findPeaks(values, times, { prominence: 1, distance: 4.5 })).toEqual([5]);
});
