import { medianOf } from '../../core/numbers/quantiles.ts';
import {
  between,
  fromAxes,
  invert,
  multiply,
  nearerTo,
  type Quaternion,
  rotate,
} from '../../core/numbers/quaternion.ts';
import {
  add,
  cross,
  dot,
  lengthOf,
  normalize,
  scale,
  subtract,
  type Vector3,
} from '../../core/numbers/vector.ts';
import type { Person, Pose } from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';
import { spatialPose } from '../placing/spatial-pose.ts';
import { standPeople } from '../placing/standing.ts';
import { HIPS, type Landmark, landmarkReader, NECK, RIG, type RigJoint, SPINE } from './rig.ts';

/** The rig in one frame. */
export interface RigFrame {
  /** Seconds. */
  readonly time: number;
  /** Of the hips, in metres: in the room, feet on its floor. */
  readonly root: Vector3;
  /** By joint, each from its parent's; `null`: what it takes to know it is missing. */
  readonly rotations: readonly (Quaternion | null)[];
}

/** Somebody's motion as that of a skeleton whose bones keep their lengths. */
export interface RigMotion {
  readonly personId: number;
  /** By joint, from its parent in the rest pose, in metres. */
  readonly offsets: readonly Vector3[];
  /** By joint, where its segment ends in the rest pose, from the joint itself; children may lie elsewhere. */
  readonly tails: readonly Vector3[];
  /** Only frames in which the trunk is known. */
  readonly frames: readonly RigFrame[];
}

/** The joint between hips and chest lies this far up the trunk. */
const SPINE_SHARE = 0.25;
/** For segments that no frame shows, in metres: about those of an adult of 1.7 m (Winter, Biomechanics, 2009). */
const USUAL_LENGTHS: Readonly<Partial<Record<string, number>>> = {
  Arm: 0.29,
  ForeArm: 0.25,
  Hand: 0.1,
  UpLeg: 0.42,
  Leg: 0.42,
  Foot: 0.15,
  Neck: 0.2,
  Shoulder: 0.18,
};

type Places = Readonly<Partial<Record<Landmark, Vector3>>>;

interface PlacedFrame {
  readonly time: number;
  readonly places: Places;
}

/** What the trunk is found by. */
const TRUNK: readonly Landmark[] = ['hips', 'chest', 'leftHip', 'rightHip'];
const LANDMARKS: readonly Landmark[] = [
  ...new Set<Landmark>([
    ...RIG.flatMap(({ at, to }) => (to ? [at, to] : [at])),
    'chest',
    'leftEar',
    'rightEar',
  ]),
];

/**
 * The motions of all people who have world keypoints: bones have the median of their lengths, the hips carry the
 * motion through the room.
 *
 * Hips are turned by their own line and the trunk, the spine by the trunk and the shoulders' line, the head by the neck
 * and the ears; every other joint takes the shortest turn that brings its segment from its parent's direction to the
 * measured one, for twist can't be seen from joints.
 */
export function rigMotions(recording: Recording): RigMotion[] {
  const placed = placePeople(recording);
  return [...placed.entries()]
    .sort(([a], [b]) => a - b)
    .map(([personId, frames]) => poseRig(personId, frames))
    .filter(({ frames }) => frames.length > 0);
}

/** Is what a rig is posed by known of somebody: hips and shoulders in 3-D? In other frames the rig has no pose of them. */
export function hasTrunk(person: Person): boolean {
  const pose = spatialPose(person);
  return pose !== null && findTrunk(readPlaces(pose, pose.world, TRUNK)) !== null;
}

/** @param positions as {@link Pose.world} */
function readPlaces({ set }: Pose, positions: Float32Array, landmarks: readonly Landmark[]): Places {
  const reader = landmarkReader(set);
  const places: Partial<Record<Landmark, Vector3>> = {};
  for (const landmark of landmarks) {
    const place = reader.read(positions, landmark);
    if (place) places[landmark] = place;
  }
  return places;
}

function placePeople({ info, frames }: Recording): Map<number, PlacedFrame[]> {
  const placed = new Map<number, PlacedFrame[]>();
  for (const { time, people, width, height } of frames) {
    for (const { id, poses } of standPeople(people, width ?? info.width, height ?? info.height)) {
      const body = poses.find(({ pose }) => pose.set !== 'hand-21');
      if (!body) continue;
      const mine = placed.get(id) ?? [];
      placed.set(id, mine);
      mine.push({ time, places: readPlaces(body.pose, body.positions, LANDMARKS) });
    }
  }
  return placed;
}

function poseRig(personId: number, frames: readonly PlacedFrame[]): RigMotion {
  const median = (a: Landmark, b: Landmark, otherwise: number): number =>
    medianOf(
      frames.flatMap(({ places }) => {
        const [from, to] = [places[a], places[b]];
        return from && to ? [lengthOf(subtract(to, from))] : [];
      }),
    ) ?? otherwise;
  const trunk = median('hips', 'chest', 0.5);
  const hipWidth = median('leftHip', 'rightHip', 0.25);
  const lengths = RIG.map(({ name, at, to }, joint) => {
    if (joint === HIPS) return SPINE_SHARE * trunk;
    if (joint === SPINE || !to) return (1 - SPINE_SHARE) * trunk;
    return median(at, to, USUAL_LENGTHS[name.replace(/^(Left|Right)/, '')] ?? 0.1);
  });
  const tails = RIG.map(({ rest }, joint) => scale(rest, lengths[joint] ?? 0));
  const offsets = RIG.map(({ parent, at, rest }): Vector3 => {
    if (parent < 0) return [0, 0, 0];
    if (parent === HIPS && at.endsWith('Hip')) return [(sideOf(at) * hipWidth) / 2, 0, 0];
    return tails[parent] ?? rest;
  });
  const posed: RigFrame[] = [];
  for (const { time, places } of frames) {
    const frame = poseFrame(time, places, SPINE_SHARE * trunk, posed.at(-1) ?? null);
    if (frame) posed.push(frame);
  }
  return { personId, offsets, tails, frames: posed };
}

function sideOf(landmark: Landmark): number {
  return landmark.startsWith('left') ? 1 : -1;
}

/** `null`: the trunk is not known. @param low how far the spine's joint is from the hips, in metres */
function poseFrame(time: number, places: Places, low: number, previous: RigFrame | null): RigFrame | null {
  const found = findTrunk(places);
  if (!found) return null;
  const { hips, chest, trunk, hipTurn } = found;
  // From where the spine begins, so that it ends at the chest.
  const up = normalize(subtract(chest, add(hips, rotate(hipTurn, [0, low, 0])))) ?? trunk;
  /** From the room's axes, by joint. */
  const turns: (Quaternion | null)[] = [];
  for (const [i, joint] of RIG.entries()) {
    const parent = joint.parent < 0 ? null : (turns[joint.parent] ?? null);
    if (i === HIPS) turns.push(hipTurn);
    else if (i === SPINE) turns.push(turnOf(up, places.leftShoulder, places.rightShoulder) ?? hipTurn);
    else turns.push(turnSegment(joint, i, places, parent));
  }
  const rotations = RIG.map(({ parent }, i): Quaternion | null => {
    const turn = turns[i];
    const before = parent < 0 ? null : turns[parent];
    if (!turn || (parent >= 0 && !before)) return null;
    const local = before ? multiply(invert(before), turn) : turn;
    const last = previous?.rotations[i];
    return last ? nearerTo(last, local) : local;
  });
  return { time, root: hips, rotations };
}

interface Trunk {
  readonly hips: Vector3;
  readonly chest: Vector3;
  /** From the hips to the chest, of length 1. */
  readonly trunk: Vector3;
  /** The hips', from the room's axes. */
  readonly hipTurn: Quaternion;
}

function findTrunk({ hips, chest, leftHip, rightHip }: Places): Trunk | null {
  if (!hips || !chest) return null;
  const trunk = normalize(subtract(chest, hips));
  const hipTurn = trunk && turnAbout(trunk, leftHip, rightHip);
  return trunk && hipTurn && { hips, chest, trunk, hipTurn };
}

function turnSegment(
  { at, to, rest }: RigJoint,
  joint: number,
  places: Places,
  parent: Quaternion | null,
): Quaternion | null {
  const [from, end] = [places[at], to && places[to]];
  const direction = from && end && normalize(subtract(end, from));
  if (!direction || !parent) return null;
  if (joint === NECK) {
    const turn = turnOf(direction, places.leftEar, places.rightEar);
    if (turn) return turn;
  }
  return multiply(between(rotate(parent, rest), direction), parent);
}

/** The turn that takes x to the line from right to left, and y as near as it goes to `up`. */
function turnAbout(up: Vector3, left: Vector3 | undefined, right: Vector3 | undefined): Quaternion | null {
  if (!left || !right) return null;
  const x = normalize(subtract(left, right));
  const y = x && normalize(subtract(up, scale(x, dot(x, up))));
  return x && y && fromAxes(x, y, cross(x, y));
}

/** The turn that takes y to `up` and x as near as it goes to the line from right to left. */
function turnOf(up: Vector3, left: Vector3 | undefined, right: Vector3 | undefined): Quaternion | null {
  if (!left || !right) return null;
  const line = subtract(left, right);
  const x = normalize(subtract(line, scale(up, dot(line, up))));
  return x && fromAxes(x, up, cross(x, up));
}

/** Where every joint of the rig is, in metres; `null`: not known. */
export function jointPlaces({ offsets }: RigMotion, { root, rotations }: RigFrame): (Vector3 | null)[] {
  const places: (Vector3 | null)[] = [];
  const turns: (Quaternion | null)[] = [];
  for (const [i, { parent }] of RIG.entries()) {
    const rotation = rotations[i] ?? null;
    if (parent < 0) {
      places.push(root);
      turns.push(rotation);
      continue;
    }
    const [place, turn] = [places[parent], turns[parent]];
    places.push(place && turn ? add(place, rotate(turn, offsets[i] ?? [0, 0, 0])) : null);
    turns.push(turn && rotation ? multiply(turn, rotation) : null);
  }
  return places;
}

/** Where joints are in the rest pose, hips at the origin. @param joints parents before their children */
export function restPlaces(
  offsets: readonly Vector3[],
  joints: readonly { readonly parent: number }[] = RIG,
): Vector3[] {
  const places: Vector3[] = [];
  for (const [i, { parent }] of joints.entries()) {
    places.push(add(places[parent] ?? [0, 0, 0], offsets[i] ?? [0, 0, 0]));
  }
  return places;
}
