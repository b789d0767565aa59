/** For recordings of a single frame, which have no rate. */
const USUAL_FRAME_RATE = 30;

/** Where frames lie in a format that knows one frame rate and no times. */
export interface FrameGrid {
  /** Frames per second. */
  readonly rate: number;
  /** By frame, its row on the grid; the first is 0. Two frames may share one. */
  readonly rows: readonly number[];
  /** Rows in all. */
  readonly count: number;
}

/** @param times seconds, growing */
export function frameGrid(times: readonly number[]): FrameGrid {
  const rate = frameRateOf(times);
  const start = times[0] ?? 0;
  const rows = times.map((time) => Math.round((time - start) * rate));
  return { rate, rows, count: (rows.at(-1) ?? -1) + 1 };
}

/** Frames per second by the usual step between two of them. */
function frameRateOf(times: readonly number[]): number {
  const steps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
  const sorted = steps.filter((step) => step > 0).sort((a, b) => a - b);
  // Times are rounded in files; the middle one of the steps is the least off, and the usual one.
  const step = sorted[Math.floor(sorted.length / 2)];
  return step === undefined ? USUAL_FRAME_RATE : 1 / step;
}
