import { describe, expect, it } from 'vitest';
import { BatchedFrames } from '../../../src/recording/log/batched-frames.ts';
import { encodeFrames, FRAMES_PER_BATCH } from '../../../src/recording/log/encode-frames.ts';
import { encodeBatch } from '../../../src/recording/log/frame-codec.ts';
import { info, personAt } from '../../helpers/people.ts';

const FRAMES = 200;
const frames = Array.from({ length: FRAMES }, (_, index) => ({
  index,
  time: 1 + index / 10,
  people: [personAt(0, index, 100)],
}));
const batches = encodeFrames(frames);

describe('Frames that lie in memory in batches', () => {
  const batched = new BatchedFrames(info, [...batches, encodeBatch({ piece: 0, isLast: true, frames: [] })]);

  it('are found by their times, and before and behind each other, over the ends of batches', () => {
    expect(batched.timeRange).toEqual([1, 1 + (FRAMES - 1) / 10]);
    for (const [index, { time }] of frames.entries()) {
      expect(batched.at(time + 0.03)?.index).toBe(index);
      expect(batched.neighbour(time, 1)?.index).toBe(index + 1 < FRAMES ? index + 1 : undefined);
      expect(batched.neighbour(time, -1)?.index).toBe(index > 0 ? index - 1 : undefined);
    }
    expect(batched.at(0)?.index).toBe(0);
    expect(batched.at(99)?.index).toBe(FRAMES - 1);
  });

  it('are the same objects as long as one looks at the same place', () => {
    expect(batched.at(3)).toBe(batched.at(3.05));
  });

  it('are given around a time', () => {
    const indices = batched.around(5).frames.map(({ index }) => index);
    expect(indices).toContain(40);
    expect(indices.length).toBeLessThanOrEqual(3 * FRAMES_PER_BATCH);
  });

  it('may be none', () => {
    const none = new BatchedFrames(info, []);
    expect([none.timeRange, none.at(1), none.neighbour(1, 1)]).toEqual([null, null, null]);
  });
});
