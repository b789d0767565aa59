import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { VideoWish } from './make-video.ts';

/** Times of evenly spaced frames, in seconds. */
export const every = (count: number, rate = 30) => Array.from({ length: count }, (_, i) => i / rate);
/** Frames of a small video, if nothing else is wished. */
export const USUAL_FRAMES = 12;
const SMALL: VideoWish = { seed: 1, width: 320, height: 240, times: every(USUAL_FRAMES), keyFrameEvery: 6 };

/** Makes a small video of the demo actor. */
export async function makeOdd(page: Page, wish: Partial<VideoWish>): Promise<Buffer> {
  const made = await page.evaluate((wish) => window.harness.makeVideo(wish), { ...SMALL, ...wish });
  return Buffer.from(made.base64, 'base64');
}

/** What the library makes of a file; `error`: why it makes nothing of it. */
export const analyzeOdd = (page: Page, bytes: Buffer, options: object = {}) =>
  page.evaluate(
    async ({ base64, options }) => {
      const { limn, toBlob } = window.harness;
      try {
        const blob = new File([toBlob(base64)], 'odd.mp4');
        const { info, frames } = await limn.analyze(blob, { engine: 'wasm', workers: 1, ...options });
        const found = frames.filter(({ people }) => people.length > 0).length;
        const nose = frames.at(-1)?.people[0]?.body?.keypoints[0];
        return {
          error: null,
          size: [info.width, info.height],
          incomplete: info.incomplete ?? null,
          times: frames.map(({ time }) => time),
          indices: frames.map(({ index }) => index),
          found,
          nose: nose ? [nose.x, nose.y] : null,
          ids: [...new Set(frames.flatMap(({ people }) => people.map(({ id }) => id)))],
        };
      } catch (error) {
        return {
          error: String(error),
          size: [],
          incomplete: null,
          times: [],
          indices: [],
          found: 0,
          nose: null,
          ids: [],
        };
      }
    },
    { base64: bytes.toString('base64'), options },
  );

/** Times are as expected, within a millisecond. */
export const expectTimes = (given: readonly number[], expected: readonly number[]) => {
  expect(given).toHaveLength(expected.length);
  for (const [i, time] of given.entries()) expect(Math.abs(time - (expected[i] ?? 0))).toBeLessThan(0.001);
};

/** Every frame of a video is found at its time, with somebody on it. @param size in pixels, as displayed */
export async function expectEveryFrame(
  page: Page,
  wish: Partial<VideoWish>,
  times: readonly number[],
  size: readonly number[],
): Promise<void> {
  const {
    error,
    found,
    incomplete,
    indices,
    size: given,
    times: givenTimes,
  } = await analyzeOdd(page, await makeOdd(page, wish));
  expect(error).toBeNull();
  expectTimes(givenTimes, times);
  expect(indices).toEqual(times.map((_, i) => i));
  expect(given).toEqual(size);
  expect(found).toBe(times.length);
  expect(incomplete).toBeNull();
}
