/** x, y, z. */
export type Vector3 = readonly [x: number, y: number, z: number];

export const ZERO: Vector3 = [0, 0, 0];

export function add(a: Vector3, b: Vector3): Vector3 {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

export function subtract(a: Vector3, b: Vector3): Vector3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function scale(a: Vector3, factor: number): Vector3 {
  return [a[0] * factor, a[1] * factor, a[2] * factor];
}

export function dot(a: Vector3, b: Vector3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector3, b: Vector3): Vector3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function lengthOf(a: Vector3): number {
  return Math.hypot(a[0], a[1], a[2]);
}

/** Of length 1; `null` if it has no direction. */
export function normalize(a: Vector3): Vector3 | null {
  const length = lengthOf(a);
  return length > 1e-9 ? scale(a, 1 / length) : null;
}

/** The angle between two directions, in radians from 0 to π; NaN if one has none. */
export function angleBetween(a: Vector3, b: Vector3): number {
  // By its tangent: a cosine tells small angles badly.
  return lengthOf(a) > 0 && lengthOf(b) > 0 ? Math.atan2(lengthOf(cross(a, b)), dot(a, b)) : Number.NaN;
}

export function isFiniteVector(a: Vector3): boolean {
  return a.every(Number.isFinite);
}
