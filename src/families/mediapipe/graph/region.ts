import { boxAround } from '../../../core/boxes.ts';
import type { Box } from '../../../core/pose.ts';

/** A turned square of the frame that a landmark network looks at. */
export interface Region {
  /** Its middle, in pixels of the frame. */
  readonly x: number;
  readonly y: number;
  /** Pixels of a side. */
  readonly size: number;
  /** Radians clockwise; 0: upright. */
  readonly rotation: number;
}

/** Bodies are looked at in a square a quarter larger than the circle around them (pose_detector_graph.cc). */
const POSE_SCALE = 1.25;
/** Palms are a part of hands, which go on towards the fingers (hand_detector_graph.cc). */
const PALM_SCALE = 2.6;
const PALM_SHIFT = -0.5;
/** Hands move from frame to frame (hand_landmarks_detector_graph.cc). */
const HAND_SCALE = 2;
const HAND_SHIFT = -0.1;
/** Faces, too (face_landmarks_detector_graph.cc). */
const FACE_SCALE = 1.5;
/** Eyes are looked at with what is around them (iris_landmark_landmarks_to_roi.pbtxt). */
const EYE_SCALE = 2.3;
/** What a region is turned to makes the way from one point to another point up. */
const UP = Math.PI / 2;
/**
 * MediaPipe's graph for palms says 90 where radians are meant (hand_detector_graph.cc, rotation_vector_target_angle):
 * hands that are seen for the first time are looked at 27° askew. So they are here, for the same landmarks.
 */
const PALM_UP = 90;

/** The turn after which the way from one point to another has an angle; −π to π. */
function rotationOf(fromX: number, fromY: number, toX: number, toY: number, target = UP): number {
  const angle = target - Math.atan2(-(toY - fromY), toX - fromX);
  return angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
}

/**
 * The region of a body between the middle of its hips and the point above its head that a circle around it goes through.
 *
 * Method: mediapipe, calculators/util/alignment_points_to_rects_calculator.cc.
 */
export function poseRegion(hipX: number, hipY: number, topX: number, topY: number): Region {
  const radius = Math.hypot(topX - hipX, topY - hipY);
  return { x: hipX, y: hipY, size: 2 * radius * POSE_SCALE, rotation: rotationOf(hipX, hipY, topX, topY) };
}

/** The region of a hand by its palm, the wrist and the middle finger's first joint. */
export function palmRegion(
  palm: Box,
  wristX: number,
  wristY: number,
  fingerX: number,
  fingerY: number,
): Region {
  const rotation = rotationOf(wristX, wristY, fingerX, fingerY, PALM_UP);
  const [x, y] = middleOf(palm);
  const box = { x, y, width: palm.width, height: palm.height, rotation };
  return transformed(box, PALM_SHIFT, PALM_SCALE);
}

/** Landmarks that the calculator looks at: the wrist, the thumb's and the fingers' first joints, no finger tips. */
const PALM_LANDMARKS = [0, 1, 2, 3, 5, 6, 9, 10, 13, 14, 17, 18] as const;
/** Those that tell where a hand points: the wrist, and where fingers begin. */
const WRIST = 0;
const [INDEX, MIDDLE, RING] = [5, 9, 13] as const;

/**
 * The region that a hand will be in in the next frame: around its landmarks, the fingers up.
 *
 * Method: mediapipe, modules/hand_landmark/calculators/hand_landmarks_to_rect_calculator.cc.
 *
 * @param points x and y of each landmark, in pixels of the frame
 */
export function handRegion(points: Float64Array, stride: number): Region {
  const x = (landmark: number): number => points[landmark * stride] ?? 0;
  const y = (landmark: number): number => points[landmark * stride + 1] ?? 0;
  const fingerX = ((x(INDEX) + x(RING)) / 2 + x(MIDDLE)) / 2;
  const fingerY = ((y(INDEX) + y(RING)) / 2 + y(MIDDLE)) / 2;
  const rotation = rotationOf(x(WRIST), y(WRIST), fingerX, fingerY);
  const count = PALM_LANDMARKS.length;
  const palmX = (i: number): number => x(PALM_LANDMARKS[i] ?? 0);
  const palmY = (i: number): number => y(PALM_LANDMARKS[i] ?? 0);
  const [middleX, middleY] = middleOf(boxAround(count, palmX, palmY));
  const [cos, sin] = [Math.cos(rotation), Math.sin(rotation)];
  // Turned back, so that the box lies along the hand.
  const turned = boxAround(
    count,
    (i) => (palmX(i) - middleX) * cos + (palmY(i) - middleY) * sin,
    (i) => -(palmX(i) - middleX) * sin + (palmY(i) - middleY) * cos,
  );
  const [turnedX, turnedY] = middleOf(turned);
  const box = {
    x: turnedX * cos - turnedY * sin + middleX,
    y: turnedX * sin + turnedY * cos + middleY,
    width: turned.width,
    height: turned.height,
    rotation,
  };
  return transformed(box, HAND_SHIFT, HAND_SCALE);
}

/**
 * The region of a face by a box around it, turned so that the way from its right eye to its left one is level.
 *
 * Method: mediapipe, modules/face_landmark/face_detection_front_detection_to_roi.pbtxt, and for faces that are followed
 * tasks/cc/vision/face_landmarker/face_landmarks_detector_graph.cc: both make the box larger by the same.
 */
export function faceRegion(
  face: Box,
  rightEyeX: number,
  rightEyeY: number,
  leftEyeX: number,
  leftEyeY: number,
): Region {
  const rotation = rotationOf(rightEyeX, rightEyeY, leftEyeX, leftEyeY, 0);
  const [x, y] = middleOf(face);
  return transformed({ x, y, width: face.width, height: face.height, rotation }, 0, FACE_SCALE);
}

/**
 * The region of an eye between its corners, level.
 *
 * Method: mediapipe, modules/iris_landmark/iris_landmark_landmarks_to_roi.pbtxt.
 *
 * @param corners the outer one and the inner one, that at the picture's left first: x and y of each
 */
export function eyeRegion([leftX, leftY, rightX, rightY]: readonly [number, number, number, number]): Region {
  const rotation = rotationOf(leftX, leftY, rightX, rightY, 0);
  const [width, height] = [Math.abs(rightX - leftX), Math.abs(rightY - leftY)];
  const box = { x: (leftX + rightX) / 2, y: (leftY + rightY) / 2, width, height, rotation };
  return transformed(box, 0, EYE_SCALE);
}

/** A box by its middle. */
interface TurnedBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rotation: number;
}

function middleOf({ left, top, width, height }: Box): readonly [x: number, y: number] {
  return [left + width / 2, top + height / 2];
}

/** Moved along its own height, made square by its longer side, and larger (rect_transformation_calculator.cc). */
function transformed({ x, y, width, height, rotation }: TurnedBox, shift: number, scale: number): Region {
  return {
    x: x - height * shift * Math.sin(rotation),
    y: y + height * shift * Math.cos(rotation),
    size: Math.max(width, height) * scale,
    rotation,
  };
}

/** The upright box around regions, in pixels of the frame; `null`: there are none. */
export function partOf(regions: readonly Region[]): Box | null {
  if (regions.length === 0) return null;
  // Corners of each, two by two opposite.
  const corner = (i: number): readonly [number, number] => {
    const { x, y, size, rotation } = regions[i >> 2] ?? { x: 0, y: 0, size: 0, rotation: 0 };
    const angle = rotation + Math.PI * (0.25 + 0.5 * (i & 3));
    const reach = size * Math.SQRT1_2;
    return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
  };
  return boxAround(
    4 * regions.length,
    (i) => corner(i)[0],
    (i) => corner(i)[1],
  );
}
