import { type Detections, type KeypointSetId, POINT_STRIDE, type Pose } from '../../core/pose.ts';
import { cocoWholeBody, takeApart } from '../../skeletons/keypoint-layouts.ts';

/**
 * People out of keypoints in the frame; a whole-body network's become bodies, hands and faces.
 *
 * @param all of each person x, y and score of every keypoint; they are changed
 */
export function toPeople(
  all: readonly Float32Array[],
  set: KeypointSetId,
): Pick<Detections, 'bodies' | 'hands' | 'faces' | 'ownHands'> {
  for (const points of all) tidyPoints(points);
  if (set !== 'coco-133') {
    const bodies = all.map((points): Pose => ({ set, points, world: null, handedness: null }));
    return { bodies, hands: [] };
  }
  const people = all.flatMap((points) => {
    const { body, ...parts } = takeApart(points, cocoWholeBody);
    return body ? [{ body, ...parts }] : [];
  });
  return {
    bodies: people.map(({ body }) => body),
    hands: [],
    faces: people.map(({ face }) => face),
    ownHands: people.map(({ leftHand, rightHand }) => ({ leftHand, rightHand })),
  };
}

/** Scores from 0 to 1; what isn't there has no place (convention S4). Changes what it is given. */
export function tidyPoints(points: Float32Array): void {
  for (let at = 0; at < points.length; at += POINT_STRIDE) {
    const score = points[at + 2] ?? 0;
    if (score > 0) points[at + 2] = Math.min(1, score);
    else points.set([Number.NaN, Number.NaN, 0], at);
  }
}
