import type { PictureSize } from '../frame-image.ts';

/** The longer side of the network's picture, in pixels: what the package's own network was written for. */
const LONGER_SIDE = 385;

/**
 * How large the network's picture is for a picture: as small as its shape lets it be, for black costs as much time as anything.
 * Sides are a multiple of the stride and one more, so that the first cell is at the first pixel and the last at the last
 * (tfjs-models, pose-detection/src/posenet/load_utils.ts, getValidInputResolutionDimensions).
 *
 * @param picture in pixels
 * @param stride pixels of the network's picture from cell to cell
 */
export function netSizeFor({ width, height }: PictureSize, stride: number): PictureSize {
  const scale = LONGER_SIDE / Math.max(width, height);
  const whole = (side: number): number =>
    Math.max(1, Math.ceil((Math.round(side * scale) - 1) / stride)) * stride + 1;
  return { width: whole(width), height: whole(height) };
}
