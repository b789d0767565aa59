import { describe, expect, it } from 'vitest';
import type { Person } from '../../../../src/core/pose.ts';
import { Recording } from '../../../../src/core/recording.ts';
import type { DataFormatId } from '../../../../src/formats/exporter.ts';
import { exporters } from '../../../../src/formats/exporters.ts';
import { convertPose } from '../../../../src/skeletons/convert.ts';
import { BlazePose } from '../../../../src/skeletons/sets/blazepose33.ts';
import { handAt, info, personAt, sampleRecording } from '../../../helpers/people.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { writeFileWith } from '../../../helpers/write-with.ts';

/** One of COCO's keypoints, without 3-D. */
function flatPerson(id: number): Person {
  const person = personAt(id, 300, 200);
  const body = person.body && { ...convertPose(person.body, 'coco-17'), world: null };
  return { ...person, body };
}

function handOf(id: number): Person {
  return { id, score: 1, body: null, leftHand: handAt(10, 10), rightHand: null };
}

/** Seen from the waist up: hips are missing in 3-D. */
function withoutHips(id: number): Person {
  const person = personAt(id, 300, 200);
  for (const keypoint of [BlazePose.left_hip, BlazePose.right_hip]) {
    person.body?.world?.set([Number.NaN, Number.NaN, Number.NaN, 0], keypoint * 4);
  }
  return person;
}

const people = [personAt(1, 100, 200), flatPerson(2), handOf(3)];
const frames = [0, 1].map((index) => ({ index, time: index / 30, people }));
const notesOf = (format: DataFormatId, recording = new Recording(info, frames)) =>
  writeFileWith(format, recording).notes.filter((note) => note.includes('left out'));

describe('Who is left out of a file', () => {
  it.each<[DataFormatId, RegExp]>([
    ['npz', /^Person 2 is left out in 2 frames, for the file holds one keypoint set, BlazePose \(33\)/],
    ['pose', /^Person 2 is left out in 2 frames, for the file holds one keypoint set, BlazePose \(33\)/],
    ['coco', /^Person 3 is left out in 2 frames, for the file holds COCO’s 17 keypoints/],
    ['coco-annotations', /^Person 3 is left out/],
    ['detectron-npz', /^Person 3 is left out/],
    ['trc', /^People 2, 3 are left out in 2 frames, for they have no body in 3-D/],
    ['c3d', /^People 2, 3 are left out/],
    ['bvh', /^People 2, 3 are left out/],
    ['glb', /^People 2, 3 are left out/],
    ['viz-npy', /^People 2, 3 are left out in 2 frames, for they have no body in 3-D that gives Human3/],
  ])('is said for %s', (format, sentence) => {
    expect(notesOf(format)).toEqual([expect.stringMatching(sentence)]);
  });

  it.each(['trc', 'c3d'] as const)('is said for %s of whose keypoint set changes', (format) => {
    const [first] = frames;
    const lifted = personAt(1, 100, 200);
    const body = lifted.body && convertPose(lifted.body, 'coco-17');
    const changed = { index: 1, time: 1 / 30, people: [{ ...lifted, body }] };
    if (!first) throw new Error('There are frames.');
    const recording = new Recording(info, [{ ...first, people: [personAt(1, 100, 200)] }, changed]);
    expect(notesOf(format, recording)).toEqual([expect.stringMatching(/^Person 1 is left out in one frame/)]);
  });

  it.each(['bvh', 'glb'] as const)('is said for %s of whose hips are not known in 3-D', (format) => {
    const recording = new Recording(
      info,
      frames.map((frame) => ({ ...frame, people: [personAt(1, 100, 200), withoutHips(2)] })),
    );
    expect(notesOf(format, recording)).toEqual([
      'Person 2 is left out in 2 frames, for they have no body in 3-D with hips and shoulders.',
    ]);
    const onlyThem = new Recording(
      info,
      frames.map((frame) => ({ ...frame, people: [withoutHips(2)] })),
    );
    expect(() => writeFileWith(format, onlyThem)).toThrow(/by hips and shoulders.*Choose C3D or TRC/);
    expect(notesOf('trc', onlyThem)).toEqual([]);
  });

  it('is said for markers of whom no keypoint is known in 3-D', () => {
    const person = personAt(2, 300, 200);
    const body = person.body && { ...person.body, world: new Float32Array(33 * 4) };
    const recording = new Recording(info, [
      { index: 0, time: 0, people: [personAt(1, 100, 200), { ...person, body }] },
    ]);
    for (const format of ['trc', 'c3d'] as const) {
      expect(notesOf(format, recording), format).toEqual([expect.stringMatching(/^Person 2 is left out/)]);
    }
  });

  it('is nobody of a COCO file whose own entry is written again', () => {
    const entry = { image_id: 1, category_id: 1, score: 1, keypoints: new Array(133 * 3).fill(0) };
    // The left hand's first keypoint, and no other (COCO-WholeBody).
    entry.keypoints.splice(91 * 3, 3, 10, 20, 0.5);
    const read = readRecording([
      { name: 'a.json', bytes: new TextEncoder().encode(JSON.stringify([entry])) },
    ]);
    expect(read.frames[0]?.people[0]).toMatchObject({ body: null });
    expect(notesOf('coco', read)).toEqual([]);
    expect(notesOf('coco-annotations', read)).toEqual([expect.stringMatching(/^Person 0 is left out/)]);
  });

  it('is nobody where everybody is written', () => {
    for (const { id } of exporters) expect(notesOf(id, sampleRecording()), id).toEqual([]);
  });
});
