import { type FrameImage, sizeOf } from '../frame-image.ts';
import type { Placement, Size } from './geometry.ts';
import type { PictureNumbers } from './onnx-use.ts';

/** The pictures that an ONNX network gets, one behind the other in one memory that is used again and again. */
export interface NetworkPicture {
  /** Pictures × channels × rows × columns. */
  readonly values: Float32Array;
  /** In pixels, of a frame. */
  sizeOf(image: FrameImage): Size;
  /**
   * Draws a frame where it is placed.
   *
   * @param slot which of the pictures, from 0
   */
  draw(image: FrameImage, place: Placement, slot: number): void;
}

const PIXEL_BYTES = 4;
const CHANNELS = 3;
const LEVELS = 256;

/** Brings frames to a network's size and numbers on a canvas. */
export class CanvasPicture implements NetworkPicture {
  readonly values: Float32Array;
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #size: Size;
  readonly #numbers: PictureNumbers;
  readonly #background: string;

  /** @param grey what is around the frame, 0 to 255 */
  constructor(size: Size, slots: number, numbers: PictureNumbers, grey: number) {
    const options = { willReadFrequently: true, alpha: false };
    const context = new OffscreenCanvas(size.width, size.height).getContext('2d', options);
    if (!context) throw new Error('This browser gives workers no 2-D canvas.');
    this.#context = context;
    this.#size = size;
    this.#numbers = numbers;
    this.#background = `rgb(${grey} ${grey} ${grey})`;
    this.values = new Float32Array(slots * CHANNELS * size.width * size.height);
  }

  sizeOf(image: FrameImage): Size {
    return sizeOf(image);
  }

  draw(image: FrameImage, { scaleX, scaleY, left, top }: Placement, slot: number): void {
    const context = this.#context;
    const { width, height } = this.#size;
    const frame = sizeOf(image);
    context.fillStyle = this.#background;
    context.fillRect(0, 0, width, height);
    context.drawImage(image, left, top, frame.width * scaleX, frame.height * scaleY);
    const { data } = context.getImageData(0, 0, width, height);
    const cells = CHANNELS * width * height;
    toPlanes(data, this.#numbers, this.values.subarray(slot * cells, (slot + 1) * cells));
  }
}

/** Pixels of four bytes as a network's numbers, channel by channel. */
export function toPlanes(
  pixels: Uint8ClampedArray,
  { order, mean, deviation }: PictureNumbers,
  planes: Float32Array,
): void {
  const count = planes.length / CHANNELS;
  for (let channel = 0; channel < CHANNELS; channel++) {
    const [average, spread] = [mean[channel] ?? 0, deviation[channel] ?? 1];
    const table = Float32Array.from({ length: LEVELS }, (_, level) => (level - average) / spread);
    const from = order === 'rgb' ? channel : CHANNELS - 1 - channel;
    const start = channel * count;
    // `as number`: the indices are inside, and a check for each would cost a millisecond.
    for (let i = 0, at = from; i < count; i++, at += PIXEL_BYTES) {
      planes[start + i] = table[pixels[at] as number] as number;
    }
  }
}
