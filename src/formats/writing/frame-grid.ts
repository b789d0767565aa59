import { usualFrameRate } from '../../core/time/frame-rate.ts';

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
  const rate = usualFrameRate(times) ?? USUAL_FRAME_RATE;
  const start = times[0] ?? 0;
  const rows = times.map((time) => Math.round((time - start) * rate));
  return { rate, rows, count: (rows.at(-1) ?? -1) + 1 };
}

/** Is a frame written that shares its row with others? The last of them is. @param position of the frame */
export function hasOwnRow({ rows }: FrameGrid, position: number): boolean {
  return rows[position] !== rows[position + 1];
}

/** What is said of frames that share a row with a later one, in sentences; none: nothing is lost. */
export function describeShared(grid: FrameGrid): string[] {
  const lost = grid.rows.filter((_, position) => !hasOwnRow(grid, position)).length;
  if (lost === 0) return [];
  const which = lost === 1 ? 'One frame is' : `${lost} frames are`;
  return [
    `${which} left out: the format has one frame rate, here ${Number(grid.rate.toFixed(3))} a second, and the next frame comes too soon after ${lost === 1 ? 'it' : 'them'}. Limn JSON and CSV have all frames.`,
  ];
}
