/** Steps up to so many times the usual one, and down to its inverse, are steps between neighbours. */
const NEAR_STEP = 1.5;

/**
 * Frames per second by the usual steps between two of them: gaps don't count. Files round times to milliseconds, so that of
 * 60 frames a second each step is 16 or 17 of them: only their mean tells the rate.
 *
 * @param times seconds, growing  @returns `null`: fewer than two frames
 */
export function usualFrameRate(times: ArrayLike<number>): number | null {
  const steps = Array.from(times, (time, i) => time - (times[i - 1] ?? time));
  const sorted = steps.filter((step) => step > 0).sort((a, b) => a - b);
  const usual = sorted[Math.floor(sorted.length / 2)];
  if (usual === undefined) return null;
  const near = sorted.filter((step) => step <= usual * NEAR_STEP && step >= usual / NEAR_STEP);
  return near.length / near.reduce((sum, step) => sum + step, 0);
}
