import type { PictureSize } from '../frame-image.ts';
import type { MapsOptions } from './maps-options.ts';

/** OpenPose rounds the width that follows from the frame's shape to this (core/scaleAndSizeExtractor.cpp). */
const NET_STEP = 16;
/** Maps are smaller by a power of two: 8. */
const SMALLEST_STEP = 8;
const SMALLEST_SIDE = 4 * NET_STEP;
/** Longer than this no side is made by itself: a strip of a picture doesn't ask for gigabytes. */
const LONGEST_SIDE = 1536;

/**
 * Sizes of the pictures that the network gets of a frame, the largest first.
 *
 * Method: openpose, src/openpose/core/scaleAndSizeExtractor.cpp.
 */
export function netSizes(frame: PictureSize, options: MapsOptions): PictureSize[] {
  const aspect = frame.width / Math.max(1, frame.height);
  const rounded = (value: number, step: number): number =>
    Math.min(LONGEST_SIDE, Math.max(SMALLEST_SIDE, step * Math.round(value / step)));
  let { netWidth: width, netHeight: height } = options;
  if (width === -1 && height === -1)
    [width, height] = [rounded(frame.width, NET_STEP), rounded(frame.height, NET_STEP)];
  if (width === -1) width = rounded(height * aspect, NET_STEP);
  if (height === -1) height = rounded(width / aspect, NET_STEP);
  return Array.from({ length: options.scaleNumber }, (_, i) => {
    const share = 1 - i * options.scaleGap;
    const scaled = (side: number): number => (i === 0 ? side : rounded(side * share, SMALLEST_STEP));
    return { width: scaled(width), height: scaled(height) };
  });
}
