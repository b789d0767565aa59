import { keypointCount, type Pose, pointScore, pointX, pointY } from '../../../core/pose.ts';
import { skeletonOf } from '../../../skeletons/registry.ts';
import type { FoundPerson } from '../../finding/person-finder.ts';
import { poseRegion, type Region } from './region.ts';

/** Keypoints that are less sure than this say nothing. */
const MINIMUM_SCORE = 0.2;
/** Above the hips a body goes on for so many lengths of its trunk (Drillis and Contini 1966: 0.47 and 0.288 of the height). */
const TRUNKS_ABOVE = 1.63;
/** Shoulders are this much less wide than a trunk is long (the same: 0.259 of the height). */
const TRUNKS_A_SHOULDER = 1.11;
/** From the shoulders to the nose it is so much of a trunk (the same: 0.112 of the height). */
const TRUNKS_A_NECK = 2.57;
/** Beyond the outermost keypoints there are still scalp, hands and feet. */
const BEYOND_KEYPOINTS = 1.1;

type Place = readonly [x: number, y: number];

/**
 * Where MediaPipe's landmark network is to look for somebody whom another network has found: a square around the middle of the
 * hips, turned so that the shoulders are above them, with the whole body in it. Where the hips aren't seen, they are assumed to be
 * where the shoulders and the head have them; of whom only a box is known, that is taken for a body that stands upright.
 *
 * What the network wants: mediapipe, modules/pose_landmark/pose_detection_to_roi.pbtxt.
 */
export function foundRegion({ box, body }: FoundPerson): Region {
  const trunk = body && trunkOf(body);
  if (!body || !trunk) {
    const { left, top, width, height } = box;
    const [x, y] = [left + width / 2, top + height / 2];
    return poseRegion(x, y, x, y - Math.max(width, height) / 2);
  }
  const { hips, shoulders } = trunk;
  const length = distance(hips, shoulders);
  let reach = TRUNKS_ABOVE * length;
  for (let i = 0; i < keypointCount(body); i++) {
    if (pointScore(body, i) < MINIMUM_SCORE) continue;
    reach = Math.max(reach, BEYOND_KEYPOINTS * distance(hips, [pointX(body, i), pointY(body, i)]));
  }
  const share = reach / length;
  const [topX, topY] = shoulders.map((value, axis) => {
    const hip = hips[axis] ?? 0;
    return hip + (value - hip) * share;
  });
  return poseRegion(hips[0], hips[1], topX ?? 0, topY ?? 0);
}

/** The middles of hips and shoulders; `null`: too little is seen. */
export function trunkOf(body: Pose): { readonly hips: Place; readonly shoulders: Place } | null {
  const names: readonly string[] = skeletonOf(body.set).keypoints;
  const at = (name: string): Place | null => {
    const i = names.indexOf(name);
    return i >= 0 && pointScore(body, i) >= MINIMUM_SCORE ? [pointX(body, i), pointY(body, i)] : null;
  };
  const [left, right] = [at('left_shoulder'), at('right_shoulder')];
  const shoulders = middle(left, right);
  if (!shoulders) return null;
  const hips = middle(at('left_hip'), at('right_hip'));
  if (hips && distance(hips, shoulders) > 0) return { hips, shoulders };
  const nose = at('nose');
  const length = Math.max(
    left && right ? TRUNKS_A_SHOULDER * distance(left, right) : 0,
    nose ? TRUNKS_A_NECK * distance(nose, shoulders) : 0,
  );
  return length > 0 ? { hips: [shoulders[0], shoulders[1] + length], shoulders } : null;
}

/** Of two places, or of the one that there is. */
function middle(a: Place | null, b: Place | null): Place | null {
  return a && b ? [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] : (a ?? b);
}

function distance(a: Place, b: Place): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
