import type { HeadCover } from '../../motion/covering/head-covers.ts';
import type { Fit } from '../overlay/fit.ts';

/** How heads are made unrecognisable: in coarse blocks, the same blocks blurred into each other, or filled with grey. */
export const coverStyles = ['pixelated', 'blurred', 'filled'] as const;
export type CoverStyle = (typeof coverStyles)[number];

/** Blocks across the circle around a head, which is larger than the head: nothing finer is left of it. */
export const BLOCKS_ACROSS = 8;
const FILL = '#808080';

/** Makes heads in a picture unrecognisable, with one small canvas for all of them. */
export class HeadCoverer {
  readonly #style: CoverStyle;
  readonly #small: OffscreenCanvas;
  readonly #smallContext: OffscreenCanvasRenderingContext2D;

  /** @throws if there is no canvas */
  constructor(style: CoverStyle) {
    this.#style = style;
    this.#small = new OffscreenCanvas(1, 1);
    const context = this.#small.getContext('2d');
    if (!context) throw new Error('This browser gives no 2-D canvas.');
    this.#smallContext = context;
  }

  /** @param fit where the frame, whose pixels covers are in, lies on the canvas */
  cover(context: OffscreenCanvasRenderingContext2D, covers: readonly HeadCover[], fit: Fit): void {
    for (const { stadiums, headRadius } of covers) {
      const path = new Path2D();
      let [left, top] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      let [right, bottom] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (const { fromX, fromY, toX, toY, radius } of stadiums) {
        const r = radius * fit.scale;
        const [x0, y0] = [fit.left + fromX * fit.scale, fit.top + fromY * fit.scale];
        const [x1, y1] = [fit.left + toX * fit.scale, fit.top + toY * fit.scale];
        path.addPath(stadiumPath(x0, y0, x1, y1, r));
        left = Math.min(left, x0 - r, x1 - r);
        top = Math.min(top, y0 - r, y1 - r);
        right = Math.max(right, x0 + r, x1 + r);
        bottom = Math.max(bottom, y0 + r, y1 + r);
      }
      const { width, height } = context.canvas;
      [left, top] = [Math.max(0, Math.floor(left)), Math.max(0, Math.floor(top))];
      [right, bottom] = [Math.min(width, Math.ceil(right)), Math.min(height, Math.ceil(bottom))];
      if (right <= left || bottom <= top) continue;
      context.save();
      context.clip(path);
      if (this.#style === 'filled') {
        context.fillStyle = FILL;
        context.fillRect(left, top, right - left, bottom - top);
      } else {
        const block = (2 * headRadius * fit.scale) / BLOCKS_ACROSS;
        this.#coarsen(context, left, top, right - left, bottom - top, block);
      }
      context.restore();
    }
  }

  /** Lets go of the small canvas's pixels. */
  dispose(): void {
    this.#small.width = 0;
    this.#small.height = 0;
  }

  /** Scaled down to a pixel a block, and up again. */
  #coarsen(
    context: OffscreenCanvasRenderingContext2D,
    left: number,
    top: number,
    width: number,
    height: number,
    block: number,
  ): void {
    const [columns, rows] = [Math.max(1, Math.floor(width / block)), Math.max(1, Math.floor(height / block))];
    const small = this.#small;
    if (small.width < columns) small.width = columns;
    if (small.height < rows) small.height = rows;
    const scaled = this.#smallContext;
    scaled.imageSmoothingEnabled = true;
    scaled.imageSmoothingQuality = 'high';
    scaled.globalCompositeOperation = 'copy';
    scaled.drawImage(context.canvas, left, top, width, height, 0, 0, columns, rows);
    context.imageSmoothingEnabled = this.#style === 'blurred';
    context.imageSmoothingQuality = 'high';
    context.drawImage(small, 0, 0, columns, rows, left, top, width, height);
  }
}

function stadiumPath(x0: number, y0: number, x1: number, y1: number, radius: number): Path2D {
  const path = new Path2D();
  const along = Math.atan2(y1 - y0, x1 - x0);
  path.arc(x0, y0, radius, along + Math.PI / 2, along + (3 * Math.PI) / 2);
  path.arc(x1, y1, radius, along - Math.PI / 2, along + Math.PI / 2);
  path.closePath();
  return path;
}
