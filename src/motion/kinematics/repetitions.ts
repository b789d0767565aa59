import { filterColumn } from '../cleaning/smooth.ts';
import { butterworth } from '../filters/butterworth.ts';
import { findPeaks } from '../filters/peaks.ts';
import type { Column } from '../tracks/tracks.ts';

/** What is quicker is noise, in Hz; what is nearer, in seconds, is one repetition. */
const CUTOFF = 3;
const SHORTEST = 0.5;
/** A repetition stands out by this share of the angle's usual range … */
const SHARE = 0.4;
/** … and by so many degrees at least. */
const LEAST_DEGREES = 10;
/** The usual range is between these shares of the values: single outliers are left out. */
const LOW = 0.05;
const HIGH = 0.95;

/**
 * Positions of the frames in which an angle comes to its greatest, once a repetition.
 *
 * @param degrees by frame, NaN where missing
 * @param times seconds by frame, growing
 */
export function findRepetitions(degrees: Column, times: Float64Array): number[] {
  const calm = Float64Array.from(degrees);
  filterColumn(calm, times, (values, rate) => butterworth(values, rate, Math.min(CUTOFF, rate / 4), 2));
  const sorted = [...calm].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const prominence = Math.max(LEAST_DEGREES, SHARE * (at(HIGH) - at(LOW)));
  return findPeaks(calm, times, { prominence, distance: SHORTEST });
}
