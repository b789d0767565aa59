import { greatest, smallest } from '../../../core/lists.ts';
import { add, cross, dot, normalize, scale, subtract, type Vector3 } from '../../../core/numbers/vector.ts';

/** Where a camera stands, and what it looks at, in metres. */
export interface Viewpoint {
  readonly position: Vector3;
  readonly target: Vector3;
}

/** A view as somebody has it before them. */
export interface SeenView extends Viewpoint {
  /** Width over height of the picture. */
  readonly aspect: number;
}

/** The same view for a picture of another shape: from further away where it is narrower. */
export function widenView({ position, target, aspect }: SeenView, to: number): Viewpoint {
  const factor = Math.max(1, aspect / to);
  return { target, position: add(target, scale(subtract(position, target), factor)) };
}

export interface Lens {
  /** From the picture's top to its bottom, in degrees. */
  readonly fieldOfView: number;
  /** Width over height of the picture. */
  readonly aspect: number;
}

export interface FrameOptions {
  /** It is to be seen from all around, at the same distance. */
  readonly isTurning?: boolean;
  /** What may come beyond the points while it isn't known yet, in metres. */
  readonly slack?: number;
}

/** The room's views: from where everybody is looked at. */
export const viewDirections = ['front', 'angled', 'side', 'top'] as const;
export type ViewDirection = (typeof viewDirections)[number] | 'back' | 'left' | 'below';

export const FIELD_OF_VIEW = 32;
const toRadians = (degrees: number): number => (degrees * Math.PI) / 180;
/** Degrees that the angled view is turned from the front by, and that it looks down by. */
const ANGLED_TURN = 35;
const ANGLED_DOWN = 9;
/** Views from a side look down by this, so that the floor is a plane and no line. */
const LEVEL_DOWN = 4;

/** From what is looked at to the camera, of length 1. Straight from above there would be no upwards. */
export const DIRECTIONS: Readonly<Record<ViewDirection, Vector3>> = {
  front: lookingDown(0, LEVEL_DOWN),
  angled: lookingDown(ANGLED_TURN, ANGLED_DOWN),
  side: lookingDown(90, LEVEL_DOWN),
  back: lookingDown(180, LEVEL_DOWN),
  left: lookingDown(-90, LEVEL_DOWN),
  top: [0, 1, 0.001],
  below: [0, -1, 0.001],
};

function lookingDown(turn: number, down: number): Vector3 {
  const [around, above] = [toRadians(turn), toRadians(down)];
  return [Math.sin(around) * Math.cos(above), Math.sin(above), Math.cos(around) * Math.cos(above)];
}

/** Share of the picture's height, or width, that people fill. */
const FILL = 0.78;
/** From above, people are wider than deep: what they fill is the width, as far as their depth leaves it. */
const FILL_FROM_ABOVE = 0.9;
/** Steeper than this, in the sine of the angle, is from above, or from below. */
const STEEP = 0.9;
/** Nobody is nearer to the camera than this, in metres; hands are, by far. */
const NEAREST = 0.05;
/** A camera that goes round sees points from this many directions. */
const RING_STEPS = 24;
/** The picture is of so many metres at least: a single joint would be enlarged without end. */
const LEAST_SIZE = 0.3;
const UP: Vector3 = [0, 1, 0];

/** Somebody of usual height at the middle of the room: what is looked at before anybody is there. */
export const EMPTY_ROOM: Float32Array = Float32Array.from(
  [-0.45, 0.45].flatMap((x) => [0, 1.8].flatMap((y) => [-0.3, 0.3].flatMap((z) => [x, y, z]))),
);

/** The box along the room's axes around points: x, y, z one after the other. @returns `null`: there are none */
export function boxOfPoints(points: Float32Array): RoomBox | null {
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (const [i, value] of points.entries()) {
    const axis = (i % 3) as 0 | 1 | 2;
    low[axis] = Math.min(low[axis], value);
    high[axis] = Math.max(high[axis], value);
  }
  return low[0] <= high[0] ? { low, high } : null;
}

/** A box along the room's axes, in metres. */
export interface RoomBox {
  readonly low: Vector3;
  readonly high: Vector3;
}

/** Lies a box in another that is larger by some metres on every side? */
export function isInside(inner: RoomBox, outer: RoomBox, slack = 0): boolean {
  return [0, 1, 2].every(
    (axis) =>
      (inner.low[axis] ?? 0) >= (outer.low[axis] ?? 0) - slack &&
      (inner.high[axis] ?? 0) <= (outer.high[axis] ?? 0) + slack,
  );
}

/**
 * The nearest viewpoint from which all points are in the picture, in its middle, and fill most of it.
 *
 * A camera of a fixed direction sees a point at (x, y) beside its axis and z before it if |x| ≤ z·t and |y| ≤ z·t′, with the
 * tangents of half its angles. For the camera's own place each point bounds x − z·t from above and x + z·t from below: the
 * extremes of both say how far back it has to go, and their middle is where it stands across. What is fitted are the points
 * themselves: the corners of a box around them are further out than anybody.
 *
 * @param points x, y, z in metres one after the other, at least one
 * @param direction from what is looked at to the camera
 */
export function framePoints(
  points: Float32Array,
  direction: Vector3,
  { fieldOfView, aspect }: Lens,
  { isTurning = false, slack = 0 }: FrameOptions = {},
): Viewpoint {
  const forward = scale(normalize(direction) ?? [0, 0, 1], -1);
  const right = normalize(cross(forward, UP)) ?? [1, 0, 0];
  const up = cross(right, forward);
  const half = Math.tan(toRadians(fieldOfView) / 2);
  const isSteep = Math.abs(forward[1]) > STEEP;
  const middle = middleOf(points);
  const all = isTurning ? ringAround(points, middle) : toVectors(points);
  const depths = all.map((point) => dot(point, forward));
  const across = fitAlong(all, depths, right, half * FILL * aspect, slack);
  const along = fitAlong(all, depths, up, half * (isSteep ? FILL_FROM_ABOVE : FILL), slack);
  const [near, far] = [smallest(depths), greatest(depths)];
  const least = LEAST_SIZE / 2 / half / Math.min(1, aspect);
  const depth = Math.min(across.depth, along.depth, near - NEAREST, (near + far) / 2 - least);
  const position = add(add(scale(right, across.middle), scale(up, along.middle)), scale(forward, depth));
  const reach = isTurning ? distanceToAxis(position, forward, middle) : null;
  return { position, target: add(position, scale(forward, reach ?? (near + far) / 2 - depth)) };
}

/** Along one side of the picture: where the camera stands, and the greatest depth from which it sees all. */
function fitAlong(
  points: readonly Vector3[],
  depths: readonly number[],
  axis: Vector3,
  tangent: number,
  slack: number,
): { readonly middle: number; readonly depth: number } {
  const around = slack * Math.hypot(1, tangent);
  const highest = greatest(points.map((point, i) => dot(point, axis) - tangent * (depths[i] ?? 0))) + around;
  const lowest = smallest(points.map((point, i) => dot(point, axis) + tangent * (depths[i] ?? 0))) - around;
  return { middle: (highest + lowest) / 2, depth: (lowest - highest) / (2 * tangent) };
}

function toVectors(points: Float32Array): Vector3[] {
  return Array.from(
    { length: points.length / 3 },
    (_, i): Vector3 => [points[i * 3] ?? 0, points[i * 3 + 1] ?? 0, points[i * 3 + 2] ?? 0],
  );
}

/** What points go through when they are turned about an upright axis: the same from every side. */
function ringAround(points: Float32Array, [x, , z]: Vector3): Vector3[] {
  return toVectors(points).flatMap(([px, y, pz]) => {
    // Corners of a polygon around the circle, so that all of the circle is in it.
    const radius = Math.hypot(px - x, pz - z) / Math.cos(Math.PI / RING_STEPS);
    return Array.from({ length: RING_STEPS }, (_, i): Vector3 => {
      const angle = (i * 2 * Math.PI) / RING_STEPS;
      return [x + radius * Math.sin(angle), y, z + radius * Math.cos(angle)];
    });
  });
}

/** How far the upright axis through a point lies before the camera; `null`: it looks along it. */
function distanceToAxis(position: Vector3, forward: Vector3, [x, , z]: Vector3): number | null {
  const level = Math.hypot(forward[0], forward[2]);
  if (level < 1e-3) return null;
  return ((x - position[0]) * forward[0] + (z - position[2]) * forward[2]) / level ** 2;
}

function middleOf(points: Float32Array): Vector3 {
  const { low, high } = boxOfPoints(points) ?? { low: [0, 0, 0], high: [0, 0, 0] };
  return scale(add(low, high), 0.5);
}
