import { POINT_STRIDE } from '../core/pose.ts';
import { coco17 } from '../skeletons/sets/coco.ts';
import { comparePicture, matchPicture } from './matching.ts';
import type { EvaluatedPicture } from './people.ts';

/** A keypoint is right within this share of the torso: from the left shoulder to the right hip (Yang and Ramanan 2013). */
const SHARE_OF_TORSO = 0.2;
/** Who is less similar is somebody else. */
const SAME_PERSON = 0.5;
const ALL_AREAS = { least: 0, most: Number.POSITIVE_INFINITY };
const LEFT_SHOULDER = coco17.keypoints.indexOf('left_shoulder');
const RIGHT_HIP = coco17.keypoints.indexOf('right_hip');

/** How far one of COCO's keypoints is from where it was annotated, of people who were found. */
export interface JointError {
  readonly keypoint: (typeof coco17.keypoints)[number];
  /** Of those who were found, how many have it labelled, and found. */
  readonly count: number;
  /** Mean distance in pixels; `null`: nobody has it. */
  readonly meanPixels: number | null;
  /**
   * Percentage of correct keypoints, 0 to 1: within 0.2 of the torso, of those labelled, missing ones counted as wrong; `null`:
   * nobody has it, or nobody's torso is labelled.
   */
  readonly correct: number | null;
}

/** The error of each keypoint, and of all together. */
export interface JointErrors {
  readonly joints: readonly JointError[];
  readonly meanPixels: number | null;
  readonly correct: number | null;
}

interface Tally {
  count: number;
  distance: number;
  judged: number;
  correct: number;
}

/** Errors of the keypoints of everybody who was found with a similarity of at least 0.5. */
export function jointErrorsOf(pictures: readonly EvaluatedPicture[]): JointErrors {
  const tallies = coco17.keypoints.map((): Tally => ({ count: 0, distance: 0, judged: 0, correct: 0 }));
  for (const picture of pictures) {
    const [match] = matchPicture(comparePicture(picture), [SAME_PERSON], ALL_AREAS);
    for (const [i, person] of (match?.matched ?? []).entries()) {
      const keypoints = picture.annotated[person]?.keypoints;
      const points = match?.found[i]?.points;
      if (keypoints && points && !match?.isIgnored[i]) addPerson(tallies, keypoints, points);
    }
  }
  const whole = tallies.reduce((sum, tally) => ({
    count: sum.count + tally.count,
    distance: sum.distance + tally.distance,
    judged: sum.judged + tally.judged,
    correct: sum.correct + tally.correct,
  }));
  return {
    joints: coco17.keypoints.map((keypoint, i) => ({
      keypoint,
      count: tallies[i]?.count ?? 0,
      ...shares(tallies[i]),
    })),
    ...shares(whole),
  };
}

function addPerson(tallies: readonly Tally[], keypoints: readonly number[], points: Float32Array): void {
  const torso = torsoOf(keypoints);
  for (const [keypoint, tally] of tallies.entries()) {
    const at = keypoint * POINT_STRIDE;
    if (!((keypoints[at + 2] ?? 0) > 0)) continue;
    const distance = Math.hypot(
      (points[at] ?? Number.NaN) - (keypoints[at] ?? 0),
      (points[at + 1] ?? Number.NaN) - (keypoints[at + 1] ?? 0),
    );
    if (!Number.isNaN(distance)) {
      tally.count++;
      tally.distance += distance;
    }
    if (torso === null) continue;
    tally.judged++;
    if (distance <= SHARE_OF_TORSO * torso) tally.correct++;
  }
}

/** In pixels; `null`: an end of it isn't labelled. */
function torsoOf(keypoints: readonly number[]): number | null {
  const [shoulder, hip] = [LEFT_SHOULDER, RIGHT_HIP].map((keypoint) =>
    keypoints.slice(keypoint * POINT_STRIDE, (keypoint + 1) * POINT_STRIDE),
  );
  if (!((shoulder?.[2] ?? 0) > 0 && (hip?.[2] ?? 0) > 0)) return null;
  return Math.hypot((shoulder?.[0] ?? 0) - (hip?.[0] ?? 0), (shoulder?.[1] ?? 0) - (hip?.[1] ?? 0));
}

function shares(tally: Tally | undefined): Pick<JointErrors, 'meanPixels' | 'correct'> {
  const { count = 0, distance = 0, judged = 0, correct = 0 } = tally ?? {};
  return {
    meanPixels: count === 0 ? null : distance / count,
    correct: judged === 0 ? null : correct / judged,
  };
}
