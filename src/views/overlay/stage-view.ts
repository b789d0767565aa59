import type { Person } from '../../core/pose.ts';
import { drawPeople, type OverlayOptions } from './draw-people.ts';
import { fitFrame } from './fit.ts';

/** What lies on the stage. */
export interface StageContent {
  readonly image: CanvasImageSource | null;
  readonly width: number;
  readonly height: number;
  readonly people: readonly Person[];
}

export interface StageOptions extends Omit<OverlayOptions, 'lineWidth'> {
  /** CSS pixels. */
  readonly lineWidth: number;
  readonly showPicture: boolean;
}

/** The picture with the skeletons on it, on one canvas at the device's own resolution. */
export class StageView {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;

  /** @throws if the canvas has no 2-D context */
  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d', { alpha: true });
    if (!context) throw new Error('The stage needs a 2-D canvas.');
    this.#canvas = canvas;
    this.#context = context;
  }

  /**
   * The place of the frame, in its pixels, that lies under a place of the canvas in CSS pixels.
   */
  toFrame(
    x: number,
    y: number,
    { width, height }: { readonly width: number; readonly height: number },
    isMirrored: boolean,
    pixelRatio: number,
  ): { x: number; y: number } {
    const { width: stageWidth, height: stageHeight } = this.#canvas;
    const fit = fitFrame(width, height, stageWidth, stageHeight);
    const stageX = isMirrored ? stageWidth - x * pixelRatio : x * pixelRatio;
    return { x: (stageX - fit.left) / fit.scale, y: (y * pixelRatio - fit.top) / fit.scale };
  }

  /** Makes the canvas match its place on screen; true if that changed anything. */
  resize(width: number, height: number, pixelRatio: number): boolean {
    const pixelWidth = Math.max(1, Math.round(width * pixelRatio));
    const pixelHeight = Math.max(1, Math.round(height * pixelRatio));
    if (this.#canvas.width === pixelWidth && this.#canvas.height === pixelHeight) return false;
    this.#canvas.width = pixelWidth;
    this.#canvas.height = pixelHeight;
    return true;
  }

  paint({ image, width, height, people }: StageContent, options: StageOptions, pixelRatio: number): void {
    const context = this.#context;
    const { width: stageWidth, height: stageHeight } = this.#canvas;
    context.clearRect(0, 0, stageWidth, stageHeight);
    if (width === 0) return;
    const fit = fitFrame(width, height, stageWidth, stageHeight);
    if (image && options.showPicture) {
      context.save();
      if (options.isMirrored) {
        context.translate(stageWidth, 0);
        context.scale(-1, 1);
      }
      context.drawImage(image, fit.left, fit.top, width * fit.scale, height * fit.scale);
      context.restore();
    } else {
      context.fillStyle = '#000';
      context.fillRect(fit.left, fit.top, width * fit.scale, height * fit.scale);
    }
    drawPeople(context, people, fit, { ...options, lineWidth: options.lineWidth * pixelRatio });
  }
}
