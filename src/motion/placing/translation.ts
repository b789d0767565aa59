import { greatest, smallest } from '../../core/lists.ts';
import { POINT_STRIDE, type Pose, WORLD_STRIDE } from '../../core/pose.ts';
import { type Pinhole, rayThrough } from './camera.ts';

/**
 * What the keypoints of somebody in one frame say of where they are, as x = xOrigin + xSlope · depth and likewise y: for a
 * depth in front of the camera, the place in the picture fixes the rest.
 */
export interface Sighting {
  readonly xOrigin: number;
  readonly xSlope: number;
  readonly yOrigin: number;
  readonly ySlope: number;
  /** Metres in front of the camera at which the keypoints are reprojected best. */
  readonly depth: number;
  /** Root of the mean squared distance of reprojected keypoints, as a share of the body's size in the picture. */
  readonly error: number;
}

/** Keypoints with lower scores are guesses. */
const LEAST_SCORE = 0.3;
/** Less keypoints than this say little of depth. */
const LEAST_KEYPOINTS = 5;
const ITERATIONS = 6;
/** A keypoint this share of the body's size off counts half. */
const TOLERANCE = 0.04;
const LEAST_DEPTH = 0.2;
const MOST_DEPTH = 100;

/**
 * The translation of world keypoints, in the camera's axes, that best reprojects them onto the picture: weighted least
 * squares, linear in the translation, weighted anew by Cauchy's function of each keypoint's distance in pixels.
 *
 * After: D. Mehta et al., "VNect", ACM Trans. Graph. 36 (2017), 4.4, with a full camera; weights: P. J. Huber, Robust
 * Statistics.
 *
 * @param points x, y, score a keypoint
 * @param world x, y, z, score a keypoint: metres, y up, z towards the viewer, in the camera's axes
 * @returns `null` if too few keypoints are known
 */
export function sight(
  { points, world }: Pick<Pose, 'points'> & { readonly world: Float32Array },
  camera: Pinhole,
): Sighting | null {
  const rays: { a: number; b: number; x: number; y: number; z: number; score: number; weight: number }[] = [];
  for (let i = 0; i * POINT_STRIDE < points.length; i++) {
    const [u = Number.NaN, v = Number.NaN, score = 0] = points.subarray(
      i * POINT_STRIDE,
      (i + 1) * POINT_STRIDE,
    );
    const [x = Number.NaN, y = Number.NaN, z = Number.NaN] = world.subarray(
      i * WORLD_STRIDE,
      (i + 1) * WORLD_STRIDE,
    );
    if (score < LEAST_SCORE || !Number.isFinite(u + v + x + y + z)) continue;
    const [a, b] = rayThrough(camera, u, v);
    rays.push({ a, b, x, y, z, score, weight: score });
  }
  if (rays.length < LEAST_KEYPOINTS) return null;
  const extent = (pick: (ray: (typeof rays)[number]) => number): number =>
    greatest(rays.map(pick)) - smallest(rays.map(pick));
  // Sizes in units of the plane one metre in front of the camera.
  const size = Math.hypot(
    extent(({ a }) => a),
    extent(({ b }) => b),
  );
  if (!(size > 0)) return null;
  let result: Sighting | null = null;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    // With depth d of the pelvis: x + tx = a (d − z), y + ty = b (d − z).
    let [w, wa, wb, wx, wy, square, mixed] = [0, 0, 0, 0, 0, 0, 0];
    for (const { a, b, x, y, z, weight } of rays) {
      const [p, q] = [x + a * z, y + b * z];
      w += weight;
      wa += weight * a;
      wb += weight * b;
      wx += weight * p;
      wy += weight * q;
      square += weight * (a * a + b * b);
      mixed += weight * (a * p + b * q);
    }
    if (!(w > 0)) return result;
    const spread = square - (wa * wa + wb * wb) / w;
    const depth = (mixed - (wa * wx + wb * wy) / w) / spread;
    if (!(depth > LEAST_DEPTH && depth < MOST_DEPTH)) return result;
    const [xOrigin, xSlope, yOrigin, ySlope] = [-wx / w, wa / w, -wy / w, wb / w];
    const [tx, ty] = [xOrigin + xSlope * depth, yOrigin + ySlope * depth];
    let [sum, weights] = [0, 0];
    for (const ray of rays) {
      const away = Math.max(LEAST_DEPTH, depth - ray.z);
      const off = Math.hypot((ray.x + tx) / away - ray.a, (ray.y + ty) / away - ray.b) / size;
      // Errors count in the picture: a row's error in metres is divided by how far away it is.
      ray.weight = ray.score / ((1 + (off / TOLERANCE) ** 2) * away * away);
      const counted = ray.score / (1 + (off / TOLERANCE) ** 2);
      sum += counted * off * off;
      weights += counted;
    }
    result = { xOrigin, xSlope, yOrigin, ySlope, depth, error: Math.sqrt(sum / weights) };
  }
  return result;
}
