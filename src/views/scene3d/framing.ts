import { greatest, smallest } from '../../core/lists.ts';
import { add, cross, dot, normalize, scale, subtract, type Vector3 } from '../../core/numbers/vector.ts';
import { WORLD_STRIDE } from '../../core/pose.ts';
import type { StandingPerson } from '../../motion/placing/standing.ts';

/** A box along the room's axes that everybody is in, in metres. */
export interface RoomBox {
  readonly low: Vector3;
  readonly high: Vector3;
}

/** Where a camera stands, and what it looks at, in metres. */
export interface Viewpoint {
  readonly position: Vector3;
  readonly target: Vector3;
}

export interface Lens {
  /** From the picture's top to its bottom, in degrees. */
  readonly fieldOfView: number;
  /** Width over height of the picture. */
  readonly aspect: number;
}

/** What is around a joint: heads above the ears, flesh, feet; in metres. */
const AROUND_JOINTS = 0.15;
/** What somebody takes who stands or walks: around the pelvis and upwards, in metres. */
const AROUND_PELVIS = 0.5;
const TALL = 1.9;
/** Share of the picture's half that stays free at its edge. */
const MARGIN = 0.08;
/** Nearer than this to the middle it looks at, a single hand would fill the picture. In metres. */
const MINIMUM_DISTANCE = 1.6;
/** A camera that goes round sees the corners of this many directions. */
const RING_CORNERS = 24;
const UP: Vector3 = [0, 1, 0];

/**
 * The box around all joints that are drawn.
 *
 * @param threshold score from which a joint is drawn
 * @param isMirrored the room is shown mirrored: x is negated
 * @returns `null`: nobody is drawn
 */
export function boxOfPeople(
  people: readonly StandingPerson[],
  threshold: number,
  isMirrored = false,
): RoomBox | null {
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (const { positions } of people.flatMap(({ poses }) => poses)) {
    for (let at = 0; at < positions.length; at += WORLD_STRIDE) {
      const [x = Number.NaN, y = Number.NaN, z = Number.NaN, score = 0] = positions.subarray(
        at,
        at + WORLD_STRIDE,
      );
      if (!(score > 0 && score >= threshold) || !Number.isFinite(x + y + z)) continue;
      for (const [axis, value] of [isMirrored ? -x : x, y, z].entries()) {
        low[axis] = Math.min(low[axis] ?? value, value - AROUND_JOINTS);
        high[axis] = Math.max(high[axis] ?? value, value + AROUND_JOINTS);
      }
    }
  }
  return low[0] <= high[0] ? { low, high } : null;
}

/** The box around people who go along paths: x, z over the floor, one after the other. @returns `null`: there are none */
export function boxOfPaths(paths: Iterable<Float32Array>, isMirrored = false): RoomBox | null {
  let box: RoomBox | null = null;
  for (const path of paths) {
    for (let at = 0; at < path.length; at += 2) {
      const [x = Number.NaN, z = Number.NaN] = path.subarray(at, at + 2);
      if (!Number.isFinite(x + z)) continue;
      const middle = isMirrored ? -x : x;
      box = joinBoxes(box, {
        low: [middle - AROUND_PELVIS, 0, z - AROUND_PELVIS],
        high: [middle + AROUND_PELVIS, TALL, z + AROUND_PELVIS],
      });
    }
  }
  return box;
}

/** The smallest box around both. */
export function joinBoxes(a: RoomBox | null, b: RoomBox | null): RoomBox | null {
  if (!a || !b) return a ?? b;
  const of = (choose: (p: number, q: number) => number, p: Vector3, q: Vector3): Vector3 => [
    choose(p[0], q[0]),
    choose(p[1], q[1]),
    choose(p[2], q[2]),
  ];
  return { low: of(Math.min, a.low, b.low), high: of(Math.max, a.high, b.high) };
}

/** Lies a box in another? */
export function isInside(inner: RoomBox, outer: RoomBox): boolean {
  return [0, 1, 2].every(
    (axis) =>
      (inner.low[axis] ?? 0) >= (outer.low[axis] ?? 0) && (inner.high[axis] ?? 0) <= (outer.high[axis] ?? 0),
  );
}

/**
 * The nearest viewpoint from which all of a box is in the picture, with a margin.
 *
 * A camera of a fixed direction sees a point at (x, y) beside its axis and z before it if |x| ≤ z·t and |y| ≤ z·t′, with the
 * tangents of half its angles. For the camera's own place each corner bounds x − z·t from above and x + z·t from below: the
 * extremes of both say how far back it has to go, and their middle is where it stands across.
 *
 * @param direction from what is looked at to the camera
 * @param isTurning it is to see all of it from all around, at the same distance
 */
export function frameBox(
  box: RoomBox,
  direction: Vector3,
  { fieldOfView, aspect }: Lens,
  isTurning = false,
): Viewpoint {
  const forward = scale(normalize(direction) ?? [0, 0, 1], -1);
  const right = normalize(cross(forward, UP)) ?? [1, 0, 0];
  const up = cross(right, forward);
  const tangent = Math.tan((fieldOfView * Math.PI) / 360) * (1 - MARGIN);
  const corners = isTurning ? ringAround(box) : cornersOf(box);
  const depths = corners.map((corner) => dot(corner, forward));
  const across = fitAlong(corners, depths, right, tangent * aspect);
  const along = fitAlong(corners, depths, up, tangent);
  const middle = (smallest(depths) + greatest(depths)) / 2;
  const depth = Math.min(across.depth, along.depth, middle - MINIMUM_DISTANCE);
  const position = add(add(scale(right, across.middle), scale(up, along.middle)), scale(forward, depth));
  const reach = isTurning ? distanceToAxis(position, forward, box) : null;
  return { position, target: add(position, scale(forward, reach ?? middle - depth)) };
}

/** Along one side of the picture: where the camera stands, and the greatest depth from which it sees all. */
function fitAlong(
  corners: readonly Vector3[],
  depths: readonly number[],
  axis: Vector3,
  tangent: number,
): { readonly middle: number; readonly depth: number } {
  const highest = greatest(corners.map((corner, i) => dot(corner, axis) - tangent * (depths[i] ?? 0)));
  const lowest = smallest(corners.map((corner, i) => dot(corner, axis) + tangent * (depths[i] ?? 0)));
  return { middle: (highest + lowest) / 2, depth: (lowest - highest) / (2 * tangent) };
}

function cornersOf({ low, high }: RoomBox): Vector3[] {
  return [low[0], high[0]].flatMap((x) =>
    [low[1], high[1]].flatMap((y) => [low[2], high[2]].map((z): Vector3 => [x, y, z])),
  );
}

/** What the box's corners go through when it is turned about its upright axis: the same from every side. */
function ringAround({ low, high }: RoomBox): Vector3[] {
  // Corners of a polygon around the circle, so that all of the circle is in it.
  const radius = Math.hypot(high[0] - low[0], high[2] - low[2]) / 2 / Math.cos(Math.PI / RING_CORNERS);
  const [x, , z] = middleOf({ low, high });
  return Array.from({ length: RING_CORNERS }, (_, i) => (i * 2 * Math.PI) / RING_CORNERS).flatMap((angle) =>
    [low[1], high[1]].map((y): Vector3 => [x + radius * Math.sin(angle), y, z + radius * Math.cos(angle)]),
  );
}

/** How far the box's upright axis lies before the camera; `null`: it looks along it. */
function distanceToAxis(position: Vector3, forward: Vector3, box: RoomBox): number | null {
  const level = Math.hypot(forward[0], forward[2]);
  if (level < 1e-3) return null;
  const [x, , z] = subtract(middleOf(box), position);
  return (x * forward[0] + z * forward[2]) / level ** 2;
}

function middleOf({ low, high }: RoomBox): Vector3 {
  return scale(add(low, high), 0.5);
}
