import type { Vector3 } from '../../core/numbers/vector.ts';
import {
  keypointCount,
  type Person,
  POINT_STRIDE,
  type Pose,
  pointX,
  pointY,
  WORLD_STRIDE,
} from '../../core/pose.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { USUAL_FIELD_OF_VIEW } from './camera.ts';

/** Joints of a person in the room: x, y, z in metres, score; four numbers a keypoint, as in {@link Pose.world}. */
export interface StandingPose {
  readonly pose: Pose;
  readonly positions: Float32Array;
}

export interface StandingPerson {
  readonly id: number;
  readonly poses: readonly StandingPose[];
  /** Where the pelvis is, in metres. */
  readonly pelvis: Vector3 | null;
}

/**
 * Which of somebody's two 3-D bodies: `auto` is what the model itself gives, else what was lifted; `lifted` the other way
 * round.
 */
export type SpatialChoice = 'auto' | 'lifted' | 'both';
export const spatialChoices: readonly SpatialChoice[] = ['auto', 'lifted', 'both'];

/** People are moved towards the viewer by this much, so that somebody at a usual distance is mid-room. */
const ROOM_DISTANCE = 3.6;
const MAXIMUM_OFFSET = 4;
/** A hand without a body floats at this height. */
const HAND_HEIGHT = 1.1;

/**
 * Puts people into the room: where they have been placed (`place`), else with the lowest keypoint on the floor, beside and
 * behind one another as in the picture. Distance comes from how many pixels a metre of the body covers, then. For the room,
 * and for files of motion in space.
 */
export function standPeople(
  people: readonly Person[],
  width: number,
  height: number,
  choice: SpatialChoice = 'auto',
): StandingPerson[] {
  return people
    .map((person) => standPerson(person, width, height, choice))
    .filter(({ poses }) => poses.length > 0);
}

/** The bodies in 3-D that are meant, the main one first. */
function bodiesOf(
  { body, lifted }: Person,
  choice: SpatialChoice,
): (Pose & { readonly world: Float32Array })[] {
  const both = choice === 'lifted' ? [lifted, body] : [body, lifted];
  const there = both.flatMap((pose) => (pose?.world ? [{ ...pose, world: pose.world }] : []));
  return choice === 'both' ? there : there.slice(0, 1);
}

function standPerson(person: Person, width: number, height: number, choice: SpatialChoice): StandingPerson {
  const [body, ...others] = bodiesOf(person, choice);
  if (!body) return { id: person.id, poses: standHands(person, width, height), pelvis: null };
  const { world } = body;
  const pelvis = person.place ?? placeByLowest(body, width);
  if (!pelvis) return { id: person.id, poses: [], pelvis: null };
  const [x, y, z] = pelvis;
  const positions = moved(world, x, y, z);
  const names = skeletonOf(body.set).keypoints;
  const poses: StandingPose[] = [{ pose: body, positions }];
  for (const other of others) poses.push({ pose: other, positions: moved(other.world, x, y, z) });
  for (const [hand, name] of [
    [person.leftHand, 'left_wrist'],
    [person.rightHand, 'right_wrist'],
  ] as const) {
    const wrist = names.indexOf(name);
    if (!hand?.world || wrist < 0 || Number.isNaN(positions[wrist * WORLD_STRIDE])) continue;
    poses.push(attachHand(hand, hand.world, positions, wrist));
  }
  return { id: person.id, poses, pelvis };
}

/** Hands without a body float. */
function standHands({ leftHand, rightHand }: Person, width: number, height: number): StandingPose[] {
  return [leftHand, rightHand].flatMap((hand) => {
    if (!hand?.world) return [];
    const offset = offsetInRoom(hand, width);
    const y = HAND_HEIGHT + ((height / 2 - meanOf(hand, pointY)) / height) * 1.2;
    return [{ pose: hand, positions: moved(hand.world, offset.x, y, offset.z) }];
  });
}

/** The place with the lowest keypoint on the floor; `null`: no keypoint is known. */
function placeByLowest(body: Pose & { readonly world: Float32Array }, width: number): Vector3 | null {
  let lowest = Number.POSITIVE_INFINITY;
  for (let at = 0; at < body.world.length; at += WORLD_STRIDE) {
    const y = body.world[at + 1] ?? Number.NaN;
    if ((body.world[at + 3] ?? 0) > 0 && y < lowest) lowest = y;
  }
  if (lowest === Number.POSITIVE_INFINITY) return null;
  const { x, z } = offsetInRoom(body, width);
  return [x, -lowest, z];
}

/** A hand's own metres, moved so that its wrist is the body's. */
function attachHand(hand: Pose, world: Float32Array, body: Float32Array, wrist: number): StandingPose {
  const delta = [0, 1, 2].map((axis) => (body[wrist * WORLD_STRIDE + axis] ?? 0) - (world[axis] ?? 0));
  return { pose: hand, positions: moved(world, delta[0] ?? 0, delta[1] ?? 0, delta[2] ?? 0) };
}

function moved(source: Float32Array, x: number, y: number, z: number): Float32Array {
  const target = source.slice();
  for (let at = 0; at < target.length; at += WORLD_STRIDE) {
    target[at] = (target[at] ?? 0) + x;
    target[at + 1] = (target[at + 1] ?? 0) + y;
    target[at + 2] = (target[at + 2] ?? 0) + z;
  }
  return target;
}

/** Pinhole camera: distance = focal length in pixels · metres per pixel. */
function offsetInRoom(pose: Pose, width: number): { x: number; z: number } {
  const metresPerPixel = spreadOfWorld(pose) / Math.max(1, spreadOfPoints(pose));
  // The usual angle is taken to be that of the width, here.
  const focalLength = width / 2 / Math.tan((USUAL_FIELD_OF_VIEW * Math.PI) / 360);
  const x = (meanOf(pose, pointX) - width / 2) * metresPerPixel;
  const z = ROOM_DISTANCE - focalLength * metresPerPixel;
  return { x: clamp(x), z: clamp(z) };
}

function clamp(value: number): number {
  return Number.isFinite(value) ? Math.min(MAXIMUM_OFFSET, Math.max(-MAXIMUM_OFFSET, value)) : 0;
}

/** The mean of those keypoints that are there. */
function meanOf(pose: Pose, coordinate: (pose: Pose, keypoint: number) => number): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < keypointCount(pose); i++) {
    const value = coordinate(pose, i);
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

/** Root of the mean squared distance from the centre, in the plane of the picture. */
function spreadOfPoints(pose: Pose): number {
  return spread(pose, pose.points, POINT_STRIDE);
}

function spreadOfWorld(pose: Pose): number {
  return pose.world ? spread(pose, pose.world, WORLD_STRIDE) : 0;
}

/** Of the keypoints that are there in both, so that the two spreads are of the same ones. */
function spread(pose: Pose, values: Float32Array, stride: number): number {
  let count = 0;
  let sumX = 0;
  let sumY = 0;
  let squares = 0;
  for (let i = 0; i < keypointCount(pose); i++) {
    if (Number.isNaN(pointX(pose, i)) || Number.isNaN(pose.world?.[i * WORLD_STRIDE])) continue;
    const x = values[i * stride] ?? 0;
    const y = values[i * stride + 1] ?? 0;
    sumX += x;
    sumY += y;
    squares += x * x + y * y;
    count++;
  }
  return Math.sqrt(Math.max(0, squares / count - (sumX / count) ** 2 - (sumY / count) ** 2));
}
