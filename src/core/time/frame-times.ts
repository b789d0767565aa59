/** What the frames of a video are, as its file says before any is decoded. */
export interface FrameTimes {
  /** Seconds at which each frame is shown, growing. */
  readonly times: Float64Array;
  /** Seconds of the frames at which decoding can begin, growing. */
  readonly keyTimes: Float64Array;
  /** Frames come one after the other in time; else some have the time of an earlier one, or one before it. */
  readonly isOrdered: boolean;
}

/** Times are microseconds in a browser's frames and fractions in files: nearer than this is the same time. */
export const SAME_TIME = 1e-4;

/** The position of the frame nearest to a time. */
export function nearestFrame(times: Float64Array, time: number): number {
  const after = firstAtOrAfter(times, time);
  const before = Math.max(0, after - 1);
  const distanceAfter = Math.abs((times[after] ?? Number.POSITIVE_INFINITY) - time);
  const distanceBefore = Math.abs((times[before] ?? Number.POSITIVE_INFINITY) - time);
  return distanceBefore < distanceAfter ? before : after;
}

/** The position of the first time that is not before the given one; the length, if all are. */
export function firstAtOrAfter(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Number.POSITIVE_INFINITY) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
