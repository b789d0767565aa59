import { boundingBox, keypointCount, type Pose, pointScore, pointX, pointY } from '../../core/pose.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { assignMaximum } from './assignment.ts';

/** Somebody's head in the picture. */
export interface Head {
  /** Its middle, in pixels. */
  readonly x: number;
  readonly y: number;
  /** From the middle between the shoulders to the head's, in pixels; `null`: they weren't found. */
  readonly toShoulders: number | null;
}

/** Of a face or of what was found of one: its middle and its larger side, in pixels. */
export interface FacePlace {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

const HEAD_KEYPOINTS = ['nose', 'left_eye', 'right_eye', 'left_ear', 'right_ear'];
/** Of MPI's, which has no face: the top of the head, and the neck. */
const HEAD_ENDS = ['head', 'neck'];
const SHOULDERS = ['left_shoulder', 'right_shoulder'];
const MINIMUM_SCORE = 0.3;
/** A face whose middle is farther than this from a head, in its own sizes, isn't that head's. */
const REACH = 0.6;

/** Where a body's head is; `null`: nothing of it was found. */
export function headOf(body: Pose): Head | null {
  const face = middleOf(body, HEAD_KEYPOINTS, 1);
  const head = face ?? middleOf(body, HEAD_ENDS, HEAD_ENDS.length);
  if (!head) return null;
  const shoulders = middleOf(body, SHOULDERS, SHOULDERS.length);
  return { ...head, toShoulders: shoulders && Math.hypot(head.x - shoulders.x, head.y - shoulders.y) };
}

/** Where a face is; without a size if none of its points is there. */
export function placeOfFace(face: Pose): FacePlace {
  const { left, top, width, height } = boundingBox(face) ?? { left: 0, top: 0, width: 0, height: 0 };
  return { x: left + width / 2, y: top + height / 2, size: Math.max(width, height) };
}

/**
 * Whose each face is: the assignment with the smallest total distance, within reach.
 *
 * @returns by head, the position of its face; −1: it has none
 */
export function assignFaces(heads: readonly (Head | null)[], faces: readonly FacePlace[]): number[] {
  if (faces.length === 0) return heads.map(() => -1);
  const nearness = heads.map((head) => faces.map((face) => (head ? nearnessOf(head, face) : 0)));
  return assignMaximum(nearness).map((face, head) => ((nearness[head]?.[face] ?? 0) > 0 ? face : -1));
}

/** 1 where head and face coincide, 0 at the reach and beyond. */
function nearnessOf(head: Head, face: FacePlace): number {
  const distance = Math.hypot(head.x - face.x, head.y - face.y);
  return face.size > 0 ? Math.max(0, 1 - distance / (REACH * face.size)) : 0;
}

/** The middle of keypoints that were found, if they are so many. */
function middleOf(
  body: Pose,
  names: readonly string[],
  least: number,
): { readonly x: number; readonly y: number } | null {
  const keypoints: readonly string[] = skeletonOf(body.set).keypoints;
  const found = names
    .map((name) => keypoints.indexOf(name))
    .filter((at) => at >= 0 && at < keypointCount(body) && pointScore(body, at) >= MINIMUM_SCORE);
  if (found.length < least) return null;
  const mean = (read: (pose: Pose, keypoint: number) => number): number =>
    found.reduce((sum, at) => sum + read(body, at), 0) / found.length;
  return { x: mean(pointX), y: mean(pointY) };
}
