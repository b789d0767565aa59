import { describe, expect, it } from 'vitest';
import { DEFAULT_PLAN, toSteps } from '../../../src/app/motion/clean-plan.ts';
import { workOn } from '../../../src/app/motion/work-on.ts';
import { MARKS, type Person } from '../../../src/core/pose.ts';
import { Recording, type TrackedFrame } from '../../../src/core/recording.ts';
import { constantBones } from '../../../src/motion/cleaning/constant-bones.ts';
import { fillGaps } from '../../../src/motion/cleaning/fill-gaps.ts';
import { rejectOutliers } from '../../../src/motion/cleaning/reject-outliers.ts';
import { smooth } from '../../../src/motion/cleaning/smooth.ts';
import type { FrameEdit } from '../../../src/motion/corrections/edit.ts';
import { place } from '../../../src/motion/placing/place.ts';
import { applyStep } from '../../../src/motion/steps.ts';
import { toRecording } from '../../../src/motion/tracks/columns-to-frames.ts';
import { toColumns } from '../../../src/motion/tracks/motion-columns.ts';
import { Workpiece } from '../../../src/motion/tracks/workpiece.ts';
import { encodeFrames } from '../../../src/recording/log/encode-frames.ts';
import { decodeBatch } from '../../../src/recording/log/frame-codec.ts';
import { passersBy } from '../../helpers/passers-by.ts';
import { bodyAt, handAt, info, personAt } from '../../helpers/people.ts';

const STAY = 40;
const AT_ONCE = 2;
const crowd = [...passersBy({ frames: 5 * STAY, atOnce: AT_ONCE, stay: STAY, frameRate: 30 })];
const steps = toSteps(DEFAULT_PLAN, { range: {}, personId: null }).filter((step) => step.kind !== 'lift');
const PLAN = [rejectOutliers, fillGaps, smooth, constantBones, place];

describe('Columns over time', () => {
  it('begin with the first frame that somebody is in, and end with the last', () => {
    const { tracks } = toColumns(info, () => crowd);
    expect(tracks).toHaveLength(5 * AT_ONCE);
    for (const { personId, first, length, points } of tracks) {
      const seen = crowd.flatMap(({ index, people }) =>
        people.some(({ id }) => id === personId) ? [index] : [],
      );
      expect([first, first + length - 1]).toEqual([seen[0], seen.at(-1)]);
      expect(points[7]?.[1]).toHaveLength(length);
    }
    const bytes = tracks.flatMap(({ points, world, marks, there }) =>
      [...points.flat(), ...(world ?? []).flat(), ...marks, there].map(({ byteLength }) => byteLength),
    );
    // 33 keypoints: x, y, score, and x, y, z, score in 32 bits, a mark each; and what is there.
    const row = 33 * (7 * 4 + 1) + 1;
    expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(crowd.length * AT_ONCE * row);
  });

  it('hold everything that frames do', () => {
    const marks = new Uint8Array(33);
    marks[3] = MARKS.corrected;
    const full: Person = {
      ...personAt(4, 100, 100),
      body: { ...bodyAt(100, 100), marks },
      leftHand: handAt(90, 80),
      rightHand: { ...handAt(110, 80), handedness: null },
      face: { set: 'face-70', points: new Float32Array(210).fill(0.5), world: null, handedness: null },
      lifted: { set: 'h36m-17', points: new Float32Array(51), world: new Float32Array(68), handedness: null },
      place: [0.1, 0.9, -2],
      extras: { openPoseId: 9_999_999_999 },
    };
    const flat = bodyAt(300, 100);
    const frames: TrackedFrame[] = [
      { index: 3, time: 0.1, name: 'a.png', width: 30, people: [] },
      { index: 4, time: 0.2, people: [full, personAt(2, 300, 100)] },
      { index: 5, time: 0.3, people: [{ ...personAt(2, 300, 100), body: { ...flat, world: null } }] },
      { index: 6, time: 0.4, people: [{ ...personAt(4, 9, 9), body: null, leftHand: handAt(9, 9) }] },
      { index: 7, time: 0.5, people: [{ ...full, score: 0.3 }], openPose: { isAnonymous: true } },
    ];
    const recording = new Recording(info, frames);
    const back = toRecording(toColumns(info, () => frames));
    expect(back.info).toBe(recording.info);
    expect(back.frames).toEqual(recording.frames);
  });
});

it('A plan of steps turns frames into columns once, and columns into frames once', () => {
  const passes: number[] = [];
  const piece = new Workpiece(info, (pass) => {
    passes.push(pass);
    return crowd;
  });
  for (const step of steps) applyStep(piece, step);
  expect(passes).toEqual([0, 1]);
  const expected = PLAN.reduce((recording, step) => step(recording), new Recording(info, crowd));
  expect(piece.info).toEqual(expected.info);
  expect(piece.takeRecording().frames).toEqual(expected.frames);
});

it('What a worker gives back is the same, and it keeps nothing of what it was given', async () => {
  const edits: FrameEdit[] = [
    { kind: 'delete-person', personId: 1 },
    { kind: 'move', time: crowd[9]?.time ?? 0, personId: 0, part: 'body', keypoint: 5, x: 7, y: 8 },
  ];
  const frames = encodeFrames(crowd);
  const told: number[] = [];
  const lift = () => Promise.reject(new Error('The default plan lifts nobody.'));
  const made = await workOn({ info, frames, edits, steps }, { lift, report: (share) => told.push(share) });
  expect(frames).toEqual([]);
  expect(told.at(-1)).toBe(1);
  expect(made.info.corrections).toHaveLength(2);
  expect(made.info.processing).toHaveLength(5);
  const found = made.batches.flatMap((bytes) => decodeBatch(bytes).frames);
  expect(found.map(({ index }) => index)).toEqual(crowd.map(({ index }) => index));
  expect(found.some(({ people }) => people.some(({ id }) => id === 1))).toBe(false);
  expect([...made.paths.keys()]).toEqual([...Array(5 * AT_ONCE).keys()].filter((id) => id !== 1));
  // Without corrections, number by number.
  const plain = await workOn(
    { info, frames: encodeFrames(crowd), edits: [], steps },
    { lift, report: () => {} },
  );
  const expected = PLAN.reduce((recording, step) => step(recording), new Recording(info, crowd));
  const expectedFrames = encodeFrames(expected.frames).flatMap((bytes) => decodeBatch(bytes).frames);
  expect(plain.batches.flatMap((bytes) => decodeBatch(bytes).frames)).toEqual(expectedFrames);
});
