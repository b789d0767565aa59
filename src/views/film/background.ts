import type { Person } from '../../core/pose.ts';
import type { Fit } from '../overlay/fit.ts';
import { masksPath } from '../overlay/mask-outline.ts';

/** What is behind people: the picture as it is, a blur of it, black, or nothing, where the format has room for that. */
export const filmBackgrounds = ['kept', 'blurred', 'black', 'none'] as const;
export type FilmBackground = (typeof filmBackgrounds)[number];

/** A blurred background is made of so few pixels, by its shorter side, that faces in it can't be recognised. */
const BLUR_SIDE = 24;

/** Paints pictures of which people stand before another background. */
export class BackgroundPainter {
  readonly #kind: Exclude<FilmBackground, 'kept'>;
  readonly #small: OffscreenCanvas;
  readonly #smallContext: OffscreenCanvasRenderingContext2D;

  /** @throws if there is no canvas */
  constructor(kind: Exclude<FilmBackground, 'kept'>) {
    this.#kind = kind;
    this.#small = new OffscreenCanvas(1, 1);
    const context = this.#small.getContext('2d');
    if (!context) throw new Error('This browser gives no 2-D canvas.');
    this.#smallContext = context;
  }

  /**
   * Paints a frame's picture, people as they are; the ground is as it should be where nothing is painted.
   *
   * @param size of the frame in pixels that masks are in
   * @param fit where the frame lies on the canvas
   */
  paint(
    context: OffscreenCanvasRenderingContext2D,
    image: CanvasImageSource,
    people: readonly Person[],
    size: { readonly width: number; readonly height: number },
    fit: Fit,
  ): void {
    const [width, height] = [size.width * fit.scale, size.height * fit.scale];
    if (this.#kind === 'blurred') this.#paintBlurred(context, image, fit.left, fit.top, width, height);
    const masks = people.flatMap(({ mask }) => mask ?? []);
    if (masks.length === 0) return;
    context.save();
    context.clip(masksPath(masks, fit));
    context.drawImage(image, fit.left, fit.top, width, height);
    context.restore();
  }

  /** Lets go of the small canvas's pixels. */
  dispose(): void {
    this.#small.width = 0;
    this.#small.height = 0;
  }

  #paintBlurred(
    context: OffscreenCanvasRenderingContext2D,
    image: CanvasImageSource,
    left: number,
    top: number,
    width: number,
    height: number,
  ): void {
    const scale = Math.min(1, BLUR_SIDE / Math.min(width, height));
    const small = this.#small;
    small.width = Math.max(1, Math.round(width * scale));
    small.height = Math.max(1, Math.round(height * scale));
    this.#smallContext.imageSmoothingQuality = 'high';
    this.#smallContext.drawImage(image, 0, 0, small.width, small.height);
    context.save();
    context.imageSmoothingQuality = 'high';
    context.drawImage(small, left, top, width, height);
    context.restore();
  }
}
