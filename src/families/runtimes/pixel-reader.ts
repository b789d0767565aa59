import type { Box } from '../../core/pose.ts';
import { type FrameImage, sizeOf } from '../frame-image.ts';

const BYTES_PER_PIXEL = 4;

/** Pixels of a part of a picture, RGBA, row by row. */
export interface PixelWindow {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  /** Pixels that lie left of it and above it. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The pixels of pictures as displayed: upright, square, RGBA, 8 bits. One memory is used again and again: what
 * `read` gave is overwritten by the next `read`.
 */
export class PixelReader {
  #memory = new Uint8ClampedArray(0);
  #canvas: OffscreenCanvasRenderingContext2D | null = null;
  /** Kinds of frames that the browser doesn't convert by itself ({@link kindOf}). */
  readonly #refused = new Set<string>();

  /** @param part what is needed of it, in pixels; more may come; `null`: all */
  async read(image: FrameImage, part: Box | null = null): Promise<PixelWindow> {
    const size = sizeOf(image);
    const place = (part && toWindow(part, size)) ?? { left: 0, top: 0, ...size };
    return (await this.#copy(image, place)) ?? this.#draw(image, size, place);
  }

  /** @returns `null`: the browser doesn't convert this kind of frame */
  async #copy(image: FrameImage, { left, top, width, height }: Box): Promise<PixelWindow | null> {
    if (!(await copiesAsRgba())) return null;
    // A bitmap's pixels are copied 15 times faster as those of a frame than by drawing them (Chromium 156).
    const frame = image instanceof VideoFrame ? image : new VideoFrame(image, { timestamp: 0 });
    try {
      if (!isUpright(frame) || this.#refused.has(kindOf(frame, width, height))) return null;
      const byteLength = width * height * BYTES_PER_PIXEL;
      if (this.#memory.length < byteLength) this.#memory = new Uint8ClampedArray(byteLength);
      const data = this.#memory.subarray(0, byteLength);
      const stored = frame.visibleRect;
      await frame.copyTo(data, {
        format: 'RGBA',
        rect: { x: (stored?.x ?? 0) + left, y: (stored?.y ?? 0) + top, width, height },
        layout: [{ offset: 0, stride: width * BYTES_PER_PIXEL }],
      });
      return { data, left, top, width, height };
    } catch (error) {
      if (!isRefusal(error, width, height)) throw error;
      this.#refused.add(kindOf(frame, width, height));
      return null;
    } finally {
      if (frame !== image) frame.close();
    }
  }

  /** The slower way, which turns, stretches and converts anything. */
  #draw(
    image: FrameImage,
    size: { readonly width: number; readonly height: number },
    { left, top, width, height }: Box,
  ): PixelWindow {
    if (this.#canvas?.canvas.width !== size.width || this.#canvas.canvas.height !== size.height) {
      // Kept in memory: pixels that are read all the time would go back and forth to the GPU.
      this.#canvas = new OffscreenCanvas(size.width, size.height).getContext('2d', {
        willReadFrequently: true,
      });
    }
    if (!this.#canvas) throw new Error('This browser gives workers no 2-D canvas.');
    this.#canvas.clearRect(0, 0, size.width, size.height);
    this.#canvas.drawImage(image, 0, 0, size.width, size.height);
    const { data } = this.#canvas.getImageData(left, top, width, height);
    return { data, left, top, width, height };
  }
}

/** What decides whether a frame can be copied: its format, and whether its sides are odd. */
function kindOf({ format }: VideoFrame, width: number, height: number): string {
  return `${format} ${width % GRAIN} ${height % GRAIN}`;
}

/**
 * Which formats can be converted differs between browsers: 10 bits can't be in Chromium 156, and Firefox 153 copies no odd
 * number of pixels where colours are stored for 2 × 2 of them. Its cameras give such frames, 853 × 480 for one.
 */
function isRefusal(error: unknown, width: number, height: number): boolean {
  if (error instanceof DOMException) return error.name === 'NotSupportedError';
  return error instanceof TypeError && (width % GRAIN !== 0 || height % GRAIN !== 0);
}

let conversion: Promise<boolean> | null = null;

/**
 * Does this browser's `VideoFrame.copyTo` convert? WebKit 2.50 doesn't, and passes over the wish without an error: red and
 * blue are changed then.
 */
function copiesAsRgba(): Promise<boolean> {
  conversion ??= tryConversion();
  return conversion;
}

async function tryConversion(): Promise<boolean> {
  const [red, green, blue, alpha] = [200, 100, 50, 255];
  const size = 2;
  const pixels = Array.from({ length: size * size }, () => [blue, green, red, alpha]).flat();
  try {
    const frame = new VideoFrame(Uint8Array.from(pixels), {
      format: 'BGRA',
      codedWidth: size,
      codedHeight: size,
      timestamp: 0,
    });
    const copied = new Uint8Array(pixels.length);
    await frame.copyTo(copied, { format: 'RGBA' }).finally(() => frame.close());
    return copied[0] === red && copied[1] === green && copied[2] === blue;
  } catch {
    return false;
  }
}

/** Pixels beyond the edge of a part that sampling it may touch. */
const MARGIN = 2;
/** Colours of videos are stored for 2 × 2 pixels. */
const GRAIN = 2;

/** Whole pixels around a part of a picture; `null`: there are none, or the picture can't be cut. */
function toWindow(part: Box, size: { readonly width: number; readonly height: number }): Box | null {
  if (size.width % GRAIN !== 0 || size.height % GRAIN !== 0) return null;
  const range = (start: number, length: number, most: number): [from: number, count: number] => {
    const from = Math.max(0, Math.floor((start - MARGIN) / GRAIN) * GRAIN);
    const to = Math.min(most, Math.ceil((start + length + MARGIN) / GRAIN) * GRAIN);
    return [from, to - from];
  };
  const [left, width] = range(part.left, part.width, size.width);
  const [top, height] = range(part.top, part.height, size.height);
  return width > 0 && height > 0 ? { left, top, width, height } : null;
}

/** Are the stored pixels those that are shown, without turning, flipping or stretching? */
export function isUpright(frame: VideoFrame): boolean {
  const { rotation = 0, flip = false } = frame as VideoFrame & { rotation?: number; flip?: boolean };
  const stored = frame.visibleRect;
  return (
    rotation === 0 && !flip && stored?.width === frame.displayWidth && stored.height === frame.displayHeight
  );
}
