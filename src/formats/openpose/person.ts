import { LimnError } from '../../core/errors.ts';
import type { Vector3 } from '../../core/numbers/vector.ts';
import {
  meanScore,
  type Person,
  type PersonExtras,
  POINT_STRIDE,
  type Pose,
  WORLD_STRIDE,
} from '../../core/pose.ts';
import {
  describeLayouts,
  inOrder,
  type KeypointLayout,
  openPoseLayouts,
  takeApart,
  toFace,
} from '../../skeletons/keypoint-layouts.ts';
import { fromOpenPoseSpace } from '../../skeletons/openpose-space.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { type Notes, ONLY_A_FACE } from '../reading/notes.ts';
import type { OpenPosePerson } from './document.ts';

/** Puts a coordinate of a file into pixels of the frame. */
export type ToPixels = (value: number, axis: 'x' | 'y') => number;

type PartName = keyof NonNullable<PersonExtras['openPoseOrigins']>;
type Points = (flat: readonly number[]) => Float32Array;

/** A pose, and where the origin of its world keypoints is in OpenPose's space. */
interface Part {
  readonly pose: Pose;
  readonly origin: Vector3 | null;
}

/**
 * Somebody of OpenPose's file; `null`: nothing of them was found.
 *
 * @param id as the recording has it
 * @throws {LimnError} naming file and part, if it is cut off, or its body none that is known
 */
export function toPerson(
  person: OpenPosePerson,
  id: number,
  {
    fileName,
    layoutOf,
    toPixels,
    notes,
  }: {
    readonly fileName: string;
    /** By the number of a body's keypoints. */
    readonly layoutOf: (count: number) => KeypointLayout | undefined;
    readonly toPixels: ToPixels;
    readonly notes: Notes;
  },
): Person | null {
  checkScored(person, fileName);
  checkWhole(person, fileName);
  const points: Points = (flat) => toPoints(flat, toPixels);
  const layout = layoutOf(person.body.length / POINT_STRIDE);
  if (person.body.length > 0 && !layout) {
    throw new LimnError(
      `${fileName} has a body of ${person.body.length} numbers, that is ${person.body.length / POINT_STRIDE} keypoints. Limn knows ${describeLayouts(openPoseLayouts)}.`,
    );
  }
  if (layout?.leftOut) notes.say(`Of the keypoints of ${layout.label}, ${layout.leftOut} are left out.`);
  const whole = layout && takeApart(points(person.body), layout);
  const left = handOf(person.leftHand, points, notes) ?? whole?.leftHand ?? null;
  const right = handOf(person.rightHand, points, notes) ?? whole?.rightHand ?? null;
  const parts: Record<PartName, Part | null> = {
    body: inSpace('body', whole?.body ?? null, bodyInSpace(person, layout), notes),
    leftHand: inSpace('hand', left, person.leftHand3d, notes),
    rightHand: inSpace('hand', right, person.rightHand3d, notes),
    face: inSpace('face', faceOf(person.face, points, notes) ?? whole?.face ?? null, person.face3d, notes),
  };
  const { body, leftHand, rightHand, face } = parts;
  const main = body ?? leftHand ?? rightHand;
  if (!main) {
    if (face) notes.say(ONLY_A_FACE);
    return null;
  }
  const origins = Object.entries(parts).flatMap(([name, part]) =>
    part?.origin ? [[name, part.origin]] : [],
  );
  return {
    id,
    score: meanScore(main.pose),
    body: body?.pose ?? null,
    leftHand: leftHand?.pose ?? null,
    rightHand: rightHand?.pose ?? null,
    ...(face && { face: face.pose }),
    ...(origins.length > 0 && { extras: { openPoseOrigins: Object.fromEntries(origins) } }),
  };
}

/** Lists of x and y only, as converters write them, are as long as some other list that is cut off. */
function checkScored({ body: { length } }: OpenPosePerson, fileName: string): void {
  const count = length / 2;
  if (!openPoseLayouts.has(count) || openPoseLayouts.has(length / POINT_STRIDE)) return;
  throw new LimnError(
    `${fileName} has a body of ${length} numbers, two for each of ${count} keypoints: in OpenPose's JSON there are three, x, y and a score. Write them with scores; 1 where there is none.`,
  );
}

/** Lists whose numbers aren't three a keypoint, or four, are cut off. */
function checkWhole(person: OpenPosePerson, fileName: string): void {
  const lists = [
    ['body', person.body, POINT_STRIDE],
    ['face', person.face, POINT_STRIDE],
    ['hand', person.leftHand, POINT_STRIDE],
    ['hand', person.rightHand, POINT_STRIDE],
    ['body in 3-D', person.body3d, WORLD_STRIDE],
    ['face in 3-D', person.face3d, WORLD_STRIDE],
    ['hand in 3-D', person.leftHand3d, WORLD_STRIDE],
    ['hand in 3-D', person.rightHand3d, WORLD_STRIDE],
  ] as const;
  for (const [name, { length }, stride] of lists) {
    if (length % stride === 0) continue;
    throw new LimnError(
      `${fileName} has a ${name} of ${length} numbers, not ${stride} for each keypoint: it may be cut off.`,
    );
  }
}

/** A body's 3-D keypoints in the order of its set. */
function bodyInSpace(
  { body, body3d }: OpenPosePerson,
  layout: KeypointLayout | undefined,
): readonly number[] {
  const isSameList = body3d.length / WORLD_STRIDE === body.length / POINT_STRIDE;
  return layout?.places && isSameList
    ? [...inOrder(Float32Array.from(body3d), layout, WORLD_STRIDE)]
    : body3d;
}

/** `null`: it isn't there, or was looked for and not found, which OpenPose writes as zeros. */
function handOf(flat: readonly number[], points: Points, notes: Notes): Pose | null {
  const count = flat.length / POINT_STRIDE;
  if (flat.every((value) => value === 0)) return null;
  if (count !== skeletonOf('hand-21').keypoints.length) {
    notes.say(`Hands of ${count} points are left out: Limn knows those of 21.`);
    return null;
  }
  return { set: 'hand-21', points: points(flat), world: null, handedness: null };
}

function faceOf(flat: readonly number[], points: Points, notes: Notes): Pose | null {
  if (flat.every((value) => value === 0)) return null;
  const face = toFace(points(flat));
  if (!face)
    notes.say(`Faces of ${flat.length / POINT_STRIDE} points are left out: Limn knows those of 70 and 68.`);
  return face;
}

/** A pose with its keypoints in space, where there are as many of them; `null`: it isn't in the picture. */
function inSpace(
  name: 'body' | 'hand' | 'face',
  pose: Pose | null,
  flat: readonly number[],
  notes: Notes,
): Part | null {
  const isFound = flat.some((value, at) => at % WORLD_STRIDE === WORLD_STRIDE - 1 && value > 0);
  const count = flat.length / WORLD_STRIDE;
  if (!pose) {
    if (isFound) notes.say(`3-D keypoints of a ${name} that isn’t in the picture are left out.`);
    return null;
  }
  const inPicture = pose.points.length / POINT_STRIDE;
  if (count !== inPicture) {
    if (isFound) {
      notes.say(
        `3-D keypoints of the ${name} are left out: there are ${count}, and Limn keeps ${inPicture} of those in the picture.`,
      );
    }
    return { pose, origin: null };
  }
  const { world, origin } = fromOpenPoseSpace(pose.set, flat);
  return { pose: { ...pose, world }, origin };
}

/** Zero score means missing, which inside of Limn has NaN coordinates; scores are held to 0 … 1. */
function toPoints(flat: readonly number[], toPixels: ToPixels): Float32Array {
  const points = new Float32Array(flat.length);
  for (let at = 0; at < flat.length; at += POINT_STRIDE) {
    const [x = Number.NaN, y = Number.NaN, score = 0] = flat.slice(at, at + POINT_STRIDE);
    const isThere = score > 0 && !Number.isNaN(x + y);
    points.set(
      isThere ? [toPixels(x, 'x'), toPixels(y, 'y'), Math.min(1, score)] : [Number.NaN, Number.NaN, 0],
      at,
    );
  }
  return points;
}
