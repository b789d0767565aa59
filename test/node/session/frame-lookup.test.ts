import { expect, it } from 'vitest';
import { Recording } from '../../../src/core/recording.ts';
import { FramesInMemory, frameOf, lastingOf } from '../../../src/session/frame-lookup.ts';
import { info } from '../../helpers/people.ts';

/** Frames of a video whose rate falls on the way, of which every third is tracked. */
const times = [0, 1, 2, 3, 4, 5, 6, 9, 12, 15, 18, 21].map((tenth) => tenth / 30);
const everyThird = new FramesInMemory(
  new Recording(
    { ...info, selection: { everyNth: 3 } },
    times.flatMap((time, index) => (index % 3 === 0 ? [{ index, time, people: [] }] : [])),
  ),
);
const shownAt = (time: number) => frameOf(everyThird, time, lastingOf(everyThird.info, 30))?.index;

it('a tracked frame stands until the next, however far that is', () => {
  expect(times.map(shownAt)).toEqual([0, 0, 0, 3, 3, 3, 6, 6, 6, 9, 9, undefined]);
});

it('the last one stands no longer than usual, and none stands before the first', () => {
  expect(shownAt(5)).toBeUndefined();
  expect(shownAt(-1)).toBeUndefined();
});

it('where every frame was tracked, none stands for another', () => {
  const all = new FramesInMemory(
    new Recording(
      info,
      [0, 1].map((time) => ({ index: time, time, people: [] })),
    ),
  );
  expect(frameOf(all, 0.5, lastingOf(all.info, 30))).toBeNull();
  expect(frameOf(all, 1.0005, 0)?.index).toBe(1);
});
