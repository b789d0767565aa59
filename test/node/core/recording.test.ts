import { expect, it } from 'vitest';
import { Recording } from '../../../src/core/recording.ts';
import { info } from '../../helpers/people.ts';

const frame = (index: number, time: number) => ({ index, time, people: [] });

it('keeps frames in the order of time, whatever order they come in', () => {
  const recording = new Recording(info, [frame(2, 0.2), frame(0, 0), frame(1, 0.1)]);
  expect(recording.frames.map(({ index }) => index)).toEqual([0, 1, 2]);
});

it('replaces a frame that was tracked anew', () => {
  const recording = new Recording(info, [frame(0, 0), frame(1, 0.1), frame(7, 0)]);
  expect(recording.frames.map(({ index }) => index)).toEqual([7, 1]);
});

it('finds the frame on screen at a time', () => {
  const recording = new Recording(info, [frame(0, 0), frame(1, 0.1), frame(2, 0.2)]);
  expect([-1, 0, 0.05, 0.1, 0.19, 5].map((time) => recording.frameAt(time)?.index)).toEqual([
    0, 0, 0, 1, 1, 2,
  ]);
  expect(new Recording(info).frameAt(0)).toBeNull();
});
