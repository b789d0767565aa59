import { cross, dot, lengthOf, normalize, scale, subtract, type Vector3 } from '../../core/vector.ts';

/** The floor in the camera's axes: the places p with up · p = −height. */
export interface Floor {
  /** Of length 1. */
  readonly up: Vector3;
  /** The camera's over the floor, in metres. */
  readonly height: number;
}

/** A foot that stands. */
export interface Footprint {
  /** From the camera, in its axes, in metres: x to the right, y up, z towards the viewer. */
  readonly place: Vector3;
  /** How far the place is above the floor, in metres. */
  readonly above: number;
  /** What it counts: frames that belong together count as one. */
  readonly weight: number;
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
export function findFloor(footprints: readonly Footprint[], guess: Vector3): Floor | null {
  const below = footprints.filter(({ place }) => dot(place, guess) < -LEAST_HEIGHT);
  if (below.length === 0) return null;
  const [first, second] = axesAcross(guess);
  let floor = alongGuess(below, guess);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const { up, height } = floor;
    // In units of the guess's axes: m = (−1 + a, b, c) / height.
    const matrix = [0, 0, 0, 0, 0, 0, 0, 0, 0];
    const right = [0, 0, 0];
    for (const { place, above, weight } of below) {
      // The foot's own height belongs to the plane that it stands on.
      const p = subtract(place, scale(up, above));
      const off = 1 + dot(up, p) / height;
      const counted = weight / (1 + (off / (2 * DISTANCE_ERROR)) ** 2) / DISTANCE_ERROR ** 2;
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

/** With the vertical as guessed, the height at which feet are on the plane at the median. */
function alongGuess(footprints: readonly Footprint[], guess: Vector3): Floor {
  const heights = footprints
    .map(({ place, above, weight }) => ({ height: above - dot(place, guess), weight }))
    .sort((a, b) => a.height - b.height);
  const half = heights.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let passed = 0;
  const middle = heights.find(({ weight }) => {
    passed += weight;
    return passed >= half;
  });
  return { up: guess, height: Math.max(LEAST_HEIGHT, middle?.height ?? LEAST_HEIGHT) };
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
