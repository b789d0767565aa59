import type { Vector3 } from '../../core/numbers/vector.ts';
import { type KeypointSetId, POINT_STRIDE, WORLD_STRIDE } from '../../core/pose.ts';
import { footPoints } from './feet.ts';
import type { SpatialPose } from './spatial-pose.ts';

/** Points of both feet, at most. */
const MOST_POINTS = 4;
/** x, y, z in metres, score, x, y in pixels. */
const STRIDE = 6;

/** A point of a foot that is seen. */
export interface SeenFootPoint {
  /** Metres, as world keypoints. */
  readonly at: Vector3;
  /** See `FootPoint`. */
  readonly heightShare: number;
  /** Its position among the points of the set. */
  readonly point: number;
}

/** What of somebody's poses is known of their feet, by row. */
export class FootColumns {
  readonly #sets: readonly (KeypointSetId | null)[];
  readonly #numbers: Float32Array;

  constructor(poses: readonly (SpatialPose | null)[]) {
    this.#sets = poses.map((pose) => pose?.set ?? null);
    this.#numbers = new Float32Array(poses.length * MOST_POINTS * STRIDE).fill(Number.NaN);
    for (const [row, pose] of poses.entries()) {
      if (!pose) continue;
      for (const [point, { keypoint }] of footPoints(pose.set).entries()) {
        const world = pose.world.subarray(keypoint * WORLD_STRIDE, (keypoint + 1) * WORLD_STRIDE);
        const [x = Number.NaN, y = Number.NaN] = pose.points.subarray(keypoint * POINT_STRIDE);
        this.#numbers.set([...world, x, y], (row * MOST_POINTS + point) * STRIDE);
      }
    }
  }

  pointsIn(row: number): SeenFootPoint[] {
    const set = this.#sets[row];
    if (!set) return [];
    return footPoints(set).flatMap(({ heightShare }, point) => {
      const start = (row * MOST_POINTS + point) * STRIDE;
      const [x = Number.NaN, y = Number.NaN, z = Number.NaN, score = 0] = this.#numbers.subarray(start);
      return score > 0 ? [{ at: [x, y, z], heightShare, point }] : [];
    });
  }

  /** Where a point is in the picture; NaN: not known. */
  pixelIn(row: number, point: number): readonly [x: number, y: number] {
    if (row < 0) return [Number.NaN, Number.NaN];
    const start = (row * MOST_POINTS + point) * STRIDE + WORLD_STRIDE;
    return [this.#numbers[start] ?? Number.NaN, this.#numbers[start + 1] ?? Number.NaN];
  }
}
