import { POINT_STRIDE } from '../../core/pose.ts';
import { type PictureScaling, pictureScalings } from '../picture-scaling.ts';
import type { ScalingTrial } from './explanation.ts';
import type { GroupedPerson } from './grouping/people.ts';

/** A keypoint of somebody counts as found above this where ways of scaling pictures are compared. */
const FOUND_SCORE = 0.3;

/** Every order of channels with every known range. */
export const allScalings: readonly PictureScaling[] = (['bgr', 'rgb'] as const).flatMap((order) =>
  Object.values(pictureScalings).map((range) => ({ order, ...range })),
);

/** What the people found with one way of scaling a picture say for it. */
export function toTrial(scaling: PictureScaling, people: readonly GroupedPerson[]): ScalingTrial {
  const found = people.flatMap(({ points }) =>
    Array.from(points).filter((value, i) => i % POINT_STRIDE === 2 && value > FOUND_SCORE),
  );
  // A wrong range may lift all maps: nothing is surer than sure.
  const score = found.reduce((sum, each) => sum + Math.min(1, each), 0);
  return { scaling, people: people.length, keypoints: found.length, score };
}
