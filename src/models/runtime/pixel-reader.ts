import { type FrameImage, sizeOf } from '../estimator.ts';

const BYTES_PER_PIXEL = 4;

/**
 * The pixels of pictures as displayed: upright, square, RGBA, 8 bits. One memory is used again and again: what
 * `read` gave is overwritten by the next `read`.
 */
export class PixelReader {
  #pixels = new ImageData(1, 1);
  #canvas: OffscreenCanvasRenderingContext2D | null = null;
  /** Kinds of frames that the browser doesn't convert by itself. */
  readonly #refused = new Set<string | null>();

  async read(image: FrameImage): Promise<ImageData> {
    const { width, height } = sizeOf(image);
    if (this.#pixels.width !== width || this.#pixels.height !== height) {
      this.#pixels = new ImageData(width, height);
    }
    if (image instanceof VideoFrame && isUpright(image) && !this.#refused.has(image.format)) {
      try {
        await image.copyTo(this.#pixels.data, {
          format: 'RGBA',
          layout: [{ offset: 0, stride: width * BYTES_PER_PIXEL }],
        });
        return this.#pixels;
      } catch (error) {
        // Which formats can be converted differs between browsers (10 bits can't be in Chromium 156).
        if (!(error instanceof DOMException) || error.name !== 'NotSupportedError') throw error;
        this.#refused.add(image.format);
      }
    }
    return this.#draw(image, width, height);
  }

  /** The slower way, which turns, stretches and converts anything. */
  #draw(image: FrameImage, width: number, height: number): ImageData {
    if (this.#canvas?.canvas.width !== width || this.#canvas.canvas.height !== height) {
      // Kept in memory: pixels that are read all the time would go back and forth to the GPU.
      this.#canvas = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    }
    if (!this.#canvas) throw new Error('This browser gives workers no 2-D canvas.');
    this.#canvas.clearRect(0, 0, width, height);
    this.#canvas.drawImage(image, 0, 0, width, height);
    return this.#canvas.getImageData(0, 0, width, height);
  }
}

/** Are the stored pixels those that are shown, without turning, flipping or stretching? */
function isUpright(frame: VideoFrame): boolean {
  const { rotation = 0, flip = false } = frame as VideoFrame & { rotation?: number; flip?: boolean };
  const stored = frame.visibleRect;
  return (
    rotation === 0 && !flip && stored?.width === frame.displayWidth && stored.height === frame.displayHeight
  );
}
