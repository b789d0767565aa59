import { POINT_STRIDE, type Pose, WORLD_STRIDE } from '../../../core/pose.ts';
import { IRIS_MIRRORED } from '../../../skeletons/sets/face478.ts';
import type { Region } from './region.ts';

/** Landmarks of a body: 33 that are given on, two that the next region is laid by, four that nobody uses. */
export const BODY_LANDMARKS = 33;
const ALL_LANDMARKS = 39;
const NUMBERS_A_LANDMARK = 5;
const WORLD_NUMBERS = 3;
/** A landmark is put where its heatmap is highest around it, if that is sure (refine_landmarks_from_heatmap). */
const REACH = 3;
const SURE = 0.5;
const HEATMAP_SIDE = 64;
const HAND_LANDMARKS = 21;
/** Of bodies, hands and faces (min_pose_, min_hand_ and min_face_presence_confidence, as tasks-vision has them). */
const PRESENT = 0.5;

/**
 * Is there somebody in a region, by what the landmark network says of it?
 *
 * @param presence 0 to 1; what isn't a number is nobody
 */
export function isPresent(presence: number): boolean {
  return presence >= PRESENT;
}

/** A body's landmarks in the frame, as the network gives them. */
export interface BodyLandmarks {
  /** x, y in pixels of the frame, z in its pixels (S1); of all 33 and the two behind them. */
  readonly places: Float64Array;
  /** 0 to 1, of the 33. */
  readonly visibility: Float64Array;
  /** x, y, z in metres, y down, z away from the viewer; of the 33. */
  readonly world: Float64Array;
}

export const PLACE_STRIDE = 3;

/**
 * Method: mediapipe, tasks/cc/vision/pose_landmarker/pose_landmarks_detector_graph.cc and the calculators it names.
 *
 * @param landmarks x, y, z in pixels of the network's picture, logits of visibility and presence; of each
 * @param heatmap 64 × 64 × 39 logits
 * @param world x, y, z in metres, of each, in the turned region
 */
export function decodeBody(
  landmarks: Float32Array,
  heatmap: Float32Array,
  world: Float32Array,
  region: Region,
  side: number,
): BodyLandmarks {
  const count = BODY_LANDMARKS + 2;
  const places = new Float64Array(count * PLACE_STRIDE);
  const visibility = new Float64Array(BODY_LANDMARKS);
  const metres = new Float64Array(BODY_LANDMARKS * WORLD_NUMBERS);
  const place = new Float64Array(2);
  for (let i = 0; i < count; i++) {
    const at = i * NUMBERS_A_LANDMARK;
    refine(heatmap, i, (landmarks[at] ?? 0) / side, (landmarks[at + 1] ?? 0) / side, place);
    project(place[0] ?? 0, place[1] ?? 0, (landmarks[at + 2] ?? 0) / side, region, places, i * PLACE_STRIDE);
    if (i < BODY_LANDMARKS) visibility[i] = sigmoid(landmarks[at + 3] ?? 0);
  }
  turn(world, region.rotation, metres);
  return { places, visibility, world: metres };
}

/** A hand's landmarks in the frame. */
export interface HandLandmarks {
  /** x, y, z in pixels of the frame. */
  readonly places: Float64Array;
  readonly world: Float64Array;
}

/** Method: mediapipe, tasks/cc/vision/hand_landmarker/hand_landmarks_detector_graph.cc. */
export function decodeHand(
  landmarks: Float32Array,
  world: Float32Array,
  region: Region,
  side: number,
): HandLandmarks {
  const places = new Float64Array(HAND_LANDMARKS * PLACE_STRIDE);
  for (let i = 0; i < HAND_LANDMARKS; i++) {
    const share = (axis: number): number => (landmarks[i * 3 + axis] ?? 0) / side;
    project(share(0), share(1), share(2), region, places, i * PLACE_STRIDE);
  }
  const metres = new Float64Array(HAND_LANDMARKS * WORLD_NUMBERS);
  turn(world, region.rotation, metres);
  return { places, world: metres };
}

/**
 * A face's landmarks in the frame: x, y, z in its pixels.
 *
 * Method: mediapipe, tasks/cc/vision/face_landmarker/face_landmarks_detector_graph.cc.
 *
 * @param landmarks x, y, z of each in pixels of the network's picture
 */
export function decodeFace(landmarks: Float32Array, region: Region, side: number): Float64Array {
  const places = new Float64Array(landmarks.length);
  for (let at = 0; at < landmarks.length; at += PLACE_STRIDE) {
    const share = (axis: number): number => (landmarks[at + axis] ?? 0) / side;
    project(share(0), share(1), share(2), region, places, at);
  }
  return places;
}

/**
 * An iris in the frame: x, y, z in its pixels of the middle, then of the edge at the picture's right, top, left and bottom.
 *
 * Method: mediapipe, modules/iris_landmark/iris_landmark_cpu.pbtxt.
 *
 * @param landmarks x, y, z of each in pixels of the network's picture
 * @param isMirrored that picture shows the region in a mirror
 */
export function decodeIris(
  landmarks: Float32Array,
  region: Region,
  side: number,
  isMirrored: boolean,
): Float64Array {
  const places = new Float64Array(landmarks.length);
  for (let i = 0; i * PLACE_STRIDE < landmarks.length; i++) {
    // In the mirror, right and left have changed places.
    const from = isMirrored ? (IRIS_MIRRORED[i] ?? i) : i;
    const share = (axis: number): number => (landmarks[from * PLACE_STRIDE + axis] ?? 0) / side;
    project(isMirrored ? 1 - share(0) : share(0), share(1), share(2), region, places, i * PLACE_STRIDE);
  }
  return places;
}

/** Landmarks in Limn's spaces (S1, S2). @param scores one a landmark */
export function toLandmarkPose(
  set: 'blazepose-33' | 'hand-21',
  places: Float64Array,
  world: Float64Array,
  scores: (landmark: number) => number,
  handedness: Pose['handedness'],
): Pose {
  const count = world.length / WORLD_NUMBERS;
  const points = new Float32Array(count * POINT_STRIDE);
  const metres = new Float32Array(count * WORLD_STRIDE);
  for (let i = 0; i < count; i++) {
    const score = Math.min(1, Math.max(0, scores(i)));
    const [x = 0, y = 0] = places.subarray(i * PLACE_STRIDE, i * PLACE_STRIDE + 2);
    const [wx = 0, wy = 0, wz = 0] = world.subarray(i * WORLD_NUMBERS, (i + 1) * WORLD_NUMBERS);
    points.set([x, y, score], i * POINT_STRIDE);
    // MediaPipe's y points down and its z away from the viewer.
    metres.set([wx, -wy, -wz, score], i * WORLD_STRIDE);
  }
  return { set, points, world: metres, handedness };
}

/** The place of a landmark by its heatmap: the mean of the 7 × 7 cells around, weighing by how sure they are. */
function refine(heatmap: Float32Array, landmark: number, x: number, y: number, result: Float64Array): void {
  result[0] = x;
  result[1] = y;
  const [column, row] = [Math.trunc(x * HEATMAP_SIDE), Math.trunc(y * HEATMAP_SIDE)];
  // Of rows, MediaPipe looks only for those above: what lies just below the picture is refined by its last rows.
  if (column < 0 || row < 0 || column >= HEATMAP_SIDE) return;
  let [sum, sumX, sumY, highest] = [0, 0, 0, 0];
  for (let j = Math.max(0, row - REACH); j < Math.min(HEATMAP_SIDE, row + REACH + 1); j++) {
    for (let i = Math.max(0, column - REACH); i < Math.min(HEATMAP_SIDE, column + REACH + 1); i++) {
      const confidence = sigmoid(heatmap[(j * HEATMAP_SIDE + i) * ALL_LANDMARKS + landmark] ?? 0);
      sum += confidence;
      sumX += i * confidence;
      sumY += j * confidence;
      highest = Math.max(highest, confidence);
    }
  }
  if (highest < SURE || sum === 0) return;
  result[0] = sumX / HEATMAP_SIDE / sum;
  result[1] = sumY / HEATMAP_SIDE / sum;
}

/** From shares of a turned square to pixels of the frame (landmark_projection_calculator.cc). */
function project(
  x: number,
  y: number,
  z: number,
  { x: middleX, y: middleY, size, rotation }: Region,
  result: Float64Array,
  at: number,
): void {
  const [cos, sin] = [Math.cos(rotation) * size, Math.sin(rotation) * size];
  result[at] = middleX + (x - 0.5) * cos - (y - 0.5) * sin;
  result[at + 1] = middleY + (x - 0.5) * sin + (y - 0.5) * cos;
  result[at + 2] = z * size;
}

/** World landmarks are those of the upright region (world_landmark_projection_calculator.cc). */
function turn(world: Float32Array, rotation: number, result: Float64Array): void {
  const [cos, sin] = [Math.cos(rotation), Math.sin(rotation)];
  for (let at = 0; at < result.length; at += WORLD_NUMBERS) {
    const [x = 0, y = 0, z = 0] = world.subarray(at, at + WORLD_NUMBERS);
    result[at] = cos * x - sin * y;
    result[at + 1] = sin * x + cos * y;
    result[at + 2] = z;
  }
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
