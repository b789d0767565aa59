import { describe, expect, it } from 'vitest';
import type { Person } from '../../../src/core/pose.ts';
import { Recording } from '../../../src/core/recording.ts';
import type { DataFormatId } from '../../../src/exporters/exporter.ts';
import { exporters } from '../../../src/exporters/registry.ts';
import { convertPose } from '../../../src/skeletons/convert.ts';
import { handAt, info, personAt, sampleRecording } from '../../helpers/people.ts';
import { writeFileWith } from '../../helpers/write-with.ts';

/** One of COCO's keypoints, without 3-D. */
function flatPerson(id: number): Person {
  const person = personAt(id, 300, 200);
  const body = person.body && { ...convertPose(person.body, 'coco-17'), world: null };
  return { ...person, body };
}

function handOf(id: number): Person {
  return { id, score: 1, body: null, leftHand: handAt(10, 10), rightHand: null };
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

  it('is nobody where everybody is written', () => {
    for (const { id } of exporters) expect(notesOf(id, sampleRecording()), id).toEqual([]);
  });
});
