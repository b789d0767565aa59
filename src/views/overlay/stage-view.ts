import type { Person } from '../../core/pose.ts';
import { drawMap, type OverlaidMap } from './draw-map.ts';
import { drawPeople, type OverlayOptions } from './draw-people.ts';
import { drawXray, type OverlaidXray } from './draw-xray.ts';
import type { Fit } from './fit.ts';
import { WHOLE, type Zoom, zoomedFit } from './zoom.ts';

/** What lies on the stage. */
export interface StageContent {
  readonly image: CanvasImageSource | null;
  readonly width: number;
  readonly height: number;
  readonly people: readonly Person[];
  /** Of another recording of the same picture, laid over it; `null`: nothing is. */
  readonly others: readonly Person[] | null;
  /** What the network saw in the picture; `null`: it isn't asked for. */
  readonly map: OverlaidMap | null;
  readonly xray: OverlaidXray | null;
  /** A joint that is marked, in pixels of the frame. */
  readonly marked: { readonly x: number; readonly y: number } | null;
}

export interface StageOptions extends Omit<OverlayOptions, 'unit'> {
  readonly showPicture: boolean;
  /** What is marked is shown larger beside its place; absent: it isn't. */
  readonly hasLoupe?: boolean;
}

/** The other recording's skeletons. */
const OTHER_COLOR = '#f0abfc';
const MARK_RADIUS = 9;
/** The loupe: how much larger, and its size, its way from the joint and the gap of its cross in CSS pixels. */
const LOUPE_FACTOR = 4;
const LOUPE_RADIUS = 70;
const LOUPE_DISTANCE = 110;
const LOUPE_CROSS = 8;
const NOBODY: ReadonlySet<number> = new Set();

/** The picture with the skeletons on it, on one canvas at the device's own resolution. */
export class StageView {
  /** Which part of the picture is seen. */
  zoom: Zoom = WHOLE;
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
    const { width: stageWidth } = this.#canvas;
    const fit = this.#fit({ width, height });
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

  paint(content: StageContent, options: StageOptions, pixelRatio: number): void {
    const context = this.#context;
    const { width: stageWidth, height: stageHeight } = this.#canvas;
    context.clearRect(0, 0, stageWidth, stageHeight);
    if (content.width === 0) return;
    const fit = this.#fit(content);
    this.#paintPicture(content, fit, options);
    const { map, xray, others } = content;
    if (map) drawMap(context, map, content, fit, options.isMirrored);
    const drawing = { ...options, unit: pixelRatio };
    if (others) {
      drawPeople(context, others, content, fit, {
        ...drawing,
        // Their ids are other people's here.
        hidden: NOBODY,
        tint: OTHER_COLOR,
        showIds: false,
        followedId: null,
        angles: [],
        measures: [],
      });
    }
    drawPeople(context, content.people, content, fit, drawing);
    if (xray) drawXray(context, xray, fit, options.isMirrored, pixelRatio);
    if (!content.marked) return;
    this.#paintMark(content.marked, fit, options.isMirrored, pixelRatio);
    if (options.hasLoupe) this.#paintLoupe(content, content.marked, fit, options, pixelRatio);
  }

  #fit(frame: { readonly width: number; readonly height: number }): Fit {
    return zoomedFit(frame, this.#canvas, this.zoom);
  }

  /** What is marked, larger, beside the finger or pointer that is on it. */
  #paintLoupe(
    content: StageContent,
    marked: { readonly x: number; readonly y: number },
    fit: Fit,
    options: StageOptions,
    pixelRatio: number,
  ): void {
    const context = this.#context;
    const { width, height } = this.#canvas;
    const { isMirrored } = options;
    const onStage = fit.left + marked.x * fit.scale;
    const [x, y] = [isMirrored ? width - onStage : onStage, fit.top + marked.y * fit.scale];
    const radius = LOUPE_RADIUS * pixelRatio;
    const away = LOUPE_DISTANCE * pixelRatio;
    const inside = (value: number, length: number): number =>
      Math.min(length - radius, Math.max(radius, value));
    const centerX = inside(x < width / 2 ? x + away : x - away, width);
    const centerY = inside(y - away > radius ? y - away : y + away, height);
    const scale = fit.scale * LOUPE_FACTOR;
    // Painters mirror about the middle of the canvas.
    const left = (isMirrored ? width - centerX : centerX) - marked.x * scale;
    const larger = { scale, left, top: centerY - marked.y * scale };
    context.save();
    context.beginPath();
    context.arc(centerX, centerY, radius, 0, 2 * Math.PI);
    context.fillStyle = '#000';
    context.fill();
    context.save();
    context.clip();
    this.#paintPicture(content, larger, options);
    const { trails: _, ...plain } = options;
    drawPeople(context, content.people, content, larger, {
      ...plain,
      unit: pixelRatio,
      showIds: false,
      angles: [],
      measures: [],
    });
    context.restore();
    context.lineWidth = 2 * pixelRatio;
    context.strokeStyle = '#fff';
    context.stroke();
    // Where exactly the joint is put.
    const arm = LOUPE_CROSS * pixelRatio;
    context.lineWidth = pixelRatio;
    context.beginPath();
    for (const sign of [-1, 1]) {
      context.moveTo(centerX + sign * arm, centerY);
      context.lineTo(centerX + sign * arm * 2, centerY);
      context.moveTo(centerX, centerY + sign * arm);
      context.lineTo(centerX, centerY + sign * arm * 2);
    }
    context.stroke();
    context.restore();
  }

  #paintPicture(
    { image, width, height }: StageContent,
    fit: Fit,
    { showPicture, isMirrored }: StageOptions,
  ): void {
    const context = this.#context;
    if (image && showPicture) {
      context.save();
      if (isMirrored) {
        context.translate(this.#canvas.width, 0);
        context.scale(-1, 1);
      }
      context.drawImage(image, fit.left, fit.top, width * fit.scale, height * fit.scale);
      context.restore();
    } else {
      context.fillStyle = '#000';
      context.fillRect(fit.left, fit.top, width * fit.scale, height * fit.scale);
    }
  }

  #paintMark(
    { x, y }: { readonly x: number; readonly y: number },
    fit: Fit,
    isMirrored: boolean,
    pixelRatio: number,
  ): void {
    const context = this.#context;
    const stageX = fit.left + x * fit.scale;
    context.beginPath();
    context.arc(
      isMirrored ? this.#canvas.width - stageX : stageX,
      fit.top + y * fit.scale,
      MARK_RADIUS * pixelRatio,
      0,
      2 * Math.PI,
    );
    context.lineWidth = 2.5 * pixelRatio;
    context.strokeStyle = '#fff';
    context.stroke();
    context.lineWidth = 1.25 * pixelRatio;
    context.strokeStyle = '#0b69d0';
    context.stroke();
  }
}
