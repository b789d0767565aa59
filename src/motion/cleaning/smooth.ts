import { LimnError } from '../../core/errors.ts';
import type { Recording } from '../../core/recording.ts';
import { usualFrameRate } from '../../core/time/frame-rate.ts';
import { butterworth } from '../filters/butterworth.ts';
import { savitzkyGolay } from '../filters/savitzky-golay.ts';
import { createCurve } from '../filters/spline.ts';
import { DEFAULT_SMOOTHING, smoothRecording } from '../smoothing/smoother.ts';
import type { MotionColumns } from '../tracks/motion-columns.ts';
import {
  type Column,
  coordinatesOf,
  noted,
  realTimesOf,
  stretchesOf,
  withProcessing,
} from '../tracks/tracks.ts';
import { inColumns } from '../tracks/workpiece.ts';

export interface SmoothOptions {
  /**
   * `butterworth`: without delay, forwards and backwards; `savitzky-golay`: by polynomials, keeps peaks better;
   * `one-euro`: as in live tracking, with a little delay.
   */
  readonly method?: 'butterworth' | 'savitzky-golay' | 'one-euro';
  /** Butterworth: cut-off in Hz; 6 is usual for walking (Winter, Biomechanics, 2009, 3.4). */
  readonly cutoff?: number;
  /** Butterworth: order of one of its two passes, even. */
  readonly order?: number;
  /** Savitzky–Golay: window in frames, odd. */
  readonly window?: number;
  /** Savitzky–Golay: degree of the polynomials. */
  readonly degree?: number;
  /** One-Euro: strength, 0 to 1. */
  readonly strength?: number;
}

export const DEFAULT_SMOOTH = {
  method: 'butterworth',
  cutoff: 6,
  order: 2,
  window: 11,
  degree: 3,
  strength: DEFAULT_SMOOTHING,
} as const satisfies Required<SmoothOptions>;

/** Frames whose distances differ by more than this share are put at equal distances for the filter. */
const UNEVEN = 0.1;

/** Of half the frame rate, a cut-off has at most this share: nearer to it, a filter does nothing but ring. */
const MOST_OF_NYQUIST = 0.8;

/** The cut-off in Hz that a frame rate can have, at most the one wished; to a tenth, downwards. */
export function heldCutoff(cutoff: number, rate: number): number {
  const most = (MOST_OF_NYQUIST * rate) / 2;
  // Rates come from times that were rounded: 2 Hz of 4.9999 frames a second are meant to be 2.
  return cutoff <= most ? cutoff : Math.max(0.1, Math.floor(most * 10 + 0.05) / 10);
}

type Filter = (values: Float64Array, rate: number) => Float64Array;

/**
 * Smooths coordinates over time, in the picture, in the world and in the room. A gap ends a stretch: nothing is smoothed
 * across it. Scores and marks stay.
 *
 * Checked against SciPy's `filtfilt` and `savgol_filter`.
 *
 * @throws {LimnError} if a cut-off is not below half of the frame rate
 */
export function smooth(recording: Recording, options: SmoothOptions = {}): Recording {
  const { method, strength } = { ...DEFAULT_SMOOTH, ...options };
  if (method === 'one-euro') {
    return withProcessing(smoothRecording(recording, strength), `smoothed (One-Euro, strength ${strength})`);
  }
  return inColumns(recording, (columns) => smoothInColumns(columns, options));
}

/** As `smooth`, by any method but One-Euro's, which goes from frame to frame. */
export function smoothInColumns(columns: MotionColumns, options: SmoothOptions): void {
  const { method, cutoff, order, window, degree } = { ...DEFAULT_SMOOTH, ...options };
  const times = realTimesOf(columns);
  const rate = usualFrameRate(times) ?? 0;
  if (method === 'butterworth' && !(cutoff > 0 && cutoff < rate / 2)) {
    throw new LimnError(
      `A cut-off of ${cutoff} Hz can't be had at ${rate.toFixed(1)} frames a second: it has to be above 0 and below ${(rate / 2).toFixed(1)} Hz.`,
    );
  }
  const filter: Filter =
    method === 'butterworth'
      ? // Where frames lie further apart than usual, less can be let through.
        (values, each) =>
          butterworth(values, each, cutoff < each / 2 ? cutoff : heldCutoff(cutoff, each), order)
      : (values) => savitzkyGolay(values, window, degree);
  const filterFrom = (first: number, column: Column): void =>
    filterColumn(column, times.subarray(first, first + column.length), filter);
  for (const track of columns.tracks) {
    for (const { axes } of coordinatesOf(track)) for (const column of axes) filterFrom(track.first, column);
  }
  for (const { first, axes } of columns.places.values()) for (const column of axes) filterFrom(first, column);
  const how =
    method === 'butterworth'
      ? `Butterworth of order ${order} forwards and backwards, ${cutoff} Hz`
      : `Savitzky–Golay, ${window} frames, degree ${degree}`;
  columns.info = noted(columns.info, `smoothed (${how})`);
}

/** Filters every stretch of a column in place; where frames lie unevenly, on an even grid between. */
export function filterColumn(column: Column, times: Float64Array, filter: Filter): void {
  for (const [from, to] of [...stretchesOf(column)]) {
    if (to - from < 3) continue;
    const own = times.subarray(from, to);
    const rate = usualFrameRate(own) ?? 0;
    const values = new Float64Array(column.subarray(from, to));
    column.set(isEven(own, rate) ? filter(values, rate) : filterUneven(values, own, rate, filter), from);
  }
}

function isEven(times: Float64Array, rate: number): boolean {
  return times.every((time, i) => {
    const before = times[i - 1];
    return before === undefined || Math.abs((time - before) * rate - 1) <= UNEVEN;
  });
}

function filterUneven(values: Float64Array, times: Float64Array, rate: number, filter: Filter): Float64Array {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const grid = Float64Array.from(
    { length: Math.floor((last - first) * rate) + 2 },
    (_, k) => first + k / rate,
  );
  const filtered = filter(grid.map(createCurve('pchip', times, values)), rate);
  return times.map(createCurve('cubic', grid, filtered));
}
