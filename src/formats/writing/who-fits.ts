import { type KeypointSetId, type Person, type Pose, WORLD_STRIDE } from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';
import { spatialPose } from '../../motion/placing/spatial-pose.ts';
import { canConvert, convertPose } from '../../skeletons/convert.ts';

/*
 * Whom formats have a place for: asked by those who write them, and by those who say who is left out (`left-out.ts`).
 */

/** For formats with one keypoint set for all bodies: that of the first; `null`: there is no body. */
export function firstBodySet({ frames }: Recording): KeypointSetId | null {
  for (const { people } of frames) {
    const first = people.find(({ body }) => body)?.body;
    if (first) return first.set;
  }
  return null;
}

/** Has somebody a body that gives COCO's 17 keypoints? */
export function hasCocoBody({ body }: Person): boolean {
  return body !== null && canConvert(body.set, 'coco-17');
}

/** Somebody's body as COCO's 17 keypoints; `null`: they have none that gives them. */
export function cocoBody(person: Person): Pose | null {
  return person.body && hasCocoBody(person) ? convertPose(person.body, 'coco-17') : null;
}

/**
 * For formats of markers, with one keypoint set for each person: that in which they are first seen. What it gives is to be
 * asked once for everybody in the order of the frames: has somebody markers there?
 */
export function markersByFirstSet(): (person: Person) => boolean {
  const sets = new Map<number, KeypointSetId>();
  return (person) => {
    const pose = spatialPose(person);
    if (!pose?.world.some((value, at) => at % WORLD_STRIDE === WORLD_STRIDE - 1 && value > 0)) return false;
    const first = sets.get(person.id) ?? pose.set;
    sets.set(person.id, first);
    return pose.set === first;
  };
}
