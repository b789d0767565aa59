import { type Person, POINT_STRIDE, type Pose, WORLD_STRIDE } from '../../core/pose.ts';
import type { Part } from '../corrections/edit.ts';
import { type AngleId, jointAngle } from '../kinematics/angles.ts';
import { measuredPose } from '../placing/spatial-pose.ts';

/** What can be plotted of a keypoint. */
export type Quantity = 'x' | 'y' | 'z' | 'speed' | 'score';
export const quantities: readonly Quantity[] = ['x', 'y', 'z', 'speed', 'score'];

export type Unit = 'px' | 'm' | 'px/s' | '°' | '';
/** x and y in pixels of the picture, z in metres from the hips, speed in pixels a second. */
export const unitOf: Readonly<Record<Quantity, Unit>> = {
  x: 'px',
  y: 'px',
  z: 'm',
  speed: 'px/s',
  score: '',
};

/** A number over time: a quantity of a keypoint of somebody, or an angle. */
export type Series =
  | {
      readonly kind: 'keypoint';
      readonly personId: number;
      readonly part: Part;
      readonly keypoint: number;
      readonly quantity: Quantity;
    }
  | { readonly kind: 'angle'; readonly personId: number; readonly angle: AngleId };

export function seriesUnit(series: Series): Unit {
  return series.kind === 'angle' ? '°' : unitOf[series.quantity];
}

export function isSameSeries(a: Series, b: Series): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A series' number in one frame; NaN: missing. Speeds come from `speeds`, for they take several frames. */
export function readSeries(person: Person, series: Series): number {
  if (series.kind === 'angle') {
    const pose = measuredPose(person);
    return pose ? jointAngle(pose, series.angle) : Number.NaN;
  }
  const pose = person[series.part];
  if (!pose) return Number.NaN;
  return readQuantity(pose, series.keypoint, series.quantity);
}

function readQuantity({ points, world }: Pose, keypoint: number, quantity: Quantity): number {
  const at = keypoint * POINT_STRIDE;
  switch (quantity) {
    case 'x':
      return points[at] ?? Number.NaN;
    case 'y':
      return points[at + 1] ?? Number.NaN;
    case 'score':
      return points[at + 2] ?? Number.NaN;
    case 'z':
      return world?.[keypoint * WORLD_STRIDE + 2] ?? Number.NaN;
    case 'speed':
      return Number.NaN;
  }
}

/**
 * Speeds by the central difference: the way from the frame before to the frame behind, by their time. At the ends of
 * a stretch, the way to the one neighbour there is.
 *
 * @param times seconds, growing
 * @param xs with NaN where missing, as `ys`
 */
export function speeds(times: ArrayLike<number>, xs: ArrayLike<number>, ys: ArrayLike<number>): Float32Array {
  const result = new Float32Array(times.length);
  const isThere = (i: number): boolean => i >= 0 && i < times.length && !Number.isNaN(xs[i]);
  for (let i = 0; i < times.length; i++) {
    const before = isThere(i - 1) ? i - 1 : i;
    const after = isThere(i + 1) ? i + 1 : i;
    const elapsed = (times[after] ?? 0) - (times[before] ?? 0);
    const way = Math.hypot((xs[after] ?? 0) - (xs[before] ?? 0), (ys[after] ?? 0) - (ys[before] ?? 0));
    result[i] = isThere(i) && elapsed > 0 ? way / elapsed : Number.NaN;
  }
  return result;
}
