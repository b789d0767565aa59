import { LimnError } from '../../core/errors.ts';
import { MARKS } from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';
import { firstAtOrAfter } from '../../core/time/frame-times.ts';
import { slownessOf } from '../../core/time/slow-motion.ts';
import { createCurve } from '../filters/spline.ts';
import { bringIn, type FrameHead, type MotionColumns, tracksByPerson } from '../tracks/motion-columns.ts';
import {
  type Column,
  coordinatesOf,
  createTrack,
  noted,
  stretchesOf,
  THERE,
  type Track,
  timesOf,
} from '../tracks/tracks.ts';
import { inColumns } from '../tracks/workpiece.ts';

export interface ResampleOptions {
  /** Frames a second of what happened. */
  readonly rate?: number;
}

export const DEFAULT_RESAMPLE = { rate: 30 } as const satisfies Required<ResampleOptions>;

/** More than this is no frame rate. */
const MAXIMUM_RATE = 1000;
/** Frames at most: an hour at 500 a second. */
const MAXIMUM_FRAMES = 1_800_000;
/** Of a frame's distance: times go through files. */
const SAME_MOMENT = 1e-6;

/**
 * The recording at another frame rate, from its first frame on: coordinates along cubic splines, scores along lines.
 * Nothing is made up within gaps: a keypoint is there if it is in the frames on both sides. It has the mark of the less
 * measured of the two.
 *
 * Checked against SciPy's `CubicSpline`.
 *
 * @throws {LimnError} if the rate is none
 */
export function resample(recording: Recording, options: ResampleOptions = {}): Recording {
  return inColumns(recording, (columns) => resampleInColumns(columns, options));
}

export function resampleInColumns(columns: MotionColumns, options: ResampleOptions): void {
  const { rate } = { ...DEFAULT_RESAMPLE, ...options };
  const times = timesOf(columns);
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  // Frames keep the video's times, and a second of what happened may be several of these.
  const slowness = slownessOf(columns.info);
  const count = Math.floor(((last - first) / slowness) * rate + SAME_MOMENT) + 1;
  if (!(rate > 0) || rate > MAXIMUM_RATE || count > MAXIMUM_FRAMES) {
    throw new LimnError(
      `A recording can't have ${rate} frames a second. Ask for more than 0, and at most ${MAXIMUM_RATE}.`,
    );
  }
  if (times.length === 0) return;
  const wanted = Float64Array.from({ length: count }, (_, k) => first + (k * slowness) / rate);
  const grid: Grid = { times, wanted, before: wanted.map((time) => positionBefore(times, time)) };
  const frames = [...wanted].map((time, index): FrameHead => {
    const nearest = columns.frames[grid.before[index] ?? 0];
    return { index, time, people: (nearest?.people ?? []).map(({ id, score }) => ({ id, score })) };
  });
  columns.tracks = columns.tracks.flatMap((track) => resampleTrack(track, grid) ?? []);
  for (const [id, { first: from, axes }] of columns.places) {
    const rows = rowsOn(grid, from, axes[0].length);
    const change = (column: Column): Column => sample(column, from, grid, rows, false);
    columns.places.set(id, { first: rows.first, axes: [change(axes[0]), change(axes[1]), change(axes[2])] });
  }
  columns.frames = frames;
  bringIn(columns);
  leaveOutAbsent(columns);
  columns.info = noted(columns.info, `resampled to ${rate} frames a second`);
}

/** Where frames were, and where they are to be. */
interface Grid {
  /** Seconds. */
  readonly times: Float64Array;
  readonly wanted: Float64Array;
  /** By wanted frame, the last one at or before it. */
  readonly before: Float64Array;
}

interface Rows {
  readonly first: number;
  readonly length: number;
}

/** The wanted frames that lie on rows of a column. @param first the frame of its first row */
function rowsOn({ before }: Grid, first: number, length: number): Rows {
  const from = firstAtOrAfter(before, first);
  return { first: from, length: firstAtOrAfter(before, first + length) - from };
}

/** `null`: none of the wanted frames lies in it. */
function resampleTrack(track: Track, grid: Grid): Track | null {
  const rows = rowsOn(grid, track.first, track.length);
  if (rows.length === 0) return null;
  const { personId, part, set, first } = track;
  const result = createTrack({
    ...{ personId, part, set, ...rows },
    ...{ hasWorld: track.world !== null, hasHandedness: false },
  });
  const sources = [...coordinatesOf(track)];
  for (const [i, to] of [...coordinatesOf(result)].entries()) {
    const from = sources[i];
    if (!from) continue;
    for (const [axis, column] of to.axes.entries()) {
      const source = from.axes[axis];
      if (source) column.set(sample(source, first, grid, rows, false));
    }
    to.score.set(sample(from.score, first, grid, rows, true));
  }
  for (const [keypoint, column] of result.marks.entries()) {
    const source = track.marks[keypoint];
    if (source)
      for (let row = 0; row < rows.length; row++) column[row] = markAt(source, first, grid, rows.first + row);
  }
  return result;
}

/** The last frame at or before a time. */
function positionBefore(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((times[middle] ?? 0) <= time + SAME_MOMENT) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** @param first the frame of the column's first row  @param rows the wanted frames that lie on it */
function sample(
  column: Column,
  first: number,
  { times, wanted, before }: Grid,
  rows: Rows,
  isScore: boolean,
): Float64Array {
  const result = new Float64Array(rows.length).fill(isScore ? 0 : Number.NaN);
  const own = times.subarray(first, first + column.length);
  let row = 0;
  const rowBefore = (): number => (before[rows.first + row] ?? 0) - first;
  for (const [from, to] of stretchesOf(column)) {
    const curve = createCurve(
      isScore ? 'linear' : 'cubic',
      own.subarray(from, to),
      column.subarray(from, to),
    );
    const end = own[to - 1] ?? 0;
    // Stretches follow one another, and so do frames.
    while (row < rows.length && rowBefore() < from) row++;
    for (; row < rows.length && rowBefore() < to; row++) {
      const time = wanted[rows.first + row] ?? 0;
      if (time > end + SAME_MOMENT) continue;
      result[row] = isScore ? Math.min(1, Math.max(0, curve(time))) : curve(time);
    }
  }
  return result;
}

/** @param first the frame of the column's first row  @param k the wanted frame */
function markAt(column: Uint8Array, first: number, { times, wanted, before }: Grid, k: number): number {
  const frame = before[k] ?? 0;
  const here = column[frame - first] ?? MARKS.measured;
  const isBetween = (wanted[k] ?? 0) > (times[frame] ?? 0) + SAME_MOMENT;
  return isBetween ? Math.max(here, column[frame - first + 1] ?? MARKS.measured) : here;
}

/** Nobody is in a frame without a body or a hand. */
function leaveOutAbsent({ frames, tracks }: MotionColumns): void {
  const byPerson = tracksByPerson(tracks.filter(({ part }) => part !== 'face' && part !== 'lifted'));
  for (const [i, frame] of frames.entries()) {
    frame.people = frame.people.filter(({ id }) =>
      byPerson.get(id)?.some(({ first, there }) => (there[i - first] ?? 0) & THERE.pose),
    );
  }
}
