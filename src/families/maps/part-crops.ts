import { POINT_STRIDE, type Pose, pointScore, pointX, pointY } from '../../core/pose.ts';
import type { Crop } from '../finding/hand-crop.ts';

/** Nose, neck, eyes and ears, right before left. */
const HEADS = {
  'body-25': { nose: 0, neck: 1, eyes: [15, 16], ears: [17, 18] },
  'coco-18': { nose: 0, neck: 1, eyes: [14, 15], ears: [16, 17] },
} as const;

/** Below this side a face has too few pixels for its network. */
const SMALLEST_SIDE = 8;
/** openpose, src/openpose/face/faceDetector.cpp: a keypoint of the head counts above this. */
const HEAD_THRESHOLD = 0.25;

/** Where somebody's face is, by what is seen of neck, nose, eyes and ears; `null` if that is too little. */
export function faceCrop(body: Pose): Crop | null {
  const head = body.set in HEADS ? HEADS[body.set as keyof typeof HEADS] : null;
  if (!head) return null;
  const isSeen = (keypoint: number): boolean => pointScore(body, keypoint) > HEAD_THRESHOLD;
  const at = (keypoint: number) => ({ x: pointX(body, keypoint), y: pointY(body, keypoint) });
  const distance = (a: number, b: number): number => Math.hypot(at(a).x - at(b).x, at(a).y - at(b).y);
  const [rightEye, leftEye] = head.eyes;
  const [rightEar, leftEar] = head.ears;
  const sizes = [
    isSeen(head.neck) && isSeen(head.nose) ? 2 * distance(head.neck, head.nose) : null,
    isSeen(rightEye) && isSeen(leftEye) ? 3 * distance(rightEye, leftEye) : null,
    isSeen(rightEar) && isSeen(leftEar) ? 2 * distance(rightEar, leftEar) : null,
  ].filter((size) => size !== null);
  const front: readonly number[] = [head.nose, ...head.eyes];
  const seen = front.filter(isSeen);
  if (sizes.length === 0 || seen.length < 2) return null;
  const side = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const x = seen.reduce((sum, keypoint) => sum + at(keypoint).x, 0) / seen.length;
  const y = seen.reduce((sum, keypoint) => sum + at(keypoint).y, 0) / seen.length;
  return side < SMALLEST_SIDE ? null : { left: x - side / 2, top: y - side / 2, side };
}

/**
 * The one place of every keypoint in a cropped picture: the highest number of its map, weighed with its neighbours.
 *
 * Method: openpose, src/openpose/hand/handExtractorCaffe.cpp and net/maximumBase.cpp.
 *
 * @param maps pixel by pixel, channel by channel; `cells` rows of as many columns
 * @param channels with the background's, which is the last
 */
export function maximaOf(
  maps: Float32Array,
  cells: number,
  channels: number,
  crop: Crop,
  isMirrored: boolean,
): Float32Array {
  const keypoints = channels - 1;
  const points = new Float32Array(keypoints * POINT_STRIDE);
  const read = (x: number, y: number, channel: number): number =>
    x < 0 || y < 0 || x >= cells || y >= cells ? 0 : (maps[(y * cells + x) * channels + channel] ?? 0);
  for (let keypoint = 0; keypoint < keypoints; keypoint++) {
    let [most, bestX, bestY] = [Number.NEGATIVE_INFINITY, 0, 0];
    for (let y = 0; y < cells; y++) {
      for (let x = 0; x < cells; x++) {
        const value = read(x, y, keypoint);
        if (value > most) [most, bestX, bestY] = [value, x, y];
      }
    }
    let [sum, sumX, sumY] = [0, 0, 0];
    for (let y = bestY - 1; y <= bestY + 1; y++) {
      for (let x = bestX - 1; x <= bestX + 1; x++) {
        const value = Math.max(0, read(x, y, keypoint));
        [sum, sumX, sumY] = [sum + value, sumX + value * x, sumY + value * y];
      }
    }
    const isThere = sum > 0;
    const shareX = ((isThere ? sumX / sum : 0) + 0.5) / cells;
    const x = crop.left + (isMirrored ? 1 - shareX : shareX) * crop.side;
    const y = crop.top + (((isThere ? sumY / sum : 0) + 0.5) / cells) * crop.side;
    const score = Math.min(1, Math.max(0, most));
    points.set(isThere ? [x, y, score] : [Number.NaN, Number.NaN, 0], keypoint * POINT_STRIDE);
  }
  return points;
}
