import type { TimeRange } from '../corrections/time-range.ts';
import { framesBetween } from './bins.ts';

/** A series over a stretch of time. */
export interface SeriesSummary {
  /** In the series' unit; NaN: it is missing in every frame. */
  readonly minimum: number;
  readonly maximum: number;
  /** Frames in which it is known. */
  readonly count: number;
}

/**
 * The least and the greatest number of a stretch of time, of all its frames.
 *
 * @param times seconds by frame, growing
 * @param values by frame, NaN where missing
 */
export function summarize(
  times: ArrayLike<number>,
  values: ArrayLike<number>,
  { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: TimeRange,
): SeriesSummary {
  const [first, end] = framesBetween(times, from, to);
  let [minimum, maximum, count] = [Number.NaN, Number.NaN, 0];
  for (let i = first; i < end; i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (count === 0 || value < minimum) minimum = value;
    if (count === 0 || value > maximum) maximum = value;
    count++;
  }
  return { minimum, maximum, count };
}

/** Of an angle, the range of motion, in its unit; NaN: it is never known. */
export function spanOf({ minimum, maximum }: SeriesSummary): number {
  return maximum - minimum;
}
