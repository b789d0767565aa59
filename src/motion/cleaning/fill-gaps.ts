import { MARKS } from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';
import { type CurveKind, createCurve } from '../filters/spline.ts';
import { bringIn, type MotionColumns } from '../tracks/motion-columns.ts';
import { type Column, coordinatesOf, noted, stretchesOf, timesOf } from '../tracks/tracks.ts';
import { inColumns } from '../tracks/workpiece.ts';

export interface FillGapsOptions {
  /** Longest gap that is filled, in frames. */
  readonly maximumFrames?: number;
  /** How the curve goes: `linear`, `cubic` (smooth, may swing), `pchip` (smooth, never beyond what is known). */
  readonly method?: CurveKind;
}

export const DEFAULT_FILL_GAPS = {
  maximumFrames: 10,
  method: 'cubic',
} as const satisfies Required<FillGapsOptions>;

/**
 * Fills what is missing of people for a few frames, in the picture and in the world, along curves through what is known
 * on both sides. Somebody who isn't found in a frame at all is there again. What was filled has that mark, and the lower
 * score of both sides; what was measured stays as it is.
 *
 *     x:  3  4  –  –  7   →   3  4  5  6  7
 *
 * Checked against SciPy's `CubicSpline` and `PchipInterpolator`.
 */
export function fillGaps(recording: Recording, options: FillGapsOptions = {}): Recording {
  return inColumns(recording, (columns) => fillGapsInColumns(columns, options));
}

export function fillGapsInColumns(columns: MotionColumns, options: FillGapsOptions): void {
  const { maximumFrames, method } = { ...DEFAULT_FILL_GAPS, ...options };
  const times = timesOf(columns);
  let filled = 0;
  for (const track of columns.tracks) {
    const own = times.subarray(track.first, track.first + track.length);
    for (const { keypoint, axes, score } of coordinatesOf(track)) {
      const known = axes[0];
      if (!known) continue;
      const gaps = gapsOf(known, maximumFrames);
      if (gaps.length === 0) continue;
      for (const column of axes) fillColumn(column, own, maximumFrames, method);
      for (const [from, to] of gaps) {
        const lower = Math.min(score[from - 1] ?? 0, score[to] ?? 0);
        for (let row = from; row < to; row++) {
          score[row] = lower;
          const mark = track.marks[keypoint];
          if (mark) mark[row] = MARKS.filled;
          filled++;
        }
      }
    }
  }
  for (const { first, axes } of columns.places.values())
    for (const column of axes)
      fillColumn(column, times.subarray(first, first + column.length), maximumFrames, method);
  bringIn(columns);
  const what = `gaps of up to ${maximumFrames} frames filled (${method}), ${filled} keypoints`;
  columns.info = noted(columns.info, what);
}

/** Gaps between two known values, of so many frames at most: from inclusive, to exclusive. */
function gapsOf(column: Column, maximumFrames: number): (readonly [from: number, to: number])[] {
  const stretches = [...stretchesOf(column)];
  return stretches.slice(1).flatMap(([next], i) => {
    const end = stretches[i]?.[1] ?? next;
    return next - end <= maximumFrames ? [[end, next] as const] : [];
  });
}

/** Fills gaps along curves through all that is known between longer gaps. */
export function fillColumn(
  column: Column,
  times: Float64Array,
  maximumFrames: number,
  method: CurveKind,
): void {
  let cluster: number[] = [];
  const finish = (): void => {
    const [first = 0, last = -1] = [cluster[0], cluster.at(-1)];
    if (cluster.length > 1 && cluster.length <= last - first) {
      const curve = createCurve(
        method,
        cluster.map((i) => times[i] ?? 0),
        cluster.map((i) => column[i] ?? Number.NaN),
      );
      for (let i = first; i <= last; i++) if (Number.isNaN(column[i])) column[i] = curve(times[i] ?? 0);
    }
    cluster = [];
  };
  for (const [from, to] of [...stretchesOf(column)]) {
    if (from - (cluster.at(-1) ?? from) > maximumFrames + 1) finish();
    for (let i = from; i < to; i++) cluster.push(i);
  }
  finish();
}
