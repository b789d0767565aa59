import { cross, dot, lengthOf, normalize, scale, subtract, type Vector3 } from '../../core/numbers/vector.ts';
import type { Footprints } from './footprints.ts';

/** The floor in the camera's axes: the places p with up · p = −height. */
export interface Floor {
  /** Of length 1. */
  readonly up: Vector3;
  /** The camera's over the floor, in metres. */
  readonly height: number;
}

/** What distances are wrong by, as a share, and what a guess of the vertical is wrong by, in radians. */
const DISTANCE_ERROR = 0.04;
const TILT_ERROR = 0.05;
const ITERATIONS = 8;
/** A camera lies no lower than this, in metres. */
const LEAST_HEIGHT = 0.05;

/**
 * The plane that people stand on. Distances are what is uncertain of a foot's place, its direction hardly is, so the plane
 * is the one whose distances along the feet's directions differ least from those found, as shares: for m = −up / height,
 * the sum of (1 − m · p)² is least. A guess of the vertical holds what feet that stand close together leave open.
 *
 * @param guess of the vertical in the camera's axes, of length 1
 * @returns `null` if there are no feet below the camera
 */
export function findFloor(footprints: Footprints, guess: Vector3): Floor | null {
  const isBelow = (i: number): boolean => dot(footprints.placeOf(i), guess) < -LEAST_HEIGHT;
  const start = alongGuess(footprints, isBelow, guess);
  if (!start) return null;
  const [first, second] = axesAcross(guess);
  let floor = start;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const { up, height } = floor;
    // In units of the guess's axes: m = (−1 + a, b, c) / height.
    const matrix = [0, 0, 0, 0, 0, 0, 0, 0, 0];
    const right = [0, 0, 0];
    for (let foot = 0; foot < footprints.length; foot++) {
      if (!isBelow(foot)) continue;
      // The foot's own height belongs to the plane that it stands on.
      const p = subtract(footprints.placeOf(foot), scale(up, footprints.aboveOf(foot)));
      const off = 1 + dot(up, p) / height;
      const counted =
        footprints.weightOf(foot) / (1 + (off / (2 * DISTANCE_ERROR)) ** 2) / DISTANCE_ERROR ** 2;
      const row = [dot(p, guess), dot(p, first), dot(p, second)].map((value) => value / height);
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++) {
          matrix[i * 3 + j] = (matrix[i * 3 + j] ?? 0) + counted * (row[i] ?? 0) * (row[j] ?? 0);
        }
        right[i] = (right[i] ?? 0) + counted * (row[i] ?? 0);
      }
    }
    for (const i of [1, 2]) matrix[i * 4] = (matrix[i * 4] ?? 0) + 1 / TILT_ERROR ** 2;
    const m = solve3(matrix, right);
    if (!m) return floor;
    const [along, across, away] = m;
    const whole: Vector3 = [0, 1, 2].map(
      (axis) => -(along * (guess[axis] ?? 0) + across * (first[axis] ?? 0) + away * (second[axis] ?? 0)),
    ) as unknown as Vector3;
    const direction = normalize(whole);
    if (!direction || dot(direction, guess) <= 0) return floor;
    floor = { up: direction, height: Math.max(LEAST_HEIGHT, height / lengthOf(whole)) };
  }
  return floor;
}

/** With the vertical as guessed, the height at which feet are on the plane at the median; `null`: there are none. */
function alongGuess(footprints: Footprints, isMeant: (i: number) => boolean, guess: Vector3): Floor | null {
  const heights = new Float32Array(footprints.length).fill(Number.NaN);
  let half = 0;
  for (let i = 0; i < heights.length; i++) {
    if (!isMeant(i)) continue;
    heights[i] = footprints.aboveOf(i) - dot(footprints.placeOf(i), guess);
    half += footprints.weightOf(i) / 2;
  }
  // Those that are no numbers come last.
  const sorted = heights.toSorted();
  let [low, high] = [0, sorted.findLastIndex((height) => !Number.isNaN(height))];
  if (high < 0) return null;
  while (low < high) {
    const middle = (low + high) >> 1;
    const height = sorted[middle] ?? 0;
    let weight = 0;
    for (let i = 0; i < heights.length; i++) {
      if ((heights[i] ?? Number.NaN) <= height) weight += footprints.weightOf(i);
    }
    if (weight >= half) high = middle;
    else low = middle + 1;
  }
  return { up: guess, height: Math.max(LEAST_HEIGHT, sorted[low] ?? LEAST_HEIGHT) };
}

function axesAcross(up: Vector3): readonly [Vector3, Vector3] {
  const across = normalize(cross(up, [0, 0, 1])) ?? [1, 0, 0];
  return [across, cross(across, up)];
}

/** By Cramer's rule. @param m row by row */
function solve3(m: readonly number[], right: readonly number[]): readonly [number, number, number] | null {
  const column = (i: number): Vector3 => [m[i] ?? 0, m[3 + i] ?? 0, m[6 + i] ?? 0];
  const [a, b, c] = [column(0), column(1), column(2)];
  const r: Vector3 = [right[0] ?? 0, right[1] ?? 0, right[2] ?? 0];
  const determinant = dot(a, cross(b, c));
  if (!(Math.abs(determinant) > 1e-12)) return null;
  return [
    dot(r, cross(b, c)) / determinant,
    dot(a, cross(r, c)) / determinant,
    dot(a, cross(b, r)) / determinant,
  ];
}
