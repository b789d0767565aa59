import { expect, it } from 'vitest';
import { StoredFrames } from '../../../src/app/document/stored-frames.ts';
import { FramesInMemory, frameOf, lastingOf } from '../../../src/app/stage/frame-lookup.ts';
import { Recording } from '../../../src/core/recording.ts';
import { encodeBatch } from '../../../src/recording/log/frame-codec.ts';
import { Log } from '../../../src/recording/log/log.ts';
import { MemoryMedium } from '../../../src/recording/log/medium.ts';
import type { RecordingHandle } from '../../../src/recording/recording-handle.ts';
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

/** Every 120th frame of a video of 30 a second, from its tenth second on, kept as it came: a batch each. */
const SPARSE = Array.from({ length: 8 }, (_, i) => ({ index: 300 + i * 120, time: 10 + i * 4, people: [] }));
const sparseInfo = { ...info, selection: { from: 10, everyNth: 120 } };

function openStored(): { frames: StoredFrames; loads: () => number } {
  const log = Log.create(new MemoryMedium());
  for (const frame of SPARSE) log.append('frames', encodeBatch({ piece: 0, isLast: false, frames: [frame] }));
  let loads = 0;
  const handle = {
    info: sparseInfo,
    range: log.timeRange,
    watch: () => undefined,
    between: async (from: number, to: number) => {
      loads++;
      return log.readTimes(from, to);
    },
  } as unknown as RecordingHandle;
  const failure = (error: unknown): never => {
    throw error;
  };
  return { frames: new StoredFrames(handle, () => null, { failure }), loads: () => loads };
}

it('shows no skeleton of the future where frames are further apart than what is loaded reaches back', async () => {
  const { frames, loads } = openStored();
  const lasting = lastingOf(sparseInfo, 30);
  for (const [time, index] of [
    [13.9, 300],
    [14, 420],
    [21.99, 540],
    [37.5, 1020],
    [29.5, 780],
    // The last one stands as long as the others.
    [41.9, 1140],
    [43, undefined],
    // Nobody is shown before the first frame.
    [9, undefined],
    [6.5, undefined],
  ] as const) {
    frameOf(frames, time, lasting);
    for (let i = 0; i < 10; i++) await Promise.resolve();
    const before = loads();
    expect(frameOf(frames, time, lasting)?.index, `at ${time}`).toBe(index);
    expect(loads(), `nothing more is loaded at ${time}`).toBe(before);
  }
  for (const [time, previous, next] of [
    [18, 420, 660],
    [19.5, 420, 660],
  ] as const) {
    frames.at(time);
    for (let i = 0; i < 10; i++) await Promise.resolve();
    expect([frames.neighbour(time, -1)?.index, frames.neighbour(time, 1)?.index]).toEqual([previous, next]);
  }
});
