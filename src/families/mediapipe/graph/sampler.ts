import type { PixelWindow } from '../../runtimes/pixel-reader.ts';
import type { Region } from './region.ts';

const CHANNELS = 3;
const HIGHEST = 255;
/** OpenCV looks up places to a 32nd of a pixel (INTER_BITS). */
const PART_BITS = 5;
const PARTS = 2 ** PART_BITS;
/** So do the weights of the four pixels around a place add up to this. */
const WEIGHT_BITS = 2 * PART_BITS;
const WEIGHTS = 2 ** WEIGHT_BITS;
const HALF = WEIGHTS / 2;

/** What lies beyond the picture: black, or what its edge has. */
export type Border = 'zero' | 'replicate';

/** What each of 256 levels becomes: 0 becomes `low`, 255 `high`. */
export function createLevels(low: number, high: number): Float32Array {
  return Float32Array.from({ length: HIGHEST + 1 }, (_, level) => low + (level * (high - low)) / HIGHEST);
}

/**
 * The pixels of a turned square of a picture, brought to a network's size: bilinear, between pixels' own places, so that
 * the first column is the square's left edge. 8 bits, as the picture has.
 *
 * Method: mediapipe, calculators/tensor/image_to_tensor_converter_opencv.cc (cv::warpPerspective, INTER_LINEAR, rounds to
 * whole numbers).
 *
 * @param levels 256 numbers: what is written for each level
 * @param result side × side × 3 numbers
 * @param isMirrored the first column is the square's right edge, and columns go to the left
 */
export function sampleRegion(
  { data, left: windowLeft, top: windowTop, width, height }: PixelWindow,
  { x, y, size, rotation }: Region,
  side: number,
  border: Border,
  levels: Float32Array,
  result: Float32Array,
  isMirrored = false,
): void {
  // Whole pixels at once; the machines that browsers run on keep red in the lowest byte.
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const step = size / side;
  const [stepX, stepY] = [Math.cos(rotation) * step, Math.sin(rotation) * step];
  // The corner that is at the left and at the top once it is upright.
  const edge = isMirrored ? -1 : 1;
  const startX = x - windowLeft - (edge * stepX - stepY) * (side / 2);
  const startY = y - windowTop - (edge * stepY + stepX) * (side / 2);
  const [lastX, lastY] = [width - 1, height - 1];
  const isZero = border === 'zero';
  const partsX = edge * stepX * PARTS;
  const partsY = edge * stepY * PARTS;
  let to = 0;
  for (let j = 0; j < side; j++) {
    // A half more, so that cutting off rounds.
    let sourceX = (startX - stepY * j) * PARTS + 0.5;
    let sourceY = (startY + stepX * j) * PARTS + 0.5;
    for (let i = 0; i < side; i++, to += CHANNELS, sourceX += partsX, sourceY += partsY) {
      const placeX = Math.floor(sourceX);
      const placeY = Math.floor(sourceY);
      const left = placeX >> PART_BITS;
      const top = placeY >> PART_BITS;
      let [a, b, c, d] = [0, 0, 0, 0];
      // `as number`: the places are inside of the picture.
      if (left >= 0 && top >= 0 && left < lastX && top < lastY) {
        const at = top * width + left;
        a = pixels[at] as number;
        b = pixels[at + 1] as number;
        c = pixels[at + width] as number;
        d = pixels[at + width + 1] as number;
      } else {
        a = pixelAt(pixels, width, height, left, top, isZero);
        b = pixelAt(pixels, width, height, left + 1, top, isZero);
        c = pixelAt(pixels, width, height, left, top + 1, isZero);
        d = pixelAt(pixels, width, height, left + 1, top + 1, isZero);
      }
      const partX = placeX & (PARTS - 1);
      const partY = placeY & (PARTS - 1);
      const wd = partX * partY;
      const wb = partX * PARTS - wd;
      const wc = partY * PARTS - wd;
      const wa = WEIGHTS - wb - wc - wd;
      const red = wa * (a & 255) + wb * (b & 255) + wc * (c & 255) + wd * (d & 255);
      const green =
        wa * ((a >> 8) & 255) + wb * ((b >> 8) & 255) + wc * ((c >> 8) & 255) + wd * ((d >> 8) & 255);
      const blue =
        wa * ((a >> 16) & 255) + wb * ((b >> 16) & 255) + wc * ((c >> 16) & 255) + wd * ((d >> 16) & 255);
      result[to] = levels[(red + HALF) >> WEIGHT_BITS] as number;
      result[to + 1] = levels[(green + HALF) >> WEIGHT_BITS] as number;
      result[to + 2] = levels[(blue + HALF) >> WEIGHT_BITS] as number;
    }
  }
}

/** A pixel that may lie beyond the edge. */
function pixelAt(
  pixels: Uint32Array,
  width: number,
  height: number,
  x: number,
  y: number,
  isZero: boolean,
): number {
  if (isZero && (x < 0 || y < 0 || x >= width || y >= height)) return 0;
  return pixels[held(y, height) * width + held(x, width)] ?? 0;
}

function held(value: number, size: number): number {
  return value < 0 ? 0 : value >= size ? size - 1 : value;
}
