import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KeypointSetId, Person, Pose } from '../../../../src/core/pose.ts';
import type { Recording } from '../../../../src/core/recording.ts';
import { writeNpy } from '../../../../src/formats/numpy/write-array.ts';
import { convertPose } from '../../../../src/skeletons/convert.ts';
import { skeletonOf } from '../../../../src/skeletons/registry.ts';
import { actorRecording } from '../../../helpers/actor-recording.ts';
import { cocoFile } from '../../../helpers/coco-files.ts';
import { openPoseFile } from '../../../helpers/openpose-files.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { hasSharedData, sharedPath } from '../../../helpers/shared-data.ts';

/*
 * The same people in every order that programs write without saying so. Names are those of the programs' documents:
 * BODY_25B (openpose, src/openpose/pose/poseParameters.cpp), easy_ViTPose's 25 (README.md, "coco_25").
 */
const sides = (name: string): string[] => [`left_${name}`, `right_${name}`];
const HEAD = ['nose', ...sides('eye'), ...sides('ear')];
const COCO = [...HEAD, ...['shoulder', 'elbow', 'wrist', 'hip', 'knee', 'ankle'].flatMap(sides)];
const FEET = ['left', 'right'].flatMap((side) =>
  ['big_toe', 'small_toe', 'heel'].map((part) => `${side}_${part}`),
);
const BODY_25B = [...COCO, 'neck', 'nose', ...FEET];
const VITPOSE = [
  ...HEAD,
  'neck',
  ...['shoulder', 'elbow', 'wrist', 'hip'].flatMap(sides),
  'mid_hip',
  ...['knee', 'ankle'].flatMap(sides),
  ...FEET,
];
const COCO_AND_NECK = [...COCO, 'neck'];

const recording = actorRecording(40);
const bodyOf = (person: Person | undefined, set: KeypointSetId): Pose => {
  if (!person?.body) throw new Error('Nobody is there.');
  return convertPose(person.body, set);
};
/** Where somebody's keypoints are, by names of BODY_25. */
function named(frame: number, person: number, names: readonly string[]): number[][] {
  const pose = bodyOf(recording.frames[frame]?.people[person], 'body-25');
  const all: readonly string[] = skeletonOf('body-25').keypoints;
  return names.map((name) => [...pose.points.slice(all.indexOf(name) * 3, all.indexOf(name) * 3 + 2)]);
}
function human36m(frame: number, person: number): number[][] {
  const { points } = bodyOf(recording.frames[frame]?.people[person], 'h36m-17');
  return Array.from({ length: 17 }, (_, i) => [...points.slice(i * 3, i * 3 + 2)]);
}
const scored = (places: readonly number[][], stretch = [1, 1]): number[] =>
  places.flatMap(([x = Number.NaN, y = Number.NaN]) =>
    Number.isNaN(x) ? [0, 0, 0] : [x * (stretch[0] ?? 1), y * (stretch[1] ?? 1), 0.9],
  );

/** Where a keypoint is in what was read, by its name in the set that it has been given. */
function placeOf(read: Recording, name: string, frame = 0, person = 0): number[] {
  const pose = read.frames[frame]?.people[person]?.body;
  const at = pose ? skeletonOf(pose.set).keypoints.indexOf(name as never) : -1;
  return at < 0 ? [] : [...(pose?.points.slice(at * 3, at * 3 + 2) ?? [])];
}
const openPose = (placesAt: (frame: number) => number[][], stretch?: number[]) =>
  readRecording(
    [0, 1, 2].map((frame) =>
      openPoseFile(`walk_${String(frame).padStart(12, '0')}_keypoints.json`, [
        { pose_keypoints_2d: scored(placesAt(frame), stretch) },
      ]),
    ),
  );

describe('OpenPose JSON with as many keypoints in another order', () => {
  it.each([
    ['BODY_25B', BODY_25B, 'coco-17', /taken for BODY_25B, by the length of limbs/],
    ['easy_ViTPose', VITPOSE, 'body-25', /taken for easy_ViTPose’s 25, by the length of limbs/],
    ['COCO with the neck behind', COCO_AND_NECK, 'coco-18', /taken for COCO’s 17 with the neck behind/],
  ])('of %s has every joint at its place', (_, names, set, note) => {
    const read = openPose((frame) => named(frame, 0, names));
    expect(read.frames[1]?.people[0]?.body?.set).toBe(set);
    for (const name of ['nose', 'left_wrist', 'right_knee', 'left_ankle']) {
      expect(placeOf(read, name, 1)).toEqual(named(1, 0, [name])[0]);
    }
    expect(read.info.notes?.join(' ')).toMatch(note);
  });

  it.skipIf(!hasSharedData)('is seen in none of a real video’s frames, each by itself', () => {
    const folder = sharedPath('openpose_json/raga_1person/output_json');
    const names = readdirSync(folder).filter((name) => /[05]_keypoints\.json$/.test(name));
    expect(names).toHaveLength(25);
    for (const name of names) {
      const { info } = readRecording([{ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }]);
      expect(info.notes?.join() ?? '').not.toMatch(/by the length of limbs/);
    }
  });

  it('of Human3.6M, too', () => {
    const read = openPose((frame) => human36m(frame, 0));
    expect(read.frames[0]?.people[0]?.body?.set).toBe('h36m-17');
    expect(placeOf(read, 'left_wrist', 2)).toEqual(named(2, 0, ['left_wrist'])[0]);
  });

  it.each([
    ['BODY_25', skeletonOf('body-25').keypoints, 'body-25'],
    ['COCO (18)', skeletonOf('coco-18').keypoints, 'coco-18'],
    ['COCO (17)', COCO, 'coco-17'],
  ])('is not seen in %s, however stretched', (_, names, set) => {
    for (const stretch of [
      [1, 1],
      [0.2, 1],
      [1, 0.2],
    ]) {
      const read = openPose((frame) => named(frame, 1, names), stretch);
      expect(read.frames[0]?.people[0]?.body?.set).toBe(set);
      expect(read.info).not.toHaveProperty('notes');
    }
  });
});

it('COCO’s results without names may be in Human3.6M’s order', () => {
  const read = (places: number[][]) =>
    readRecording([
      cocoFile([{ image_id: 1, category_id: 1, keypoints: scored(places), score: 0.9 }], 'results.json'),
    ]);
  const human = read(human36m(3, 1));
  expect(placeOf(human, 'right_knee')).toEqual(named(3, 1, ['right_knee'])[0]);
  expect(human.info.notes?.join(' ')).toMatch(/The 17 keypoints are taken for Human3\.6M’s, by the length/);
  const coco = read(named(3, 1, COCO));
  expect(placeOf(coco, 'right_knee')).toEqual(named(3, 1, ['right_knee'])[0]);
  expect(coco.info).not.toHaveProperty('notes');
});

describe('NPY', () => {
  const array = (rows: readonly number[][][], shape: readonly number[]) =>
    readRecording([
      { name: 'walk.npy', bytes: writeNpy(Float32Array.from(rows.flatMap((row) => scored(row))), shape) },
    ]);
  const frames = Array.from({ length: 40 }, (_, i) => i);

  it('in the order of BODY_25B has every joint at its place', () => {
    const read = array(
      frames.map((frame) => named(frame, 0, BODY_25B)),
      [40, 25, 3],
    );
    expect(placeOf(read, 'left_ankle', 9)).toEqual(named(9, 0, ['left_ankle'])[0]);
  });

  it('of somebody who stands straight, in shares of a wide picture, is COCO’s', () => {
    // Shoulders and hips as narrow as x is in a picture of 16 : 9.
    const rows: [number, number][] = [
      [0, 0],
      [3, -6],
      [-3, -6],
      [8, -2],
      [-8, -2],
      [17, 40],
      [-17, 40],
      [24, 90],
      [-24, 90],
      [26, 138],
      [-26, 138],
      [10, 150],
      [-10, 150],
      [11, 230],
      [-11, 230],
      [12, 310],
      [-12, 310],
    ];
    const places = rows.map(([x, y]) => [0.5 + x / 600, 0.1 + y / 400]);
    const read = readRecording([
      { name: 'stand.npy', bytes: writeNpy(Float32Array.from(places.flat()), [1, 17, 2]) },
    ]);
    expect(read.frames[0]?.people[0]?.body?.set).toBe('coco-17');
  });

  it.each([
    [1, [1, 40, 17, 3]],
    [2, [2, 40, 17, 3]],
  ])('with %i people before their frames is read frame by frame', (count, shape) => {
    const people = Array.from({ length: count }, (_, i) => i);
    const rows = people.flatMap((person) => frames.map((frame) => named(frame, person, COCO)));
    const read = array(rows, shape);
    expect(read.frames).toHaveLength(40);
    for (const person of people) {
      expect(placeOf(read, 'right_wrist', 30, person)).toEqual(named(30, person, ['right_wrist'])[0]);
    }
    expect(read.info.notes?.[0]).toMatch(/is taken for (one person|2 people) in 40 frames/);
  });

  it('with frames before people, and a picture of many people, stay as they are', () => {
    const both = array(
      frames.flatMap((frame) => [named(frame, 0, COCO), named(frame, 1, COCO)]),
      [40, 2, 17, 3],
    );
    expect(both.frames).toHaveLength(40);
    const beside = (by: number) => named(0, 0, COCO).map(([x = 0, y = 0]) => [x + by, y]);
    const crowd = array(
      frames.map((i) => beside(i * 300)),
      [1, 40, 17, 3],
    );
    expect(crowd.frames.map(({ people }) => people.length)).toEqual([40]);
  });

  it('of people side by side, as Ultralytics gives a picture’s, is doubted where it stands for frames', () => {
    const beside = (by: number) => named(0, 0, COCO).map(([x = 0, y = 0]) => [x + by, y]);
    const doubt = /is taken for 3 frames, though bodies lie far from one to the next/;
    const side = array([beside(0), beside(300), beside(600)], [3, 17, 3]);
    expect(side.info.notes?.[0]).toMatch(doubt);
    const walk = array(
      [0, 1, 2].map((frame) => named(frame, 0, COCO)),
      [3, 17, 3],
    );
    expect(walk.info.notes?.join(' ')).not.toMatch(doubt);
  });

  it('of several of FreeMoCap’s cameras is refused by that', () => {
    const rows = frames.map((frame) => named(frame % 10, frame % 2, COCO));
    const name = 'mediapipe2dData_numCams_numFrames_numTrackedPoints_pixelXY.npy';
    const bytes = writeNpy(Float32Array.from(rows.flat(2)), [4, 10, 17, 2]);
    expect(() => readRecording([{ name, bytes }])).toThrow(/which holds what 4 cameras have seen: save/);
  });
});
