import type { Page } from 'playwright-core';
import type { Frame } from '../../src/index.ts';
import { MAIN_KEYPOINTS } from './track-demo.ts';

/** A film of the demo actor, and how many frames it has. */
export const FILM = { seed: 1, width: 640, height: 480 };
export const FILM_FRAMES = 300;

/** Makes the film, with its frames' numbers in the picture. @returns MP4 in base64 */
export async function makeFilm(page: Page): Promise<string> {
  const made = await page.evaluate(
    ({ film, count }) =>
      window.harness.makeVideo({
        ...film,
        times: Array.from({ length: count }, (_, i) => i / 30),
        keyFrameEvery: 1000,
        bitrate: 2_000_000,
        stamp: true,
      }),
    { film: FILM, count: FILM_FRAMES },
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
