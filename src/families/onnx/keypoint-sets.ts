import { LimnError } from '../../core/errors.ts';
import type { KeypointSetId } from '../../core/pose.ts';
import { skeletons } from '../../skeletons/registry.ts';
import type { OnnxDescription } from './description.ts';

/** Whose keypoints a number of them mostly are: COCO's, Halpe's with feet, COCO-WholeBody's. */
const USUAL: ReadonlyMap<number, KeypointSetId> = new Map([
  [17, 'coco-17'],
  [26, 'halpe-26'],
  [133, 'coco-133'],
]);

/**
 * The keypoint set of a network that gives so many keypoints.
 *
 * @param name the file's, for sentences
 * @throws {LimnError} if none is known that has so many, or the one that is said has others
 */
export function keypointSetOf(count: number, said: OnnxDescription | null, name: string): KeypointSetId {
  const id = said?.skeleton ?? USUAL.get(count);
  const skeleton = skeletons.find((each) => each.id === id);
  if (skeleton?.keypoints.length === count) return skeleton.id;
  const base = name.replace(/^.*\//, '');
  if (skeleton) {
    throw new LimnError(
      `${base} gives ${count} keypoints, and ${skeleton.id}, which it is said to have, is ${skeleton.keypoints.length}.`,
    );
  }
  const known = [...USUAL].map(([number, set]) => `${number} (${set})`).join(', ');
  throw new LimnError(
    `${base} gives ${count} keypoints. Limn knows ${known}; of others, a JSON beside it says which "skeleton" they are.`,
  );
}

const WHOLE_BODY = 133;

/** What a network is good for that looks at one person at a time, in a few words. */
export function describeTopDown(count: number): string {
  const what = count === WHOLE_BODY ? 'Body, feet, hands and face' : 'The body';
  return `${what} of everybody whom another network finds, ${count} keypoints in 2-D`;
}
