import { describe, expect, it } from 'vitest';
import { RecordingColumns } from '../../../src/app/timeline/columns.ts';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { Recording } from '../../../src/core/recording.ts';
import { binPresence, decimate, framesBetween } from '../../../src/motion/series/bins.ts';
import { DifferenceGatherer } from '../../../src/motion/series/difference.ts';
import { readSeries, type Series, speeds } from '../../../src/motion/series/series.ts';
import { summarize } from '../../../src/motion/series/summary.ts';
import { encodeBatch } from '../../../src/recording/log/frame-codec.ts';
import { actorRecording } from '../../helpers/actor-recording.ts';

const times = Array.from({ length: 300 }, (_, i) => i / 30);

it('finds the frames of a stretch, both ends included', () => {
  expect(framesBetween(times, 1, 2)).toEqual([30, 61]);
  expect(framesBetween(times, -5, -1)).toEqual([0, 0]);
  expect(framesBetween(times, 9.9, 99)).toEqual([297, 300]);
});

it('sums up exactly the frames of a stretch, and none where nothing is known', () => {
  const { info: _, frames } = actorRecording(90);
  const series: Series = { kind: 'angle', personId: 0, angle: 'left-knee' };
  const angles = frames.map(({ people, index }) => {
    const person = people.find(({ id }) => id === 0);
    return person && index % 7 !== 3 ? readSeries(person, series) : Number.NaN;
  });
  const frameTimes = frames.map(({ time }) => time);
  const random = createRandom(3);
  for (let round = 0; round < 40; round++) {
    const [a, b] = [random() * 3, random() * 3];
    const range = round === 0 ? {} : { from: Math.min(a, b), ...(round % 3 > 0 && { to: Math.max(a, b) }) };
    const { from = -1, to = 99 } = range as { from?: number; to?: number };
    const inside = angles.filter(
      (value, i) => !Number.isNaN(value) && (frameTimes[i] ?? 0) >= from && (frameTimes[i] ?? 0) <= to,
    );
    expect(summarize(frameTimes, angles, range)).toEqual(
      inside.length === 0
        ? { minimum: Number.NaN, maximum: Number.NaN, count: 0 }
        : { minimum: Math.min(...inside), maximum: Math.max(...inside), count: inside.length },
    );
  }
});

describe('Presence', () => {
  const scores = times.map((_, i) => (i >= 100 && i < 130 ? Number.NaN : i === 200 ? 0.2 : 0.9));

  it('shows a gap, and one uncertain frame among many', () => {
    const { score, share } = binPresence(times, scores, { from: 0, to: 10, bins: 50 });
    expect(score[5]).toBeCloseTo(0.9, 5);
    expect([score[18], share[18]]).toEqual([Number.NaN, 0]);
    expect(score[33]).toBeCloseTo(0.2, 5);
    expect(share[5]).toBe(1);
  });

  it('leaves no holes between frames where columns are narrower than they', () => {
    const { score } = binPresence(times, scores, { from: 1, to: 2, bins: 500 });
    expect(score.some(Number.isNaN)).toBe(false);
    const gap = binPresence(times, scores, { from: 3, to: 5, bins: 500 }).score;
    expect(gap.filter((value) => Number.isNaN(value)).length).toBeCloseTo(250, -1);
  });
});

describe('Lines', () => {
  it('keep every peak however far one looks from', () => {
    const values = times.map((_, i) => (i === 177 ? 99 : i === 178 ? -50 : Math.sin(i / 9)));
    const line = decimate(times, [values], { from: 0, to: 10, bins: 40 });
    expect(line.times).toHaveLength(80);
    expect(Math.max(...(line.values[0] ?? []))).toBe(99);
    expect(Math.min(...(line.values[0] ?? []))).toBe(-50);
  });

  it('are the frames themselves from near, with one on either side', () => {
    const line = decimate(times, [times], { from: 2, to: 3, bins: 400 });
    expect([...line.times]).toEqual(times.slice(59, 92));
  });
});

it('takes speeds over three frames, and none over a gap', () => {
  const xs = [0, 3, 6, 9, Number.NaN, 20];
  const ys = [0, 4, 8, 12, Number.NaN, 20];
  const result = speeds([0, 1, 2, 3, 4, 5], xs, ys);
  expect([...result]).toEqual([5, 5, 5, 5, Number.NaN, Number.NaN]);
});

describe('Columns', () => {
  const recording = actorRecording(90);
  const columns = new RecordingColumns();
  const batches = [0, 30, 60].map((first) =>
    encodeBatch({ piece: 0, isLast: false, frames: recording.frames.slice(first, first + 30) }),
  );
  const wrist = { kind: 'keypoint', personId: 0, part: 'body', keypoint: 15, quantity: 'x' } as const;
  const expected = recording.frames.map(({ people }) => people[0]?.body?.points[45] ?? 0);

  it('grow with the recording, and change with its corrections', () => {
    columns.add(batches.slice(0, 2));
    expect(columns.times).toHaveLength(60);
    expect([...(columns.read([wrist])[0] ?? [])]).toEqual(expected.slice(0, 60));
    columns.add(batches.slice(2));
    expect([...(columns.read([wrist])[0] ?? [])]).toEqual(expected);
    expect(columns.scores.map(([id]) => id)).toEqual([0, 1]);
    columns.setEdits([
      { kind: 'delete-person', personId: 1 },
      {
        kind: 'move',
        time: recording.frames[5]?.time ?? 0,
        personId: 0,
        part: 'body',
        keypoint: 15,
        x: 7,
        y: 7,
      },
    ]);
    expect(columns.read([wrist])[0]?.[5]).toBe(7);
    expect(columns.scores.map(([id]) => id)).toEqual([0]);
  });
});

it('tells how far two recordings are apart, joint by joint, whatever the ids', () => {
  const first = actorRecording(20);
  const second = new Recording(
    first.info,
    first.frames.map((frame, i) => ({
      ...frame,
      people: frame.people
        .filter(({ id }) => id === 0 || i < 15)
        .map((person) => ({
          ...person,
          id: 7 - person.id,
          body: person.body && {
            ...person.body,
            points: person.body.points.map((value, at) =>
              at === 45 ? value + 3 : at === 46 ? value - 4 : value,
            ),
          },
        })),
    })),
  );
  const gatherer = new DifferenceGatherer();
  for (const [i, frame] of first.frames.entries()) gatherer.add(frame, second.frames[i] ?? frame);
  const difference = gatherer.finish();
  expect(difference).toMatchObject({ frames: 20, both: 35, onlyFirst: 5, onlySecond: 0 });
  const of = (name: string) => difference.keypoints.find((keypoint) => keypoint.name === name);
  expect(of('left_wrist')?.median).toBeCloseTo(5, 3);
  expect(of('right_wrist')).toMatchObject({ median: 0, high: 0, count: 35 });
});
