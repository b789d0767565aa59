import type { KeypointSetId, Person } from '../core/pose.ts';
import type { Recording } from '../core/recording.ts';
import { canConvert } from '../skeletons/convert.ts';
import { skeletonOf } from '../skeletons/registry.ts';

/** Whom a format has no place for, beside those whom it writes. */
export interface LeftOut {
  /** Asked in the order of the frames. */
  readonly isLeftOut: (person: Person) => boolean;
  /** A clause: "for …". */
  readonly why: string;
}

/** More people than these aren't named one by one. */
const NAMED_AT_MOST = 5;

/** What is said of those who are left out, in sentences; empty: nobody is. */
export function describeLeftOut({ frames }: Recording, { isLeftOut, why }: LeftOut): string[] {
  const ids = new Set<number>();
  let frameCount = 0;
  for (const { people } of frames) {
    const out = people.filter(isLeftOut);
    for (const { id } of out) ids.add(id);
    if (out.length > 0) frameCount++;
  }
  if (ids.size === 0) return [];
  const named = [...ids].sort((a, b) => a - b).slice(0, NAMED_AT_MOST);
  const more = ids.size > named.length ? ` and ${ids.size - named.length} more` : '';
  const who = `${ids.size === 1 ? 'Person' : 'People'} ${named.join(', ')}${more}`;
  return [`${who} ${ids.size === 1 ? 'is' : 'are'} left out in ${countFrames(frameCount)}, for ${why}.`];
}

function countFrames(count: number): string {
  return count === 1 ? 'one frame' : `${count} frames`;
}

/** For formats with one keypoint set for all bodies: that of the first. */
export function otherBodies({ frames }: Recording): LeftOut {
  let first: KeypointSetId | null = null;
  for (const { people } of frames) first ??= people.find(({ body }) => body)?.body?.set ?? null;
  return {
    isLeftOut: ({ body }) => body !== null && body.set !== first,
    why: `the file holds one keypoint set, ${first ? skeletonOf(first).label : 'none'}, and theirs is another`,
  };
}

/** For formats of COCO's 17 keypoints. */
export function bodiesWithoutCoco(): LeftOut {
  return {
    isLeftOut: ({ body }) => !body || (body.set !== 'coco-17' && !canConvert(body.set, 'coco-17')),
    why: 'the file holds COCO’s 17 keypoints, and they have none of them',
  };
}

/** For formats of bodies in space. */
export function bodiesWithoutSpace(): LeftOut {
  return { isLeftOut: (person) => !spatialSet(person), why: 'they have no body in 3-D' };
}

/** For those with one keypoint set for each person: that in which they are first seen. */
export function bodiesWithoutMarkers(): LeftOut {
  const sets = new Map<number, KeypointSetId>();
  return {
    isLeftOut: (person) => {
      const set = spatialSet(person);
      if (!set) return true;
      const first = sets.get(person.id) ?? set;
      sets.set(person.id, first);
      return set !== first;
    },
    why: 'they have no body in 3-D, or one of another keypoint set than before',
  };
}

/** The keypoint set of a body in 3-D, the model's own before what was lifted; `null`: there is none. */
function spatialSet({ body, lifted }: Person): KeypointSetId | null {
  return [body, lifted].find((pose) => pose?.world)?.set ?? null;
}
