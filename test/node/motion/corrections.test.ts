import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { MARKS, type Person } from '../../../src/core/pose.ts';
import { Recording, type TrackedFrame } from '../../../src/core/recording.ts';
import { editRecording } from '../../../src/motion/corrections/apply.ts';
import {
  describeEdit,
  type Edit,
  type FrameEdit,
  isFrameEdit,
  namesAfter,
  splitEdits,
} from '../../../src/motion/corrections/edit.ts';
import { toAnchor } from '../../../src/motion/corrections/fill.ts';
import { advance, EMPTY_HISTORY, replay, type Step } from '../../../src/motion/corrections/history.ts';
import { decodeStep, encodeStep } from '../../../src/recording/log/steps.ts';
import { actorRecording } from '../../helpers/actor-recording.ts';
import { personAt } from '../../helpers/people.ts';

const FRAMES = 60;
const recording = actorRecording(FRAMES);
const timeOf = (i: number): number => recording.frames[i]?.time ?? 0;
const person = (r: Recording, frame: number, id: number): Person | undefined =>
  r.frames[frame]?.people.find((each) => each.id === id);
const point = (r: Recording, frame: number, id: number, keypoint: number): number[] => [
  ...(person(r, frame, id)?.body?.points.subarray(keypoint * 3, keypoint * 3 + 3) ?? []),
];
const edit = (...edits: FrameEdit[]) => editRecording(recording, edits);

describe('A joint that is moved', () => {
  const moved = edit({
    kind: 'move',
    time: timeOf(7),
    personId: 1,
    part: 'body',
    keypoint: 15,
    x: 50,
    y: 60,
  });

  it('is there in that frame, certain and marked, and nothing else has changed', () => {
    expect(point(moved, 7, 1, 15)).toEqual([50, 60, 1]);
    const marks = person(moved, 7, 1)?.body?.marks ?? new Uint8Array();
    expect([...marks.entries()].filter(([, mark]) => mark > 0)).toEqual([[15, MARKS.corrected]]);
    expect(point(moved, 7, 1, 16)).toEqual(point(recording, 7, 1, 16));
    expect(person(moved, 7, 0)).toBe(person(recording, 7, 0));
    for (const i of [6, 8]) expect(moved.frames[i]).toBe(recording.frames[i]);
  });

  it('moves in the world by as much as pixels are worth there', () => {
    const before = person(recording, 7, 1)?.body;
    const after = person(moved, 7, 1)?.body;
    const [dx = 0, dy = 0] = [50 - (before?.points[45] ?? 0), 60 - (before?.points[46] ?? 0)];
    const wx = (after?.world?.[60] ?? 0) - (before?.world?.[60] ?? 0);
    const wy = (after?.world?.[61] ?? 0) - (before?.world?.[61] ?? 0);
    expect(wx / dx).toBeCloseTo(-wy / dy, 4);
    // An actor of about 1.7 m is some hundred pixels tall.
    expect(Math.abs(wx / dx)).toBeGreaterThan(0.002);
    expect(Math.abs(wx / dx)).toBeLessThan(0.05);
    expect(after?.world?.[62]).toBe(before?.world?.[62]);
  });
});

it('swaps left and right of body and hands over a stretch, both ways back to what was', () => {
  const swap: FrameEdit = { kind: 'swap-sides', personId: 0, from: timeOf(10), to: timeOf(20) };
  const swapped = edit(swap);
  expect(point(swapped, 15, 0, 15)).toEqual(point(recording, 15, 0, 16));
  expect(point(swapped, 15, 0, 0)).toEqual(point(recording, 15, 0, 0));
  expect(person(swapped, 15, 0)?.leftHand?.points).toEqual(person(recording, 15, 0)?.rightHand?.points);
  expect([swapped.frames[9], swapped.frames[21]]).toEqual([recording.frames[9], recording.frames[21]]);
  expect(point(swapped, 10, 0, 15)).toEqual(point(recording, 10, 0, 16));
  const marks = person(swapped, 15, 0)?.body?.marks ?? [];
  expect([marks[0], marks[15], marks[16]]).toEqual([MARKS.measured, MARKS.corrected, MARKS.corrected]);
  expect(point(edit(swap, swap), 15, 0, 15)).toEqual(point(recording, 15, 0, 15));
});

it('swaps and deletes people over a stretch, or everywhere', () => {
  const swapped = edit({ kind: 'swap-people', personId: 0, otherId: 1, from: timeOf(30) });
  expect(person(swapped, 29, 0)).toBe(person(recording, 29, 0));
  expect(person(swapped, 30, 0)?.body).toBe(person(recording, 30, 1)?.body);
  expect(person(swapped, FRAMES - 1, 1)?.body).toBe(person(recording, FRAMES - 1, 0)?.body);
  const deleted = edit({ kind: 'delete-person', personId: 1 });
  expect(deleted.frames.flatMap(({ people }) => people.map(({ id }) => id))).toEqual(
    new Array(FRAMES).fill(0),
  );
  const partly = edit({ kind: 'delete-person', personId: 0, to: timeOf(4) });
  expect(partly.frames.map(({ people }) => people.length)).toEqual([
    ...new Array(5).fill(1),
    ...new Array(FRAMES - 5).fill(2),
  ]);
});

describe('A gap', () => {
  const [from, to] = [20, 30];
  const gappy = new Recording(
    recording.info,
    recording.frames.map((frame, i) =>
      i > from && i < to ? { ...frame, people: frame.people.slice(1) } : frame,
    ),
  );
  const anchor = (i: number) => {
    const found = person(recording, i, 0);
    if (!found) throw new Error('The actor is there.');
    return toAnchor(timeOf(i), found);
  };
  const fill = (
    method: 'linear' | 'cubic',
    joint: { part: 'body'; keypoint: number } | null = null,
  ): FrameEdit => ({
    kind: 'fill',
    personId: 0,
    joint,
    method,
    before: anchor(from),
    after: anchor(to),
    beforeThat: anchor(from - 1),
    afterThat: anchor(to + 1),
  });

  it('is filled along a line: halfway in the middle, marked, the ends as they were', () => {
    const filled = editRecording(gappy, [fill('linear')]);
    for (const keypoint of [0, 15, 27]) {
      const [a, b, middle] = [from, to, (from + to) / 2].map((i) => point(filled, i, 0, keypoint));
      for (const axis of [0, 1]) {
        expect(middle?.[axis]).toBeCloseTo(((a?.[axis] ?? 0) + (b?.[axis] ?? 0)) / 2, 3);
      }
    }
    expect(filled.frames[from]).toBe(gappy.frames[from]);
    expect(person(filled, 25, 0)?.body?.marks).toEqual(new Uint8Array(33).fill(MARKS.filled));
    expect(person(filled, 25, 0)?.leftHand).not.toBeNull();
    expect(person(filled, 25, 0)?.body?.world?.some(Number.isNaN)).toBe(false);
  });

  it('is filled along a cubic that passes through its ends with the slopes there', () => {
    // A cubic in time is its own Catmull-Rom spline only where slopes agree: a parabola's do.
    const parabola = (time: number): Person => personAt(0, 300 * time * time + 100, 200);
    const times = Array.from({ length: 13 }, (_, i) => i / 12);
    const frames = times.map(
      (time, index): TrackedFrame => ({
        index,
        time,
        people: index > 3 && index < 9 ? [] : [parabola(time)],
      }),
    );
    const at = (i: number) => toAnchor(times[i] ?? 0, parabola(times[i] ?? 0));
    const cubic = editRecording(new Recording(recording.info, frames), [
      {
        kind: 'fill',
        personId: 0,
        joint: null,
        method: 'cubic',
        before: at(3),
        after: at(9),
        beforeThat: null,
        afterThat: null,
      },
    ]);
    // Without frames beyond, a line; with them, a curve that leaves in their direction.
    expect(point(cubic, 6, 0, 0)[0]).toBeCloseTo(
      (point(cubic, 3, 0, 0)[0] ?? 0) / 2 + (point(cubic, 9, 0, 0)[0] ?? 0) / 2,
      3,
    );
    const curved = editRecording(new Recording(recording.info, frames), [
      {
        kind: 'fill',
        personId: 0,
        joint: null,
        method: 'cubic',
        before: at(3),
        after: at(9),
        beforeThat: at(2),
        afterThat: at(10),
      },
    ]);
    // Hermite with Catmull-Rom slopes, worked out by hand for x(t) = 300 t² + 90.
    const x = (t: number): number => 300 * t * t + 90;
    const t = (i: number): number => i / 12;
    const [m0, m1] = [(x(t(9)) - x(t(2))) / (t(9) - t(2)), (x(t(10)) - x(t(3))) / (t(10) - t(3))];
    const middle = (x(t(3)) + x(t(9))) / 2 + ((m0 - m1) * (t(9) - t(3))) / 8;
    expect(point(curved, 6, 0, 0)[0]).toBeCloseTo(middle, 2);
  });

  it('leaves what was measured, unless one joint is meant', () => {
    const whole = editRecording(recording, [fill('linear')]);
    expect(person(whole, 25, 0)).toBe(person(recording, 25, 0));
    const one = editRecording(recording, [fill('linear', { part: 'body', keypoint: 15 })]);
    expect(point(one, 25, 0, 15)[0]).toBeCloseTo(
      ((point(recording, from, 0, 15)[0] ?? 0) + (point(recording, to, 0, 15)[0] ?? 0)) / 2,
      3,
    );
    expect(point(one, 25, 0, 16)).toEqual(point(recording, 25, 0, 16));
  });
});

/** Any correction, of people and frames that are there or not. */
function randomEdit(random: () => number): FrameEdit {
  const pick = (count: number): number => Math.floor(random() * count);
  const personId = pick(3);
  const [a, b] = [pick(FRAMES), pick(FRAMES)].sort((x, y) => x - y);
  const range = { from: timeOf(a ?? 0), to: timeOf(b ?? 0) };
  switch (pick(5)) {
    case 0:
      return { kind: 'swap-sides', personId, ...range };
    case 1:
      return { kind: 'swap-people', personId, otherId: (personId + 1) % 3, ...range };
    case 2:
      return { kind: 'delete-person', personId, ...range };
    case 3: {
      const [before, after] = [recording.frames[a ?? 0]?.people[0], recording.frames[b ?? 0]?.people[0]];
      if (!before || !after) throw new Error('The actors are there.');
      return {
        kind: 'fill',
        personId,
        joint: random() < 0.5 ? { part: 'body', keypoint: pick(33) } : null,
        method: random() < 0.5 ? 'linear' : 'cubic',
        before: toAnchor(range.from, before),
        after: toAnchor(range.to, after),
        beforeThat: null,
        afterThat: null,
      };
    }
    default:
      return {
        kind: 'move',
        time: timeOf(pick(FRAMES)),
        personId,
        part: random() < 0.8 ? 'body' : 'leftHand',
        keypoint: pick(33),
        x: random() * 600,
        y: random() * 400,
      };
  }
}

it('undoing and redoing 200 random corrections ends where they began, and the same again', () => {
  const random = createRandom(5);
  let history = EMPTY_HISTORY;
  const steps: Step[] = [];
  const take = (step: Step): void => {
    history = advance(history, step);
    // As it is kept on the disk.
    steps.push(decodeStep(encodeStep(step)));
  };
  for (let i = 0; i < 200; i++) take({ type: 'edit', edit: randomEdit(random) });
  const done = editRecording(recording, splitEdits(history.edits).rest);
  expect(done.frames).not.toEqual(recording.frames);
  for (let i = 0; i < 200; i++) take({ type: 'undo' });
  expect(history.edits).toEqual([]);
  expect(editRecording(recording, splitEdits(history.edits).rest).frames).toEqual(recording.frames);
  for (let i = 0; i < 200; i++) take({ type: 'redo' });
  expect(editRecording(recording, splitEdits(history.edits).rest).frames).toEqual(done.frames);
  take({ type: 'undo' });
  take({ type: 'edit', edit: { kind: 'delete-person', personId: 0 } });
  take({ type: 'redo' });
  expect(history.edits).toHaveLength(200);
  expect(replay(steps)).toEqual(history);
});

it.each([
  '{}',
  'x',
  '{"type":"edit","edit":{"kind":"move"}}',
  '{"type":"edit","edit":{"kind":"fill","personId":0}}',
])('refuses a step that is none: %s', (text) =>
  expect(() => decodeStep(new TextEncoder().encode(text))).toThrow(/damaged/));

it('work on the whole motion is kept among corrections, and splits them into rounds', () => {
  const swap = { kind: 'swap-sides', personId: 0 } as const;
  const process = { kind: 'process', steps: [{ kind: 'smooth', cutoff: 4 }, { kind: 'place' }] } as const;
  const edits = [swap, process, process, swap, swap].map((edit) => {
    const step = decodeStep(encodeStep({ type: 'edit', edit }));
    if (step.type !== 'edit') throw new Error('An edit stays one.');
    return step.edit;
  });
  expect(edits).toEqual([swap, process, process, swap, swap]);
  expect(splitEdits(edits)).toEqual({
    rounds: [
      { edits: [swap], steps: process.steps },
      { edits: [], steps: process.steps },
    ],
    rest: [swap, swap],
  });
  const bad = new TextEncoder().encode('{"type":"edit","edit":{"kind":"process","steps":[{"kind":"melt"}]}}');
  expect(() => decodeStep(bad)).toThrow('A correction of the recording is damaged.');
});

describe('Ids that are wrong', () => {
  it('become one where only one of them is in view; where both are, both stay', () => {
    // The second of both is in view up to frame 19, the first from 15 on.
    const apart = edit(
      { kind: 'delete-person', personId: 0, to: timeOf(14) },
      { kind: 'delete-person', personId: 1, from: timeOf(20) },
    );
    const merged = editRecording(apart, [{ kind: 'merge-people', personId: 0, otherId: 1 }]);
    const ids = (i: number): number[] => (merged.frames[i]?.people ?? []).map(({ id }) => id).sort();
    expect([ids(0), ids(14), ids(15), ids(19), ids(20)]).toEqual([[0], [0], [0, 1], [0, 1], [0]]);
    expect(person(merged, 3, 0)?.body).toBe(person(recording, 3, 1)?.body);
    expect(person(merged, 30, 0)).toBe(person(recording, 30, 0));
    const partly = editRecording(apart, [{ kind: 'merge-people', personId: 0, otherId: 1, from: timeOf(5) }]);
    expect(partly.frames[4]?.people.map(({ id }) => id)).toEqual([1]);
  });

  it('become two from a frame on', () => {
    const split = edit({ kind: 'split-person', personId: 1, newId: 7, from: timeOf(30) });
    expect(person(split, 29, 1)).toBe(person(recording, 29, 1));
    expect(person(split, 30, 1)).toBeUndefined();
    expect(person(split, FRAMES - 1, 7)?.body).toBe(person(recording, FRAMES - 1, 1)?.body);
    expect(person(split, 30, 0)).toBe(person(recording, 30, 0));
  });

  it('are said in words, and read back from a log', () => {
    const edits: Edit[] = [
      { kind: 'merge-people', personId: 0, otherId: 3, from: 1 },
      { kind: 'split-person', personId: 0, newId: 4, from: 2 },
      { kind: 'name-person', personId: 0, name: 'Ånna \u2028' },
    ];
    const names = edits.filter(isFrameEdit).map((each) => describeEdit(each, () => ''));
    expect(names).toEqual([
      'person 3 merged into person 0 from 1.000 s to the end',
      'person 0 split off as person 4 from 2.000 s to the end',
    ]);
    const steps: Step[] = edits.map((each) => ({ type: 'edit', edit: each }));
    expect(steps.map((step) => decodeStep(encodeStep(step)))).toEqual(steps);
    const tooLong = { type: 'edit', edit: { kind: 'name-person', personId: 0, name: 'x'.repeat(61) } };
    expect(() => decodeStep(encodeStep(tooLong as Step))).toThrow('damaged');
  });
});

describe('Names', () => {
  const name = (personId: number, text: string): Edit => ({ kind: 'name-person', personId, name: text });

  it('are those given last, and taken away by an empty one', () => {
    expect(namesAfter([name(0, 'Anna'), name(1, 'Ben'), name(0, 'Ada')], { 2: 'Cy' })).toEqual({
      0: 'Ada',
      1: 'Ben',
      2: 'Cy',
    });
    expect(namesAfter([name(0, 'Anna'), name(0, ''), name(2, '')], { 2: 'Cy' })).toEqual({});
  });

  it('don’t have the motion worked on again', () => {
    const process: Edit = { kind: 'process', steps: [{ kind: 'mirror' }] };
    const swap: FrameEdit = { kind: 'swap-sides', personId: 0 };
    expect(splitEdits([name(0, 'Anna'), process, name(0, 'Ada'), swap])).toEqual(splitEdits([process, swap]));
  });
});
