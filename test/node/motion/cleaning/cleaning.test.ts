import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/numbers/random.ts';
import { MARKS, type Person, type Pose } from '../../../../src/core/pose.ts';
import { Recording } from '../../../../src/core/recording.ts';
import { convert } from '../../../../src/motion/arranging/convert.ts';
import { mirror } from '../../../../src/motion/arranging/mirror.ts';
import { person } from '../../../../src/motion/arranging/person.ts';
import { trim } from '../../../../src/motion/arranging/trim.ts';
import { constantBones } from '../../../../src/motion/cleaning/constant-bones.ts';
import { fillGaps } from '../../../../src/motion/cleaning/fill-gaps.ts';
import { footLock } from '../../../../src/motion/cleaning/foot-lock.ts';
import { rejectOutliers } from '../../../../src/motion/cleaning/reject-outliers.ts';
import { resample } from '../../../../src/motion/cleaning/resample.ts';
import { smooth } from '../../../../src/motion/cleaning/smooth.ts';
import { boneTree } from '../../../../src/motion/kinematics/bone-tree.ts';
import { place } from '../../../../src/motion/placing/place.ts';
import { bodyAt, handAt, info, personAt } from '../../../helpers/people.ts';
import { stageActors } from '../../../helpers/staged-actors.ts';

const RATE = 50;
const NOSE = 0;

/** Somebody whose nose goes along a function of time, in the picture and in the world. */
function moving(x: (time: number) => number, frames = 100, times = (i: number) => i / RATE): Recording {
  return new Recording(
    info,
    Array.from({ length: frames }, (_, index) => {
      const time = times(index);
      const body = bodyAt(300, 240);
      body.points[NOSE] = x(time);
      body.world?.set([x(time) / 100], NOSE);
      return { index, time, people: [{ ...personAt(0, 0, 0), body }] };
    }),
  );
}

function change(recording: Recording, how: (pose: Pose, i: number) => Pose | null): Recording {
  return new Recording(
    recording.info,
    recording.frames.map((frame, i) => ({
      ...frame,
      people: frame.people.flatMap((each): Person[] => {
        const body = each.body && how(each.body, i);
        return body ? [{ ...each, body }] : [];
      }),
    })),
  );
}

function without(keypoint: number, frames: readonly number[]) {
  return (pose: Pose, i: number): Pose => {
    if (!frames.includes(i)) return pose;
    const [points, world] = [pose.points.slice(), pose.world?.slice() ?? null];
    points.set([Number.NaN, Number.NaN, 0], keypoint * 3);
    world?.set([Number.NaN, Number.NaN, Number.NaN, 0], keypoint * 4);
    return { ...pose, points, world };
  };
}

const bodyOf = (recording: Recording, i: number): Pose => {
  const body = recording.frames[i]?.people[0]?.body;
  if (!body) throw new Error(`Nobody is in frame ${i}.`);
  return body;
};
const noseX = (recording: Recording): number[] =>
  recording.frames.map((_, i) => bodyOf(recording, i).points[NOSE] ?? Number.NaN);
const wave = (time: number): number => 300 + 40 * Math.sin(2 * Math.PI * time);

describe('fillGaps', () => {
  it('fills what is missing for a few frames, in both spaces, and marks it; what was measured stays', () => {
    const gap = [40, 41, 42, 43];
    const filled = fillGaps(change(moving(wave), without(NOSE, gap)), { maximumFrames: 4 });
    for (const i of gap) {
      const { points, world, marks } = bodyOf(filled, i);
      expect(points[0]).toBeCloseTo(wave(i / RATE), 0);
      expect(world?.[0]).toBeCloseTo(wave(i / RATE) / 100, 2);
      expect(points[2]).toBeCloseTo(0.9, 5);
      expect(marks?.[NOSE]).toBe(MARKS.filled);
      expect(marks?.[1]).toBe(MARKS.measured);
    }
    expect(bodyOf(filled, 39)).toEqual(bodyOf(moving(wave), 39));
    expect(filled.info.processing).toEqual(['gaps of up to 4 frames filled (cubic), 8 keypoints']);
  });

  it('leaves longer gaps, and those at the ends, as they are', () => {
    const holes = change(moving(wave), without(NOSE, [0, 1, 20, 21, 22, 23, 24, 99]));
    const filled = noseX(fillGaps(holes, { maximumFrames: 4 }));
    for (const i of [0, 1, 20, 24, 99]) expect(filled[i]).toBeNaN();
  });

  it('puts somebody who is not found for a few frames there again', () => {
    const lost = change(moving(wave), (pose, i) => (i > 49 && i < 55 ? null : pose));
    const filled = fillGaps(lost, { maximumFrames: 5, method: 'pchip' });
    expect(noseX(filled)[52]).toBeCloseTo(wave(52 / RATE), -1);
    expect(bodyOf(filled, 52).marks).toEqual(new Uint8Array(33).fill(MARKS.filled));
    expect(filled.frames[52]?.people[0]?.score).toBeCloseTo(0.9, 5);
  });
});

describe('smooth', () => {
  const random = createRandom(3);
  const noise = Array.from({ length: 100 }, () => 6 * (random() - 0.5));
  const noisy = (time: number): number => wave(time) + (noise[Math.round(time * RATE)] ?? 0);
  const error = (recording: Recording): number =>
    Math.hypot(...noseX(recording).map((x, i) => x - wave(recording.frames[i]?.time ?? 0)));

  it.each([
    'butterworth',
    'savitzky-golay',
  ] as const)('lowers noise by %s, and what rests stays', (method) => {
    const smoothed = smooth(moving(noisy), { method });
    expect(error(smoothed)).toBeLessThan(0.65 * error(moving(noisy)));
    expect(bodyOf(smoothed, 50).points[3 * 5]).toBeCloseTo(bodyOf(moving(noisy), 50).points[3 * 5] ?? 0, 3);
    expect(bodyOf(smoothed, 50).marks).toBeUndefined();
  });

  it('goes on with frames at uneven times', () => {
    const times = (i: number): number => (i + (i % 3 === 0 ? 0.3 : 0)) / RATE;
    const uneven = moving(noisy, 100, times);
    expect(error(smooth(uneven))).toBeLessThan(0.7 * error(uneven));
  });

  it('does not reach across gaps', () => {
    const jump = change(
      moving((time) => (time < 1 ? 0 : 1000)),
      without(NOSE, [49, 50, 51]),
    );
    expect(noseX(smooth(jump)).filter((x) => Math.abs(x) > 1e-3 && Math.abs(x - 1000) > 1e-3)).toEqual([]);
  });

  it('says which cut-off can’t be', () => {
    expect(() => smooth(moving(wave), { cutoff: 25 })).toThrow(
      "A cut-off of 25 Hz can't be had at 50.0 frames a second: it has to be above 0 and below 25.0 Hz.",
    );
  });
});

it('rejectOutliers takes a jump away in both spaces, and fillGaps puts the way there', () => {
  const jumping = change(moving(wave), (pose, i) => {
    if (i !== 30) return pose;
    const points = pose.points.slice();
    points[NOSE] = 900;
    return { ...pose, points };
  });
  const rejected = rejectOutliers(jumping);
  expect(noseX(rejected).map(Number.isNaN).indexOf(true)).toBe(30);
  expect(noseX(rejected).filter(Number.isNaN)).toHaveLength(1);
  expect(bodyOf(rejected, 30).world?.[0]).toBeNaN();
  expect(bodyOf(rejected, 30).points[2]).toBe(0);
  expect(noseX(fillGaps(rejected))[30]).toBeCloseTo(wave(30 / RATE), 1);
});

describe('resample', () => {
  it('gives frames at the wanted rate, along the motion', () => {
    const result = resample(moving(wave), { rate: 30 });
    expect(result.frames).toHaveLength(60);
    for (const [i, { time }] of result.frames.entries()) {
      expect(time).toBeCloseTo(i / 30, 9);
      expect(noseX(result)[i]).toBeCloseTo(wave(time), 1);
    }
  });

  it('makes nothing up in gaps, and hands marks on', () => {
    const holes = change(moving(wave), without(NOSE, [40, 41, 42, 43]));
    const result = resample(holes, { rate: 100 });
    expect(noseX(result)[81]).toBeNaN();
    expect(noseX(result)[78]).toBeCloseTo(wave(0.78), 1);
    const filled = resample(fillGaps(holes), { rate: 100 });
    expect(bodyOf(filled, 79).marks?.[NOSE]).toBe(MARKS.filled);
    expect(bodyOf(filled, 77).marks).toBeUndefined();
  });

  it('says which rate can’t be', () => {
    expect(() => resample(moving(wave), { rate: 0 })).toThrow("can't have 0 frames a second");
  });
});

describe('In the world,', () => {
  const staged = stageActors({ seconds: 8, worldNoise: 0.02 });

  it('constantBones gives every bone one length, and moves no joint far', () => {
    const result = constantBones(staged.recording);
    for (const { from, to } of boneTree('blazepose-33')) {
      const lengths = result.frames.map((_, i) => {
        const at = (k: number | null): number[] =>
          k === null ? [0, 0, 0] : [...(bodyOf(result, i).world?.subarray(k * 4, k * 4 + 3) ?? [])];
        return Math.hypot(...at(to).map((value, axis) => value - (at(from)[axis] ?? 0)));
      });
      expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThan(1e-5);
    }
    expect(boneTree('h36m-17')).toHaveLength(17);
  });

  it('footLock keeps standing feet from skating, and bones as long as they were', () => {
    const placed = place(smooth(staged.recording), { fov: staged.fieldOfView });
    const locked = footLock(placed);
    const skating = (recording: Recording): number => {
      const speeds: number[] = [];
      for (const [i, frame] of recording.frames.entries()) {
        const [before, now] = [staged.truth[i - 1]?.[0]?.joints.left, staged.truth[i]?.[0]?.joints.left];
        if (!before || !now || now.ankle.distanceTo(before.ankle) > 0.002) continue;
        const at = (j: number): number[] => {
          const each = recording.frames[j]?.people[0];
          return [0, 1, 2].map(
            (axis) => (each?.place?.[axis] ?? 0) + (each?.body?.world?.[27 * 4 + axis] ?? 0),
          );
        };
        const [a, b] = [at(i - 1), at(i)];
        speeds.push(Math.hypot(...a.map((value, axis) => value - (b[axis] ?? 0))) / (1 / 25));
        expect(frame.people).toHaveLength(1);
      }
      return speeds.reduce((sum, each) => sum + each, 0) / speeds.length;
    };
    expect(skating(locked)).toBeLessThan(0.35 * skating(placed));
    for (const [a, b] of [
      [23, 25],
      [25, 27],
    ] as const) {
      for (const i of [10, 60, 120]) {
        const length = (recording: Recording): number =>
          Math.hypot(
            ...[0, 1, 2].map((axis) => {
              const { world } = bodyOf(recording, i);
              return (world?.[a * 4 + axis] ?? 0) - (world?.[b * 4 + axis] ?? 0);
            }),
          );
        expect(length(locked)).toBeCloseTo(length(placed), 2);
      }
    }
    expect(() => footLock(staged.recording)).toThrow('place people in it first');
  });
});

describe('Arranging:', () => {
  const two = new Recording(
    info,
    Array.from({ length: 10 }, (_, index) => ({
      index,
      time: index / 10,
      people: index < 5 ? [personAt(3, 100, 200), personAt(4, 400, 200)] : [personAt(7, 110, 200)],
    })),
  );
  const ids = (recording: Recording): number[][] =>
    recording.frames.map(({ people }) => people.map(({ id }) => id));

  it('mirror turns x, changes left and right and the hands, and twice is as before', () => {
    const someone = { ...personAt(0, 100, 200), leftHand: handAt(80, 200, 'left') };
    const recording = new Recording(info, [
      { index: 0, time: 0, people: [{ ...someone, place: [1, 2, 3] }] },
    ]);
    const mirrored = mirror(recording).frames[0]?.people[0];
    const { body } = someone;
    expect(mirrored?.body?.points[11 * 3]).toBeCloseTo(info.width - (body?.points[12 * 3] ?? 0), 4);
    expect(mirrored?.body?.world?.[11 * 4]).toBeCloseTo(-(body?.world?.[12 * 4] ?? 0), 6);
    expect(mirrored?.rightHand?.handedness?.side).toBe('right');
    expect(mirrored?.leftHand).toBeNull();
    expect(mirrored?.place).toEqual([-1, 2, 3]);
    const again = mirror(mirror(recording)).frames[0]?.people[0];
    expect(again?.body?.points).toEqual(body?.points);
    expect(again?.leftHand?.handedness).toEqual(someone.leftHand.handedness);
  });

  it('mirror turns what was kept of OpenPose’s files, and leaves COCO’s pixels out', () => {
    const peaks = Array.from({ length: 25 }, (_, i) => [i * 10, 50, 0.5]);
    const extras = {
      openPoseOrigins: { body: [1, 2, 3], leftHand: [4, 5, 6] },
      coco: { entry: '{"bbox":[1,2,3,4]}', id: 0 },
    } as const;
    const recording = new Recording(info, [
      {
        index: 0,
        time: 0,
        people: [{ ...personAt(0, 100, 200), extras }],
        openPose: { partCandidates: peaks },
        coco: { imageId: 7, image: '{"file_name":"a.jpg"}' },
      },
    ]);
    const [frame] = mirror(recording).frames;
    // BODY_25: the nose, right and left shoulder.
    expect(frame?.openPose?.partCandidates?.[0]).toEqual([info.width, 50, 0.5]);
    expect(frame?.openPose?.partCandidates?.[2]).toEqual([info.width - 50, 50, 0.5]);
    expect(frame?.coco).toEqual({ imageId: 7 });
    expect(frame?.people[0]?.extras).toEqual({
      openPoseOrigins: { body: [-1, 2, 3], rightHand: [-4, 5, 6] },
    });
    const converted = convert(recording, { set: 'coco-17' }).frames[0];
    expect(converted).not.toHaveProperty('openPose');
  });

  it('trim keeps frames from one time to another', () => {
    expect(trim(two, { from: 0.2, to: 0.45 }).frames.map(({ index }) => index)).toEqual([2, 3, 4]);
    expect(trim(two).frames).toHaveLength(10);
  });

  it('person chooses, joins and splits', () => {
    expect(ids(person(two, { choose: 4 }))).toEqual([...Array(5).fill([4]), ...Array(5).fill([])]);
    expect(ids(person(two, { join: [3, 7] }))).toEqual([...Array(5).fill([3, 4]), ...Array(5).fill([3])]);
    expect(ids(person(two, { split: { id: 7, time: 0.7 } })).slice(6, 8)).toEqual([[7], [8]]);
    expect(() => person(two, { choose: 9 })).toThrow("Person 9 isn't in the recording.");
    expect(() => person(two, {})).toThrow('Say one of choose, join and split');
  });

  it('convert gives another keypoint set, and says what can’t be converted', () => {
    expect(convert(two, { set: 'h36m-17' }).frames[0]?.people[0]?.body?.points).toHaveLength(51);
    expect(() => convert(two, { set: 'mpi-15' })).toThrow("can't be turned into");
  });
});
