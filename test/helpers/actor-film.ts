import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Frame } from '../../src/index.ts';
import { MAIN_KEYPOINTS, mean } from './track-demo.ts';

/** A film of the demo actor. */
export const FILM = { seed: 1, width: 640, height: 480 };

/** Makes the film, with its frames' numbers in the picture. @returns MP4 in base64 */
export async function makeFilm(page: Page, frames: number): Promise<string> {
  const made = await page.evaluate(
    ({ film, count }) =>
      window.harness.makeVideo({
        ...film,
        times: Array.from({ length: count }, (_, i) => i / 30),
        keyFrameEvery: 1000,
        bitrate: 2_000_000,
        stamp: true,
      }),
    { film: FILM, count: frames },
  );
  return made.base64;
}

/** What the library makes of a video on WebAssembly, and what it said of how far it was. */
export const analyzeVideo = (page: Page, base64: string, options: object) =>
  page.evaluate(
    async ({ base64, options }) => {
      const { limn, toBlob } = window.harness;
      const progress: number[] = [];
      const { info, frames } = await limn.analyze(toBlob(base64), {
        engine: 'wasm',
        onProgress: ({ frames }) => progress.push(frames),
        ...options,
      });
      return { info, frames, progress };
    },
    { base64, options },
  );

/** Distances in pixels between the main keypoints of two people. */
export function distances(
  a: Frame['people'][number] | undefined,
  b: Frame['people'][number] | undefined,
): number[] {
  return MAIN_KEYPOINTS.map((k) => {
    const [p, q] = [a?.body?.keypoints[k], b?.body?.keypoints[k]];
    return p && q ? Math.hypot(p.x - q.x, p.y - q.y) : Number.POSITIVE_INFINITY;
  });
}

/** Tracks the film with the smallest network: each frame has to be within 2.5 % of body height of its own truth. */
export async function expectNearTruth(page: Page, film: string, count: number): Promise<void> {
  const { frames } = await analyzeVideo(page, film, { model: 'mediapipe-pose-lite', workers: 1 });
  expect(frames).toHaveLength(count);
  const truths = await page.evaluate(
    async ({ film, count }) => {
      const demo = window.harness.limn.openDemo(film);
      const truths = [];
      for (let i = 0; i < count; i++) {
        const { image, truth } = await demo.frame(i);
        image.close();
        truths.push(truth);
      }
      demo.close();
      return truths;
    },
    { film: FILM, count: count },
  );
  const ys = (truths[0]?.people[0]?.body?.keypoints ?? []).map(({ y }) => y);
  // From the eyes to the soles: less than the whole height, so the bound is a little stricter than asked.
  const height = Math.max(...ys) - Math.min(...ys);
  const errorAt = (offset: number): number =>
    mean(
      frames
        .slice(2, -2)
        .map(({ people, index }) => mean(distances(people[0], truths[index + offset]?.people[0]))),
    ) / height;
  const errors = [-2, -1, 0, 1, 2].map(errorAt);
  console.log('error by offset, % of body height:', errors.map((e) => (100 * e).toFixed(2)).join(' '));
  expect(errors[2]).toBeLessThanOrEqual(0.025);
  expect(errors.indexOf(Math.min(...errors)) - 2).toBe(0);
  expect(new Set(frames.flatMap(({ people }) => people.map(({ id }) => id))).size).toBe(1);
}
