import type { Person } from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';
import { hasTrunk } from '../../motion/kinematics/rig-motion.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { firstBodySet, hasCocoBody, markersByFirstSet } from './who-fits.ts';

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

/** For formats with one keypoint set for all bodies. */
export function otherBodies(recording: Recording): LeftOut {
  const first = firstBodySet(recording);
  return {
    isLeftOut: ({ body }) => body !== null && body.set !== first,
    why: `the file holds one keypoint set, ${first ? skeletonOf(first).label : 'none'}, and theirs is another`,
  };
}

/** For formats of COCO's 17 keypoints. @param isKept of whom what was read is written again */
export function bodiesWithoutCoco(isKept: (person: Person) => boolean = () => false): LeftOut {
  return {
    isLeftOut: (person) => !hasCocoBody(person) && !isKept(person),
    why: 'the file holds COCO’s 17 keypoints, and they have none of them',
  };
}

/** For formats of skeletons in space. */
export function bodiesWithoutTrunk(): LeftOut {
  return {
    isLeftOut: (person) => !hasTrunk(person),
    why: 'they have no body in 3-D with hips and shoulders',
  };
}

/** For those of markers. */
export function bodiesWithoutMarkers(): LeftOut {
  const hasMarkers = markersByFirstSet();
  return {
    isLeftOut: (person) => !hasMarkers(person),
    why: 'they have no body in 3-D, or one of another keypoint set than before',
  };
}
