import type { Recording } from '../../core/recording.ts';
import { hampelOutliers } from '../filters/hampel.ts';
import type { MotionColumns } from '../tracks/motion-columns.ts';
import { coordinatesOf, noted, type Track } from '../tracks/tracks.ts';
import { inColumns } from '../tracks/workpiece.ts';

export interface RejectOutliersOptions {
  /** Frames on either side that a keypoint is compared with. */
  readonly window?: number;
  /** How many standard deviations are too many. */
  readonly deviations?: number;
}

export const DEFAULT_REJECT_OUTLIERS = {
  window: 3,
  deviations: 4,
} as const satisfies Required<RejectOutliersOptions>;

/** Noise that keypoints have at any rate: pixels in the picture, metres in the world. */
const LEAST_NOISE = { picture: 2, world: 0.01 } as const;

/**
 * Takes away keypoints that jump away from their neighbours in time (Hampel's identifier about a line): they are missing
 * from then on, and can be filled. Who jumps in the picture is no longer trusted in the world, either.
 *
 *     x:  3  4  90  6  7   →   3  4  –  6  7
 */
export function rejectOutliers(recording: Recording, options: RejectOutliersOptions = {}): Recording {
  return inColumns(recording, (columns) => rejectOutliersInColumns(columns, options));
}

export function rejectOutliersInColumns(columns: MotionColumns, options: RejectOutliersOptions): void {
  const { window, deviations } = { ...DEFAULT_REJECT_OUTLIERS, ...options };
  let rejected = 0;
  for (const track of columns.tracks) {
    for (const { keypoint, space, axes } of [...coordinatesOf(track)]) {
      const found = axes.map((column) => hampelOutliers(column, window, deviations, LEAST_NOISE[space]));
      for (let row = 0; row < track.length; row++) {
        if (!found.some((column) => column[row] === 1)) continue;
        if (space === 'picture') clear(track.points[keypoint] ?? [], row);
        clear(track.world?.[keypoint] ?? [], row);
        rejected++;
      }
    }
  }
  const what = `${rejected} outliers rejected (Hampel, ${window} frames on either side, ${deviations} deviations)`;
  columns.info = noted(columns.info, what);
}

function clear(columns: Track['points'][number], i: number): void {
  for (const [axis, column] of columns.entries()) column[i] = axis === columns.length - 1 ? 0 : Number.NaN;
}
