import { expect, it } from 'vitest';
import { hasSharedData, readBase64, sharedPath } from '../helpers/shared-data.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();

const make = (times: readonly number[]) =>
  watched.page.evaluate(
    async (times) => {
      const { makeVideo } = window.harness;
      return makeVideo({ seed: 1, width: 320, height: 240, times, keyFrameEvery: 10 });
    },
    [...times],
  );

const decode = (base64: string) =>
  watched.page.evaluate(async (base64) => {
    const { VideoFile } = window.harness;
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const file = await VideoFile.open(new Blob([bytes]), 'test.mp4');
    const times: number[] = [];
    for await (const frame of file.frames()) {
      times.push(frame.time);
      frame.close();
    }
    const middle = await file.frameAt(times[5] ?? 0);
    const next = await file.neighbour(times[5] ?? 0, 1);
    const previous = await file.neighbour(times[5] ?? 0, -1);
    // As a player says it: rounded down to microseconds.
    const rounded = await file.frameAt(Math.floor((times[7] ?? 0) * 1e6) / 1e6);
    const isSameRounded = rounded?.time === times[7];
    rounded?.close();
    const neighbours = [previous, middle, next].map((frame) => frame?.time);
    for (const frame of [previous, middle, next]) frame?.close();
    file.close();
    return { times, neighbours, isSameRounded, info: file.info };
  }, base64);

it('gives every frame once with its own time, also of a variable frame rate', async () => {
  const times = Array.from({ length: 30 }, (_, i) => i / 30 + (i > 15 ? 0.25 : 0) + (i % 3) * 0.004);
  const { base64 } = await make(times);
  const decoded = await decode(base64);
  expect(decoded.times).toHaveLength(times.length);
  for (const [i, time] of decoded.times.entries()) expect(time).toBeCloseTo(times[i] ?? 0, 3);
});

it('finds the frame at a time and its neighbours', async () => {
  const times = Array.from({ length: 20 }, (_, i) => i / 30);
  const { neighbours, isSameRounded, info } = await decode((await make(times)).base64);
  for (const [i, time] of neighbours.entries()) expect(time ?? Number.NaN).toBeCloseTo((4 + i) / 30, 3);
  expect(isSameRounded).toBe(true);
  expect(info.width).toBe(320);
  expect(info.frameRate).toBeCloseTo(30, 0);
});

it.skipIf(!hasSharedData)('decodes pose_1.mp4 as 120 frames at times k/30', async () => {
  const { times } = await decode(readBase64(sharedPath('video/pose_1.mp4')));
  expect(times).toHaveLength(120);
  for (const [i, time] of times.entries()) expect(Math.abs(time - i / 30)).toBeLessThan(0.001);
});
