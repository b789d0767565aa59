import type {
  HandLandmarkerResult,
  Landmark,
  NormalizedLandmark,
  PoseLandmarkerResult,
} from '@mediapipe/tasks-vision';
import {
  type Detections,
  type KeypointSetId,
  POINT_STRIDE,
  type Pose,
  WORLD_STRIDE,
} from '../../core/pose.ts';
import { maskOfFrame } from './person-mask.ts';

/** MediaPipe's bodies, and their masks where these were asked for. Closes the result. */
export function toBodiesAndMasks(
  result: PoseLandmarkerResult,
  width: number,
  height: number,
): Pick<Detections, 'bodies' | 'masks'> {
  try {
    const bodies = toBodies(result, width, height);
    const { segmentationMasks: given } = result;
    if (!given) return { bodies };
    const masks = given.map((mask) =>
      maskOfFrame(mask.getAsFloat32Array(), mask.width, mask.height, width, height),
    );
    return { bodies, masks };
  } finally {
    result.close();
  }
}

/** MediaPipe's bodies in Limn's spaces (S1, S2). The score of a keypoint is its visibility. */
export function toBodies(result: PoseLandmarkerResult, width: number, height: number): Pose[] {
  return result.landmarks.map((landmarks, i) => {
    const scores = landmarks.map((landmark) => clamp(landmark.visibility ?? 0));
    return toPose('blazepose-33', landmarks, result.worldLandmarks[i], scores, width, height, null);
  });
}

/**
 * MediaPipe's hands in Limn's spaces. The network gives keypoints of a hand no scores of their own: each has
 * that of the hand's handedness, the one measure of certainty there is.
 *
 * The label of tasks-vision 0.10.35 is the subject's side in a picture that isn't mirrored, as frames here never
 * are (S3): so it is on the demo actor, whose sides are known (`test/long/page/actor.test.ts`).
 */
export function toHands(result: HandLandmarkerResult, width: number, height: number): Pose[] {
  return result.landmarks.map((landmarks, i) => {
    const category = result.handedness[i]?.[0];
    const score = clamp(category?.score ?? 0);
    const side = category?.categoryName === 'Left' ? 'left' : 'right';
    const scores = landmarks.map(() => score);
    return toPose('hand-21', landmarks, result.worldLandmarks[i], scores, width, height, { side, score });
  });
}

function toPose(
  set: KeypointSetId,
  landmarks: readonly NormalizedLandmark[],
  worldLandmarks: readonly Landmark[] | undefined,
  scores: readonly number[],
  width: number,
  height: number,
  handedness: Pose['handedness'],
): Pose {
  const points = new Float32Array(landmarks.length * POINT_STRIDE);
  for (const [i, { x, y }] of landmarks.entries()) {
    points.set([x * width, y * height, scores[i] ?? 0], i * POINT_STRIDE);
  }
  if (!worldLandmarks) return { set, points, world: null, handedness };
  const world = new Float32Array(landmarks.length * WORLD_STRIDE);
  for (const [i, { x, y, z }] of worldLandmarks.entries()) {
    // MediaPipe's y points down and its z away from the viewer.
    world.set([x, -y, -z, scores[i] ?? 0], i * WORLD_STRIDE);
  }
  return { set, points, world, handedness };
}

function clamp(score: number): number {
  return Math.min(1, Math.max(0, score));
}
