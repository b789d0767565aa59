import type { Person } from '../../core/pose.ts';
import { drawMap, type OverlaidMap } from './draw-map.ts';
import { drawPeople, type OverlayOptions } from './draw-people.ts';
import { drawXray, type OverlaidXray } from './draw-xray.ts';
import { type Fit, fitFrame } from './fit.ts';

/** What lies on the stage. */
export interface StageContent {
  readonly image: CanvasImageSource | null;
  readonly width: number;
  readonly height: number;
  readonly people: readonly Person[];
  /** Of another recording, to be compared; `null`: it isn't. */
  readonly others: readonly Person[] | null;
  /** What the network saw in the picture; `null`: it isn't asked for. */
  readonly map: OverlaidMap | null;
  readonly xray: OverlaidXray | null;
  /** A joint that is marked, in pixels of the frame. */
  readonly marked: { readonly x: number; readonly y: number } | null;
}

export interface StageOptions extends Omit<OverlayOptions, 'lineWidth'> {
  /** CSS pixels. */
  readonly lineWidth: number;
  readonly showPicture: boolean;
  /** Where those of the other recording are drawn. */
  readonly comparison: 'over' | 'beside';
}

/** The other recording's skeletons. */
const OTHER_COLOR = '#f0abfc';
const MARK_RADIUS = 9;

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
    isBeside = false,
  ): { x: number; y: number } {
    const { width: stageWidth, height: stageHeight } = this.#canvas;
    const areaWidth = isBeside ? stageWidth / 2 : stageWidth;
    const fit = fitFrame(width, height, areaWidth, stageHeight);
    // On both halves, the same place is meant.
    const ownX = (x * pixelRatio) % areaWidth;
    const stageX = isMirrored ? areaWidth - ownX : ownX;
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
    const { others } = content;
    const isBeside = others !== null && options.comparison === 'beside';
    const half = { left: 0, width: isBeside ? stageWidth / 2 : stageWidth };
    this.#paintPicture(content, half, options);
    const { map, xray } = content;
    if (map) drawMap(context, map, content, this.#fit(content, half), options.isMirrored);
    const drawing = { ...options, lineWidth: options.lineWidth * pixelRatio };
    if (others && !isBeside) {
      this.#paintPeople(others, content, half, {
        ...drawing,
        tint: OTHER_COLOR,
        showIds: false,
        followedId: null,
        angles: [],
        measures: [],
      });
    }
    this.#paintPeople(content.people, content, half, drawing);
    if (xray) drawXray(context, xray, this.#fit(content, half), options.isMirrored, pixelRatio);
    if (content.marked) this.#paintMark(content.marked, content, half, options.isMirrored, pixelRatio);
    if (!others || !isBeside) return;
    const right = { left: stageWidth / 2, width: stageWidth / 2 };
    this.#paintPicture(content, right, options);
    this.#paintPeople(others, content, right, { ...drawing, followedId: null, angles: [], measures: [] });
  }

  #fit({ width, height }: StageContent, area: Area): Fit {
    const fit = fitFrame(width, height, area.width, this.#canvas.height);
    return { ...fit, left: fit.left + area.left };
  }

  #paintPicture(content: StageContent, area: Area, { showPicture, isMirrored }: StageOptions): void {
    const context = this.#context;
    const { image, width, height } = content;
    const fit = this.#fit(content, area);
    if (image && showPicture) {
      context.save();
      if (isMirrored) {
        context.translate(2 * area.left + area.width, 0);
        context.scale(-1, 1);
      }
      context.drawImage(image, fit.left, fit.top, width * fit.scale, height * fit.scale);
      context.restore();
    } else {
      context.fillStyle = '#000';
      context.fillRect(fit.left, fit.top, width * fit.scale, height * fit.scale);
    }
  }

  #paintPeople(people: readonly Person[], content: StageContent, area: Area, options: OverlayOptions): void {
    const context = this.#context;
    context.save();
    context.beginPath();
    context.rect(area.left, 0, area.width, this.#canvas.height);
    context.clip();
    if (options.isMirrored && area.width < this.#canvas.width) {
      // People are mirrored about the middle of the canvas: brought from there to that of their area.
      context.translate(2 * area.left + area.width - this.#canvas.width, 0);
    }
    drawPeople(context, people, this.#fit(content, area), options);
    context.restore();
  }

  #paintMark(
    { x, y }: { readonly x: number; readonly y: number },
    content: StageContent,
    area: Area,
    isMirrored: boolean,
    pixelRatio: number,
  ): void {
    const context = this.#context;
    const fit = this.#fit(content, area);
    const stageX = fit.left + x * fit.scale;
    context.beginPath();
    context.arc(
      isMirrored ? 2 * area.left + area.width - stageX : stageX,
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

/** A part of the canvas from top to bottom, in its pixels. */
interface Area {
  readonly left: number;
  readonly width: number;
}
