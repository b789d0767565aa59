import { greatest } from '../../core/lists.ts';

export interface PeakOptions {
  /** How far a peak has to stand out, in the values' unit. */
  readonly prominence: number;
  /** Nearer peaks are one, the highest of them; in the unit of `times`. */
  readonly distance: number;
}

/**
 * Positions of the peaks of a curve, in their order: those that stand out from what lies between them and a higher one. What is
 * missing is passed over.
 *
 * As SciPy's `find_peaks` does it by prominence, which is the height above the higher of the lowest points on the way to
 * something higher on either side.
 *
 * @param values NaN where missing
 * @param times growing
 */
export function findPeaks(
  values: ArrayLike<number>,
  times: ArrayLike<number>,
  { prominence, distance }: PeakOptions,
): number[] {
  const at = (i: number): number => values[i] ?? Number.NaN;
  const peaks: number[] = [];
  for (let i = 1; i + 1 < values.length; i++) {
    // The first of several equal ones.
    if (!(at(i) > at(i - 1))) continue;
    let end = i;
    while (at(end + 1) === at(i)) end++;
    if (at(end + 1) < at(i) && prominenceOf(values, i) >= prominence) peaks.push(i);
  }
  const kept: number[] = [];
  for (const peak of [...peaks].sort((a, b) => at(b) - at(a))) {
    const time = times[peak] ?? 0;
    if (kept.every((other) => Math.abs((times[other] ?? 0) - time) >= distance)) kept.push(peak);
  }
  return kept.sort((a, b) => a - b);
}

function prominenceOf(values: ArrayLike<number>, peak: number): number {
  const height = values[peak] ?? Number.NaN;
  const lowest = [-1, 1].map((step) => {
    let low = height;
    for (let i = peak + step; i >= 0 && i < values.length; i += step) {
      const value = values[i] ?? Number.NaN;
      if (value > height) break;
      if (!Number.isNaN(value)) low = Math.min(low, value);
    }
    return low;
  });
  return height - greatest(lowest);
}
