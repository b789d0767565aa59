import type { Recording } from '../../core/recording.ts';
import { pinholeOf, USUAL_FIELD_OF_VIEW } from './camera.ts';
import { type SpatialPose, spatialPose } from './spatial-pose.ts';
import { sight } from './translation.ts';

/** Angles that are tried, in degrees: from telephoto lenses to action cameras. */
const NARROWEST = 15;
const WIDEST = 120;
const TRIALS = 36;
/** Poses that are looked at, at most. */
const MOST_POSES = 300;
/**
 * What world keypoints are wrong by, as a share of the body's size; all frames together count as one pose of so many
 * independent keypoints, for networks err alike over a whole recording; and what cameras differ by.
 */
const ERROR = 0.015;
const INDEPENDENT_KEYPOINTS = 10;
const USUAL_SPREAD = Math.log(1.5);

/**
 * The field of view with which world keypoints are reprojected best over the recording: near people are drawn out by
 * perspective, and how much tells the angle. Where people are far off this says little, and the usual angle wins.
 *
 * @returns degrees that the longer side of the picture spans
 */
export function estimateFieldOfView({ info, frames }: Recording): number {
  const poses = frames.flatMap(({ people }) => people.map(spatialPose).filter((pose) => pose !== null));
  const step = Math.max(1, Math.floor(poses.length / MOST_POSES));
  const chosen = poses.filter((_, i) => i % step === 0);
  let best = { fieldOfView: USUAL_FIELD_OF_VIEW, cost: Number.POSITIVE_INFINITY };
  for (let trial = 0; trial <= TRIALS; trial++) {
    const fieldOfView = NARROWEST * (WIDEST / NARROWEST) ** (trial / TRIALS);
    const cost =
      costOf(chosen, fieldOfView, info) + (Math.log(fieldOfView / USUAL_FIELD_OF_VIEW) / USUAL_SPREAD) ** 2;
    if (cost < best.cost) best = { fieldOfView, cost };
  }
  return best.fieldOfView;
}

function costOf(
  poses: readonly SpatialPose[],
  fieldOfView: number,
  { width, height }: Recording['info'],
): number {
  const camera = pinholeOf(fieldOfView, width, height);
  let [sum, count] = [0, 0];
  for (const pose of poses) {
    const sighting = sight(pose, camera);
    if (!sighting) continue;
    sum += (sighting.error / ERROR) ** 2;
    count++;
  }
  return (INDEPENDENT_KEYPOINTS * sum) / Math.max(1, count);
}
