import type { SelectedJoint } from '../../app/state.ts';
import { type KeypointSetId, type Person, pointScore, pointX, pointY } from '../../core/pose.ts';
import { PARTS } from '../../motion/corrections/edit.ts';
import { drawnKeypoints } from '../../skeletons/drawn-keypoints.ts';
import { mainJoints } from '../../views/overlay/figure.ts';

/** Points of a face lie so close that the body's nose and eyes would never be meant: they seem so much farther away. */
const FACE_DISTANCE = 2;

/**
 * The joint nearest to a place of the frame, in its pixels; `null`: none is near.
 *
 * @param followedId whose joints only are meant; `null`: everybody's
 */
export function jointAt(
  people: readonly Person[],
  x: number,
  y: number,
  reach: number,
  followedId: number | null,
): SelectedJoint | null {
  let nearest: SelectedJoint | null = null;
  let smallest = reach;
  for (const person of people) {
    if (followedId !== null && person.id !== followedId) continue;
    for (const part of PARTS) {
      const pose = person[part];
      if (!pose) continue;
      const factor = part === 'face' ? FACE_DISTANCE : 1;
      for (const keypoint of drawnKeypoints(pose.set)) {
        const distance = factor * Math.hypot(pointX(pose, keypoint) - x, pointY(pose, keypoint) - y);
        if (!(distance < smallest) || !(pointScore(pose, keypoint) > 0)) continue;
        smallest = distance;
        nearest = { personId: person.id, part, keypoint };
      }
    }
  }
  return nearest;
}

/** Where a joint is in the frame; `null`: it isn't there. */
export function placeOfJoint(
  people: readonly Person[],
  { personId, part, keypoint }: SelectedJoint,
): { x: number; y: number } | null {
  const pose = people.find(({ id }) => id === personId)?.[part];
  const place = pose && { x: pointX(pose, keypoint), y: pointY(pose, keypoint) };
  return place && !Number.isNaN(place.x) ? place : null;
}

/** The keypoints of a set as they are listed: the main joints first, which are the ones that are mostly wrong. */
export function listedJoints(set: KeypointSetId): readonly number[] {
  const main = mainJoints(set);
  const all = drawnKeypoints(set);
  return [...all.filter((keypoint) => main.has(keypoint)), ...all.filter((keypoint) => !main.has(keypoint))];
}

/** The next joint of the same person that is there, as they are listed; from the first, if none is chosen. */
export function nextJoint(
  people: readonly Person[],
  current: SelectedJoint | null,
  personId: number | null,
  direction: -1 | 1,
): SelectedJoint | null {
  const person = people.find(({ id }) => id === (current?.personId ?? personId));
  const joints = person
    ? PARTS.flatMap((part) =>
        (person[part] ? listedJoints(person[part].set) : []).map((keypoint) => ({
          personId: person.id,
          part,
          keypoint,
        })),
      )
    : [];
  const there = joints.filter((joint) => placeOfJoint(people, joint));
  const at = there.findIndex(({ part, keypoint }) => part === current?.part && keypoint === current.keypoint);
  return there[(at + direction + there.length) % there.length] ?? null;
}
