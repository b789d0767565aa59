import { cross, dot, normalize, type Vector3 } from './vector.ts';

/** A rotation as a unit quaternion x, y, z, w. */
export type Quaternion = readonly [x: number, y: number, z: number, w: number];

export const IDENTITY: Quaternion = [0, 0, 0, 1];

/** First `b`, then `a`. */
export function multiply(a: Quaternion, b: Quaternion): Quaternion {
  return [
    a[3] * b[0] + a[0] * b[3] + a[1] * b[2] - a[2] * b[1],
    a[3] * b[1] - a[0] * b[2] + a[1] * b[3] + a[2] * b[0],
    a[3] * b[2] + a[0] * b[1] - a[1] * b[0] + a[2] * b[3],
    a[3] * b[3] - a[0] * b[0] - a[1] * b[1] - a[2] * b[2],
  ];
}

export function invert(a: Quaternion): Quaternion {
  return [-a[0], -a[1], -a[2], a[3]];
}

export function rotate(a: Quaternion, [x, y, z]: Vector3): Vector3 {
  const [rx, ry, rz] = multiply(multiply(a, [x, y, z, 0]), invert(a));
  return [rx, ry, rz];
}

/** The shortest rotation from one direction to another, both of length 1. */
export function between(from: Vector3, to: Vector3): Quaternion {
  const cosine = dot(from, to);
  if (cosine < -1 + 1e-9) {
    // Half a turn about anything at right angles.
    const axis = normalize(cross(from, Math.abs(from[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0])) ?? [0, 0, 1];
    return [...axis, 0];
  }
  const [x, y, z] = cross(from, to);
  return unit([x, y, z, 1 + cosine]);
}

/** The rotation that takes the axes x, y, z to three directions at right angles to one another. */
export function fromAxes(x: Vector3, y: Vector3, z: Vector3): Quaternion {
  const trace = x[0] + y[1] + z[2];
  if (trace > 0) return unit([y[2] - z[1], z[0] - x[2], x[1] - y[0], 1 + trace]);
  if (x[0] > y[1] && x[0] > z[2]) {
    return unit([1 + x[0] - y[1] - z[2], x[1] + y[0], z[0] + x[2], y[2] - z[1]]);
  }
  if (y[1] > z[2]) return unit([x[1] + y[0], 1 + y[1] - x[0] - z[2], y[2] + z[1], z[0] - x[2]]);
  return unit([z[0] + x[2], y[2] + z[1], 1 + z[2] - x[0] - y[1], x[1] - y[0]]);
}

/** Of the two quaternions of a rotation, the one nearer to another: interpolation goes the short way then. */
export function nearerTo(reference: Quaternion, a: Quaternion): Quaternion {
  const cosine = reference[0] * a[0] + reference[1] * a[1] + reference[2] * a[2] + reference[3] * a[3];
  return cosine < 0 ? [-a[0], -a[1], -a[2], -a[3]] : a;
}

/**
 * Angles about z, then the turned x, then the turned y (R = Rz · Rx · Ry), in radians, as BVH has them in the order
 * Zrotation Xrotation Yrotation. Where x is at ±90°, y is taken as 0.
 */
export function toEulerZxy([x, y, z, w]: Quaternion): readonly [z: number, x: number, y: number] {
  const sine = Math.min(1, Math.max(-1, 2 * (y * z + w * x)));
  if (Math.abs(sine) > 1 - 1e-9) {
    return [Math.atan2(2 * (x * y + w * z), 1 - 2 * (y * y + z * z)), (Math.sign(sine) * Math.PI) / 2, 0];
  }
  return [
    Math.atan2(-2 * (x * y - w * z), 1 - 2 * (x * x + z * z)),
    Math.asin(sine),
    Math.atan2(-2 * (x * z - w * y), 1 - 2 * (x * x + y * y)),
  ];
}

function unit([x, y, z, w]: Quaternion): Quaternion {
  const length = Math.hypot(x, y, z, w);
  return [x / length, y / length, z / length, w / length];
}
