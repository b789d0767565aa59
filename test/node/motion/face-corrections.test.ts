import { describe, expect, it } from 'vitest';
import { MARKS, type Person, type Pose } from '../../../src/core/pose.ts';
import { Recording } from '../../../src/core/recording.ts';
import { editRecording } from '../../../src/motion/corrections/apply.ts';
import type { FrameEdit } from '../../../src/motion/corrections/edit.ts';
import { toAnchor } from '../../../src/motion/corrections/fill.ts';
import { readSeries } from '../../../src/motion/series/series.ts';
import { decodeStep, encodeStep } from '../../../src/recording/log/steps.ts';
import { drawnKeypoints } from '../../../src/skeletons/drawn-keypoints.ts';
import { skeletonOf } from '../../../src/skeletons/registry.ts';
import { jointAt, listedJoints, nextJoint } from '../../../src/ui/stage/joints.ts';
import { jointChoices, toSeries } from '../../../src/ui/timeline/timeline-series.ts';
import { info, personAt } from '../../helpers/people.ts';

const CHIN = 152;
/** A face whose points lie on a diagonal from (x, y). */
function faceAt(x: number, y: number): Pose {
  const points = Float32Array.from({ length: 478 * 3 }, (_, at) => {
    const i = Math.floor(at / 3);
    return [x + i, y + i, 0.9][at % 3] ?? 0;
  });
  return { set: 'face-478', points, world: null, handedness: null };
}

const withFace = (x: number): Person => ({ ...personAt(0, 100, 200), face: faceAt(x, 1000) });
const frames = [0, 1, 2].map((index) => ({ index, time: index, people: [withFace(1000 + 10 * index)] }));
const recording = new Recording(info, frames);
const faceIn = (edited: Recording, frame: number): Pose | undefined => edited.frames[frame]?.people[0]?.face;
const edit = (...edits: FrameEdit[]) => editRecording(recording, edits);

describe('A face', () => {
  it('has its points moved by hand, and marked', () => {
    const move = { kind: 'move', time: 1, personId: 0, part: 'face', keypoint: CHIN, x: 5, y: 6 } as const;
    const face = faceIn(edit(move), 1);
    expect([...(face?.points.subarray(CHIN * 3, CHIN * 3 + 3) ?? [])]).toEqual([5, 6, 1]);
    expect([...(face?.marks?.entries() ?? [])].filter(([, mark]) => mark > 0)).toEqual([
      [CHIN, MARKS.corrected],
    ]);
    expect(faceIn(edit(move), 0)).toBe(faceIn(recording, 0));
  });

  it('is filled in between two frames, like hands', () => {
    const gone = new Recording(
      info,
      frames.map((frame, i) => ({ ...frame, people: i === 1 ? [personAt(0, 100, 200)] : frame.people })),
    );
    const [first, last] = [withFace(1000), withFace(1020)];
    const fill: FrameEdit = {
      kind: 'fill',
      personId: 0,
      joint: null,
      method: 'linear',
      before: toAnchor(0, first),
      after: toAnchor(2, last),
      beforeThat: null,
      afterThat: null,
    };
    const face = faceIn(editRecording(gone, [fill]), 1);
    expect(face?.points[CHIN * 3]).toBe(1010 + CHIN);
    expect(new Set(face?.marks)).toEqual(new Set([MARKS.filled]));
    // As it is stored with the recording.
    const step = { type: 'edit', edit: fill } as const;
    expect(decodeStep(encodeStep(step))).toEqual(step);
  });

  it('offers the points of its contours to be plotted and taken hold of, no others', () => {
    const [person] = frames[0]?.people ?? [];
    if (!person) throw new Error('Nobody is there.');
    const choices = jointChoices(person).filter(({ value }) => value.startsWith('face '));
    expect(choices.map(({ value }) => value)).toEqual(drawnKeypoints('face-478').map((i) => `face ${i}`));
    const joined = skeletonOf('face-478').limbs.flatMap(({ from, to }) => [from, to]);
    expect(new Set(drawnKeypoints('face-478'))).toEqual(new Set(joined));
    expect(drawnKeypoints('hand-21')).toHaveLength(21);
    const series = toSeries(`face ${CHIN}`, 'x', 0);
    expect(series && readSeries(person, series)).toBe(1000 + CHIN);
    const chin = { personId: 0, part: 'face', keypoint: CHIN };
    expect(jointAt([person], 1000 + CHIN, 1000 + CHIN, 5, null)).toEqual(chin);
    // No point of the mesh that isn't drawn: the nearest that is, if it is near.
    expect(drawnKeypoints('face-478')).not.toContain(230);
    expect(jointAt([person], 1230, 1230, 1, null)).toBeNull();
    expect(nextJoint([person], { ...chin, part: 'face' }, 0, 1)).toMatchObject({ part: 'face' });
  });

  it('goes through a body from its main joints on, as they are listed', () => {
    const person = personAt(0, 100, 200);
    const names = skeletonOf(person.body?.set ?? 'blazepose-33').keypoints;
    const listed = listedJoints(person.body?.set ?? 'blazepose-33').map((keypoint) => names[keypoint]);
    expect(listed.slice(0, 2)).toEqual(['left_shoulder', 'right_shoulder']);
    expect(listed.slice(0, 12)).not.toContain('nose');
    expect(new Set(listed)).toEqual(new Set(names));
    const first = nextJoint([person], null, 0, 1);
    expect(names[first?.keypoint ?? -1]).toBe('left_shoulder');
  });

  it('lets the body’s nose be taken hold of where both are near', () => {
    const body = personAt(0, 100, 200);
    const [x = 0, y = 0] = body.body?.points ?? [];
    const near = faceAt(0, 0);
    near.points.set([x + 2, y, 0.9], CHIN * 3);
    const person = { ...body, face: near };
    expect(jointAt([person], x + 1, y, 16, null)?.part).toBe('body');
    expect(jointAt([person], x + 1.8, y, 16, null)).toEqual({ personId: 0, part: 'face', keypoint: CHIN });
  });
});
