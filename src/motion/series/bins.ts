/** Positions of the frames from a time to another, both included. @param times seconds, growing */
export function framesBetween(
  times: ArrayLike<number>,
  from: number,
  to: number,
): readonly [first: number, end: number] {
  return [firstAtOrAfter(times, from), firstAtOrAfter(times, to, true)];
}

function firstAtOrAfter(times: ArrayLike<number>, time: number, isAfter = false): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = times[middle] ?? Number.POSITIVE_INFINITY;
    if (isAfter ? value <= time : value < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The stretch of time that is looked at, in how many columns. */
export interface BinQuery {
  readonly from: number;
  readonly to: number;
  readonly bins: number;
}

/** Somebody's confidence, column by column. */
export interface Presence {
  /** The lowest mean score in each column, 0 to 1; NaN: not there at all. */
  readonly score: Float32Array;
  /** The share of the column's frames that the person is in, 0 to 1; NaN: the column has no frame. */
  readonly share: Float32Array;
}

/** The share of all frames that somebody is in. @param scores by frame, NaN where they aren't there */
export function seenShare(scores: ArrayLike<number>): number {
  let seen = 0;
  for (let i = 0; i < scores.length; i++) if (!Number.isNaN(scores[i] ?? Number.NaN)) seen++;
  return scores.length === 0 ? 0 : seen / scores.length;
}

/** @param scores by frame, NaN where somebody isn't there */
export function binPresence(times: ArrayLike<number>, scores: ArrayLike<number>, query: BinQuery): Presence {
  const { from, to, bins } = query;
  const score = new Float32Array(bins).fill(Number.NaN);
  const share = new Float32Array(bins).fill(Number.NaN);
  const counts = new Uint32Array(bins);
  const seen = new Uint32Array(bins);
  const [first, end] = framesBetween(times, from, to);
  const scale = bins / Math.max(1e-9, to - from);
  const binOf = (time: number): number => Math.floor((time - from) * scale);
  const step = usualStep(times);
  // One frame before the view may last into it.
  for (let i = Math.max(0, first - 1); i < end; i++) {
    const time = times[i] ?? 0;
    // A frame lasts until the next; where frames are missing, as long as others do.
    const until = Math.min(times[i + 1] ?? Number.POSITIVE_INFINITY, time + step * LONGEST_STEP);
    const lastBin = Math.max(binOf(time), binOf(until - 1e-9));
    const value = scores[i] ?? Number.NaN;
    for (let bin = Math.max(0, binOf(time)); bin <= Math.min(bins - 1, lastBin); bin++) {
      counts[bin] = (counts[bin] ?? 0) + 1;
      if (Number.isNaN(value)) continue;
      seen[bin] = (seen[bin] ?? 0) + 1;
      const lowest = score[bin] ?? Number.NaN;
      score[bin] = Number.isNaN(lowest) ? value : Math.min(lowest, value);
    }
  }
  for (let bin = 0; bin < bins; bin++) {
    if (counts[bin]) share[bin] = (seen[bin] ?? 0) / (counts[bin] ?? 1);
  }
  return { score, share };
}

/** A frame lasts so many usual steps at most. */
const LONGEST_STEP = 1.5;

/** Seconds between two frames, mostly. */
function usualStep(times: ArrayLike<number>): number {
  const count = times.length;
  return count > 1 ? ((times[count - 1] ?? 0) - (times[0] ?? 0)) / (count - 1) : 1 / 30;
}

/** Points of a line: few enough to draw, and no peak lost. */
export interface Line {
  /** Seconds. */
  readonly times: Float64Array;
  /** One array a series, NaN where missing. */
  readonly values: readonly Float32Array[];
}

/**
 * All frames in view if there are at most two a column; else the lowest and the highest number of each column.
 * Frames just outside are included, so that lines go on to the edges.
 */
export function decimate(
  times: ArrayLike<number>,
  columns: readonly ArrayLike<number>[],
  { from, to, bins }: BinQuery,
): Line {
  const [inside, insideEnd] = framesBetween(times, from, to);
  const first = Math.max(0, inside - 1);
  const end = Math.min(times.length, insideEnd + 1);
  if (end - first <= 2 * bins) {
    return {
      times: Float64Array.from({ length: end - first }, (_, i) => times[first + i] ?? 0),
      values: columns.map((column) =>
        Float32Array.from({ length: end - first }, (_, i) => column[first + i] ?? Number.NaN),
      ),
    };
  }
  const width = (to - from) / bins;
  const binOf = (i: number): number =>
    Math.min(bins - 1, Math.max(0, Math.floor(((times[i] ?? 0) - from) / width)));
  return {
    times: Float64Array.from({ length: 2 * bins }, (_, i) => from + ((i + 0.5) / 2) * width),
    values: columns.map((column) => {
      const values = new Float32Array(2 * bins).fill(Number.NaN);
      for (let i = first; i < end; i++) {
        const value = column[i] ?? Number.NaN;
        if (Number.isNaN(value)) continue;
        const at = 2 * binOf(i);
        const [low = Number.NaN, high = Number.NaN] = values.subarray(at, at + 2);
        values[at] = Number.isNaN(low) ? value : Math.min(low, value);
        values[at + 1] = Number.isNaN(high) ? value : Math.max(high, value);
      }
      return values;
    }),
  };
}
