import type { FaceLandmarkerResult } from '@mediapipe/tasks-vision';
import { blendshapeNames } from '../../../core/blendshapes.ts';
import { type Box, boundingBox, type Pose, pointX, pointY } from '../../../core/pose.ts';
import { MESH_POINTS } from '../../../skeletons/sets/face478.ts';

/**
 * Two looks at one face differ by less than this share of its larger side, in the mean over the mesh. An assumption of this
 * project: two faces side by side are farther apart.
 */
const SAME_FACE = 0.1;
/** Around a face, on every side, this share of its larger side goes into the picture: the detector wants to see the head. */
const MARGIN = 0.5;

/** The part of the picture in which a face is looked at: a square in pixels of the frame, which may reach beyond it. */
export function partAround(face: Pose): Box | null {
  const box = boundingBox(face);
  if (!box) return null;
  const size = Math.max(box.width, box.height) * (1 + 2 * MARGIN);
  return {
    left: box.left + (box.width - size) / 2,
    top: box.top + (box.height - size) / 2,
    width: size,
    height: size,
  };
}

/**
 * The blendshapes of what was found in a part of the picture, if it is this face.
 *
 * @param face `face-478`, in pixels of the frame
 * @param part of the frame, in its pixels, that was looked at
 * @returns one score a name of `blendshapeNames`, 0 to 1; `null`: nothing was found, or another face, or scores are missing
 */
export function blendshapesOf(
  { faceLandmarks, faceBlendshapes }: Pick<FaceLandmarkerResult, 'faceLandmarks' | 'faceBlendshapes'>,
  face: Pose,
  part: Box,
): Float32Array | null {
  const [landmarks] = faceLandmarks;
  const box = boundingBox(face);
  if (!landmarks || !box || landmarks.length < MESH_POINTS) return null;
  let sum = 0;
  for (let i = 0; i < MESH_POINTS; i++) {
    const { x = Number.NaN, y = Number.NaN } = landmarks[i] ?? {};
    const [dx, dy] = [
      part.left + x * part.width - pointX(face, i),
      part.top + y * part.height - pointY(face, i),
    ];
    sum += Math.hypot(dx, dy);
  }
  // NaN is no match, either.
  if (!(sum / MESH_POINTS < SAME_FACE * Math.max(box.width, box.height))) return null;
  const byName = new Map(
    faceBlendshapes[0]?.categories.map(({ categoryName, score }) => [categoryName, score]),
  );
  const scores = Float32Array.from(blendshapeNames, (name) => byName.get(name) ?? Number.NaN);
  return scores.every((score) => score >= 0 && score <= 1) ? scores : null;
}
