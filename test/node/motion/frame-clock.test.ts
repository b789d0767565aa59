import { describe, expect, it } from 'vitest';
import { FrameClock } from '../../../src/motion/tracking/frame-clock.ts';

/** Which frames of those at some times don't follow the one before. */
function cutsOf(times: readonly number[]): number[] {
  const clock = new FrameClock();
  return times.flatMap((time, i) => (clock.next(time).isCut ? [i] : []));
}
const every = (seconds: number, count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => from + i * seconds);

describe('frames follow one another', () => {
  it.each([1 / 60, 1 / 30, 0.5, 1, 1.2, 2, 10])('at one in %s s', (seconds) => {
    expect(cutsOf(every(seconds, 20))).toEqual([]);
  });

  it('at one in a minute, as soon as that is known', () => {
    // After a single frame, so long a step may as well be a jump.
    expect(cutsOf(every(60, 20))).toEqual([1]);
  });

  it('where a camera falters', () => {
    expect(cutsOf([0, 2, 4.5, 5, 9, 10, 14, 16.5, 22])).toEqual([]);
  });
});

it('a camera that becomes slow begins anew once', () => {
  expect(cutsOf([...every(1 / 30, 20), ...every(2, 20, 3)])).toEqual([20]);
});

describe('a cut is', () => {
  it('a jump of more than a second, or one back', () => {
    const times = [...every(1 / 30, 20), ...every(1 / 30, 20, 3), ...every(1 / 30, 20, 1)];
    expect(cutsOf(times)).toEqual([20, 40]);
  });

  it('one of many frames, where they are far apart', () => {
    expect(cutsOf([...every(2, 10), ...every(2, 10, 60)])).toEqual([10]);
  });
});

it('gives milliseconds that only grow, also where times don’t, and after a reset', () => {
  const clock = new FrameClock();
  const given = [0, 0.033, 0.033, 0.02, 5, 4, 4.5].map((time) => clock.next(time).milliseconds);
  clock.reset();
  const first = clock.next(0);
  expect(first.isCut).toBe(false);
  const all = [...given, first.milliseconds];
  for (const [i, each] of all.slice(1).entries()) expect(each).toBeGreaterThan(all[i] ?? 0);
  expect(all.every(Number.isInteger)).toBe(true);
});
