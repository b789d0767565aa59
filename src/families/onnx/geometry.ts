import { type Box, POINT_STRIDE } from '../../core/pose.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where a picture lies in another: `x · scaleX + left`, `y · scaleY + top`, in pixels of both. */
export interface Placement {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly left: number;
  readonly top: number;
}

/** A frame as large as it goes in a network's picture, with its own shape: in its upper left corner, or in the middle. */
export function letterbox(frame: Size, input: Size, at: 'corner' | 'middle'): Placement {
  const scale = Math.min(input.width / frame.width, input.height / frame.height);
  if (at === 'corner') return { scaleX: scale, scaleY: scale, left: 0, top: 0 };
  const [left, top] = [(input.width - frame.width * scale) / 2, (input.height - frame.height * scale) / 2];
  return { scaleX: scale, scaleY: scale, left, top };
}

/** A box given by its corners in the network's picture, in the frame. */
export function toFrameBox(left: number, top: number, right: number, bottom: number, place: Placement): Box {
  const x = (left - place.left) / place.scaleX;
  const y = (top - place.top) / place.scaleY;
  return { left: x, top: y, width: (right - left) / place.scaleX, height: (bottom - top) / place.scaleY };
}

/** Keypoints from the network's picture to the frame. Changes what it is given. */
export function toFramePoints(points: Float32Array, { scaleX, scaleY, left, top }: Placement): Float32Array {
  for (let at = 0; at < points.length; at += POINT_STRIDE) {
    points[at] = ((points[at] ?? 0) - left) / scaleX;
    points[at + 1] = ((points[at + 1] ?? 0) - top) / scaleY;
  }
  return points;
}

/** What of a frame a top-down network looks at: an upright rectangle of its input's shape. */
export interface CropRegion {
  readonly centreX: number;
  readonly centreY: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The region for somebody's box: enlarged, and widened to the input's shape.
 *
 * Method: mmpose, mmpose/datasets/transforms/{common_transforms,topdown_transforms}.py (GetBBoxCenterScale, TopdownAffine).
 *
 * @param padding so many times as large
 */
export function cropRegion({ left, top, width, height }: Box, input: Size, padding: number): CropRegion {
  const aspect = input.width / input.height;
  const [paddedWidth, paddedHeight] = [width * padding, height * padding];
  return {
    centreX: left + width / 2,
    centreY: top + height / 2,
    width: Math.max(paddedWidth, paddedHeight * aspect),
    height: Math.max(paddedHeight, paddedWidth / aspect),
  };
}

/** Half a pixel: the middle of the first pixel is at 0 for OpenCV, and here at one half. */
const HALF = 0.5;

/**
 * Where the frame lies in a network's picture that shows a region of it.
 *
 * OpenCV counts from pixels' middles; `unbiased` maps the first middle on the first one and the last on the last (mmpose,
 * mmpose/structures/bbox/transforms.py: get_udp_warp_matrix), else widths on widths (get_warp_matrix).
 */
export function placeRegion(region: CropRegion, input: Size, isUnbiased: boolean): Placement {
  const less = isUnbiased ? 1 : 0;
  const scaleX = (input.width - less) / region.width;
  const scaleY = (input.height - less) / region.height;
  return {
    scaleX,
    scaleY,
    left: (input.width - less) / 2 - region.centreX * scaleX + HALF * (1 - scaleX),
    top: (input.height - less) / 2 - region.centreY * scaleY + HALF * (1 - scaleY),
  };
}
