import type { Page } from 'playwright-core';

/** Milliseconds that the work below takes in Chromium on the machine that limits in milliseconds were set on. */
const REFERENCE_MS = 7;
const REPEATS = 15;

/**
 * How many times slower this machine runs the page's scripts than the one that limits in milliseconds were set on; 1 where
 * it is as fast or faster. The best of several runs counts, so that what else the machine does isn't taken for slowness.
 */
export async function slowness(page: Page): Promise<number> {
  const milliseconds = await page.evaluate((repeats) => {
    // Like what the page does: people made of short arrays, and sums over them.
    const work = (): number => {
      const people = Array.from({ length: 3000 }, (_, id) => {
        const points = new Float32Array(132);
        for (let i = 0; i < points.length; i++) points[i] = Math.sin(id + i);
        return { id, points };
      });
      let sum = 0;
      for (const { points } of people)
        for (let i = 0; i < points.length; i += 4) sum += Math.hypot(points[i] ?? 0, points[i + 1] ?? 0);
      return sum;
    };
    const times = Array.from({ length: repeats }, () => {
      const began = performance.now();
      if (Number.isNaN(work())) throw new Error('The work came to nothing.');
      return performance.now() - began;
    });
    return Math.min(...times);
  }, REPEATS);
  return Math.max(1, milliseconds / REFERENCE_MS);
}
