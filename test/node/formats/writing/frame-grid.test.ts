import { describe, expect, it } from 'vitest';
import { Recording } from '../../../../src/core/recording.ts';
import type { DataFormatId } from '../../../../src/formats/exporter.ts';
import { frameGrid } from '../../../../src/formats/writing/frame-grid.ts';
import { info, personAt } from '../../../helpers/people.ts';
import { readRecording } from '../../../helpers/read-recording.ts';
import { writeFileWith } from '../../../helpers/write-with.ts';

const FRAMES = 3000;
const steady = (rate: number): number[] => Array.from({ length: FRAMES }, (_, i) => i / rate);
/** As Matroska and WebM keep times. */
const inMilliseconds = (times: readonly number[]): number[] =>
  times.map((time) => Math.round(time * 1000) / 1000);

describe('The grid of a format with one frame rate', () => {
  it.each([
    15, 23.976, 24, 25, 29.97, 30, 48, 50, 59.94, 60, 120, 240,
  ])('has a row for every frame of a video of %d a second whose times are milliseconds', (rate) => {
    const grid = frameGrid(inMilliseconds(steady(rate)));
    expect(grid.rate).toBeCloseTo(rate, 1);
    expect(grid.rows).toEqual(Array.from({ length: FRAMES }, (_, i) => i));
    expect(grid.count).toBe(FRAMES);
  });

  it('keeps gaps where frames are missing', () => {
    const kept = inMilliseconds(steady(30)).filter((_, i) => i % 100 < 60);
    const { rows } = frameGrid(kept);
    expect(rows.slice(58, 62)).toEqual([58, 59, 100, 101]);
    expect(new Set(rows).size).toBe(kept.length);
  });
});

/** Thirty frames a second, and among them one that comes only 5 ms after another. */
const times = [0, 1 / 30, 2 / 30, 2 / 30 + 0.005, 3 / 30, 4 / 30];
const uneven = new Recording(
  info,
  times.map((time, index) => ({ index, time, people: [personAt(1, 100 + index, 200)] })),
);

describe('Frames that share a row', () => {
  it.each<DataFormatId>(['c3d', 'pose', 'bvh'])('are said for %s', (format) => {
    expect(writeFileWith(format, uneven).notes).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^One frame is left out: the format has one frame rate/),
      ]),
    );
  });

  it('are not mixed in .pose: the later one is written', () => {
    const [first, second] = [personAt(1, 100, 200), personAt(2, 400, 200)];
    const people = [[first], [first], [first], [second], [first], [first]];
    const mixed = new Recording(
      info,
      times.map((time, index) => ({ index, time, people: people[index] ?? [] })),
    );
    const read = readRecording([{ name: 'a.pose', bytes: writeFileWith('pose', mixed).bytes }]);
    expect(read.frames.map((frame) => frame.people.length)).toEqual([1, 1, 1, 1, 1]);
  });

  it.each<DataFormatId>(['trc', 'csv-long', 'limn-json'])('are none in %s, which has times', (format) => {
    expect(writeFileWith(format, uneven).notes.join()).not.toContain('frame rate');
  });
});
