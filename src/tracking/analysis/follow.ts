import { LimnError } from '../../core/errors.ts';
import { type Box, boundingBox, mainPose, type Person } from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';
import { onlyPerson } from '../../motion/arranging/only-person.ts';

/** A place in the picture at a time: whoever is there is meant. */
export interface FollowPoint {
  /** Seconds of the video. */
  readonly time: number;
  /** Pixels of the frame as displayed. */
  readonly x: number;
  readonly y: number;
}

/** Somebody may stand this share of the height of their box beside a click and still be meant. */
const REACH = 0.25;

/**
 * Only the person who is at that place at that time.
 *
 * @throws {LimnError} if nobody was found there
 */
export function followPerson(recording: Recording, point: FollowPoint): Recording {
  const frame = recording.frameAt(point.time);
  const person = frame && personAt(frame.people, point);
  if (!person) {
    throw new LimnError(
      `Nobody was found at ${Math.round(point.x)}, ${Math.round(point.y)} at ${point.time} seconds. Choose another place or time, or look for more people (options.people).`,
    );
  }
  return onlyPerson(recording, person.id);
}

/** Who is at a place: within whose box it lies, or else who is nearest and near; `null`: nobody. */
export function personAt(people: readonly Person[], { x, y }: { x: number; y: number }): Person | null {
  let nearest: Person | null = null;
  let smallest = Number.POSITIVE_INFINITY;
  for (const person of people) {
    const box = boundingBox(mainPose(person));
    if (!box) continue;
    const outside = distanceTo(box, x, y);
    if (outside > REACH * box.height) continue;
    // Of several around the place, the one whose middle is nearest.
    const middle = Math.hypot(box.left + box.width / 2 - x, box.top + box.height / 2 - y);
    const distance = outside > 0 ? outside + Math.hypot(box.width, box.height) : middle;
    if (distance < smallest) {
      smallest = distance;
      nearest = person;
    }
  }
  return nearest;
}

function distanceTo({ left, top, width, height }: Box, x: number, y: number): number {
  const dx = Math.max(left - x, 0, x - left - width);
  const dy = Math.max(top - y, 0, y - top - height);
  return Math.hypot(dx, dy);
}
