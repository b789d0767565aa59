import {
  keypointCount,
  MARKS,
  mapPoses,
  type Person,
  POINT_STRIDE,
  type Pose,
  WORLD_STRIDE,
} from '../../core/pose.ts';
import { Recording, type TrackedFrame } from '../../core/recording.ts';
import { mirrorOf, swapKeypointSides } from '../../skeletons/mirror.ts';
import { type FrameEdit, type MoveEdit, rangeOf } from './edit.ts';
import { fillPerson } from './fill.ts';

/** Times are equal that differ by less, in seconds: they go through files and players. */
export const SAME_MOMENT = 1e-4;

/** The frame after all edits, in their order; the frame itself if none concerns it. */
export function editFrame(frame: TrackedFrame, edits: readonly FrameEdit[]): TrackedFrame {
  let people = frame.people;
  for (const edit of edits) {
    const [from, to] = rangeOf(edit);
    if (frame.time < from - SAME_MOMENT || frame.time > to + SAME_MOMENT) continue;
    people = editPeople(people, edit, frame.time);
  }
  return people === frame.people ? frame : { ...frame, people };
}

/** The recording after all edits; the one given stays as it is. */
export function editRecording({ info, frames }: Recording, edits: readonly FrameEdit[]): Recording {
  return new Recording(
    info,
    frames.map((frame) => editFrame(frame, edits)),
  );
}

function editPeople(people: readonly Person[], edit: FrameEdit, time: number): readonly Person[] {
  const { personId } = edit;
  switch (edit.kind) {
    case 'move':
      return replace(people, personId, (person) => movePoint(person, edit));
    case 'swap-sides':
      return replace(people, personId, swapSides);
    case 'swap-people': {
      const other = new Map([
        [personId, edit.otherId],
        [edit.otherId, personId],
      ]);
      if (!people.some(({ id }) => other.has(id))) return people;
      return people.map((person) => ({ ...person, id: other.get(person.id) ?? person.id }));
    }
    case 'merge-people': {
      const isApart = people.some(({ id }) => id === personId);
      return isApart ? people : replace(people, edit.otherId, (person) => ({ ...person, id: personId }));
    }
    case 'split-person':
      return replace(people, personId, (person) => ({ ...person, id: edit.newId }));
    case 'delete-person': {
      const others = people.filter(({ id }) => id !== personId);
      return others.length === people.length ? people : others;
    }
    case 'fill': {
      const existing = people.find(({ id }) => id === personId) ?? null;
      const filled = fillPerson(existing, edit, time);
      if (!filled || filled === existing) return people;
      return existing ? replace(people, personId, () => filled) : [...people, filled];
    }
  }
}

function replace(
  people: readonly Person[],
  personId: number,
  change: (person: Person) => Person,
): readonly Person[] {
  if (!people.some(({ id }) => id === personId)) return people;
  return people.map((person) => (person.id === personId ? change(person) : person));
}

/**
 * Moves a keypoint in the picture, certain from then on. In the world it moves along, in the plane of the picture, by
 * as many metres as the pixels are worth over the whole pose; its depth stays.
 */
function movePoint(person: Person, { part, keypoint, x, y }: MoveEdit): Person {
  return mapPoses(person, (pose, each) => {
    if (each !== part || keypoint >= keypointCount(pose)) return pose;
    const at = keypoint * POINT_STRIDE;
    const [oldX = Number.NaN, oldY = Number.NaN] = pose.points.subarray(at, at + 2);
    const points = pose.points.slice();
    points.set([x, y, 1], at);
    const world = pose.world && moveInWorld(pose, pose.world, keypoint, x - oldX, y - oldY);
    return { ...pose, points, world, marks: withMark(pose, keypoint, MARKS.corrected) };
  });
}

function moveInWorld(
  pose: Pose,
  world: Float32Array,
  keypoint: number,
  dx: number,
  dy: number,
): Float32Array {
  const metres = metresPerPixel(pose, world);
  const at = keypoint * WORLD_STRIDE;
  const result = world.slice();
  if (Number.isNaN(dx) || Number.isNaN(metres) || Number.isNaN(world[at])) return result;
  result[at] = (world[at] ?? 0) + dx * metres;
  result[at + 1] = (world[at + 1] ?? 0) - dy * metres;
  result[at + WORLD_STRIDE - 1] = 1;
  return result;
}

/** The size of the pose in the world against that in the picture; NaN if it has none. */
function metresPerPixel({ points }: Pose, world: Float32Array): number {
  const extent = (values: Float32Array, stride: number, axis: number): number => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let at = axis; at < values.length; at += stride) {
      const value = values[at] ?? Number.NaN;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return high - low;
  };
  const inPicture = Math.hypot(extent(points, POINT_STRIDE, 0), extent(points, POINT_STRIDE, 1));
  const inWorld = Math.hypot(extent(world, WORLD_STRIDE, 0), extent(world, WORLD_STRIDE, 1));
  return inPicture > 0 && Number.isFinite(inPicture) ? inWorld / inPicture : Number.NaN;
}

/** Left and right of the body change places, and the hands each other's. */
function swapSides(person: Person): Person {
  return {
    ...person,
    body: person.body && swapKeypoints(person.body),
    leftHand: person.rightHand && allCorrected(person.rightHand),
    rightHand: person.leftHand && allCorrected(person.leftHand),
  };
}

function swapKeypoints(pose: Pose): Pose {
  const { set, points, world } = pose;
  const mirror = mirrorOf(set);
  const marks = pose.marks ? swapKeypointSides(pose.marks, 1, set) : new Uint8Array(mirror.length);
  for (const [i, from] of mirror.entries()) if (i !== from) marks[i] = MARKS.corrected;
  return {
    ...pose,
    points: swapKeypointSides(points, POINT_STRIDE, set),
    world: world && swapKeypointSides(world, WORLD_STRIDE, set),
    marks,
  };
}

function allCorrected(pose: Pose): Pose {
  return { ...pose, marks: new Uint8Array(keypointCount(pose)).fill(MARKS.corrected) };
}

function withMark(pose: Pose, keypoint: number, mark: number): Uint8Array {
  const marks = pose.marks?.slice() ?? new Uint8Array(keypointCount(pose));
  marks[keypoint] = mark;
  return marks;
}
