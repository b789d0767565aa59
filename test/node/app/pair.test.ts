import { expect, it } from 'vitest';
import { RecordingColumns } from '../../../src/app/timeline/columns.ts';
import { Pair } from '../../../src/app/timeline/pair.ts';
import type { TrackedFrame } from '../../../src/core/recording.ts';
import type { Series } from '../../../src/motion/series/series.ts';
import { encodeFrames } from '../../../src/recording/log/encode-frames.ts';
import { personAt } from '../../helpers/people.ts';

const SERIES: Series = { kind: 'keypoint', personId: 0, part: 'body', keypoint: 11, quantity: 'x' };

/** For four seconds at 25 a second, person 7 goes a pixel a frame; person 3, elsewhere, is there for one second. */
function otherVideo(): RecordingColumns {
  const frames = Array.from({ length: 100 }, (_, index): TrackedFrame => {
    const people = [personAt(7, 100 + index, 120), ...(index < 25 ? [personAt(3, 500, 120)] : [])];
    return { index, time: index / 25, people };
  });
  const columns = new RecordingColumns();
  columns.add(encodeFrames(frames));
  return columns;
}

const startOf = (columns: RecordingColumns): number =>
  columns.read([{ ...SERIES, personId: 7 }])[0]?.[0] ?? 0;

it('the other video’s line is that of whoever is seen most in it, at the times of the one on the stage', () => {
  const [pair, other] = [new Pair(), otherVideo()];
  const start = startOf(other);
  expect(pair.peopleOf(other)).toEqual([7, 3]);
  pair.set({ isSameVideo: false, offset: 2, personId: null });
  const line = pair.lineOf(other, { from: 2.4, to: 3, bins: 100, series: [SERIES] });
  const at = line.times.findIndex((time) => Math.abs(time - 2.6) < 1e-6);
  // 0.6 seconds on, fifteen frames.
  expect(line.values[0]?.[at]).toBeCloseTo(start + 15, 1);
  pair.set({ isSameVideo: false, offset: 2, personId: 3 });
  const [values] = pair.lineOf(other, { from: 2.4, to: 3, bins: 100, series: [SERIES] }).values;
  expect(values?.[at]).toBeCloseTo(start + 400, 1);
});

it('sums up the other video over the stretch that was chosen on the stage', () => {
  const [pair, other] = [new Pair(), otherVideo()];
  const start = startOf(other);
  pair.set({ isSameVideo: false, offset: -1, personId: null });
  const [summary] = pair.summariesOf(other, { series: [SERIES], range: { from: 0.2, to: 1 } });
  expect(summary?.minimum).toBeCloseTo(start + 30, 1);
  expect(summary?.maximum).toBeCloseTo(start + 50, 1);
});

it('of one video, everybody is held against themselves', () => {
  const [pair, other] = [new Pair(), otherVideo()];
  const [summary] = pair.summariesOf(other, { series: [{ ...SERIES, personId: 3 }], range: {} });
  expect(summary?.count).toBe(25);
  expect(pair.summariesOf(other, { series: [SERIES], range: {} })[0]?.count).toBe(0);
});
