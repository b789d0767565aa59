import { personColor, toCss } from '../style.ts';
import { NARROW_GUTTER } from './plot-view.ts';
import { type TimeScale, tickLabel, ticks, toPixel } from './time-axis.ts';

/** Somebody's row: confidence and presence in columns of equal time. */
export interface RowContent {
  readonly id: number;
  readonly name: string;
  /** The lowest score in each column, NaN: not there. */
  readonly score: Float32Array;
  /** The share of the column's frames that the person is in, NaN: no frame. */
  readonly share: Float32Array;
}

export interface RowsColors {
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly ground: string;
  readonly accent: string;
}

export interface RowsOptions {
  readonly scale: TimeScale;
  readonly colors: RowsColors;
  /** Whose row is marked. */
  readonly chosenId: number | null;
  /** Seconds: the stretch that corrections are for. */
  readonly range: { readonly from?: number; readonly to?: number };
}

export const RULER_HEIGHT = 22;
export const ROW_HEIGHT = 26;
const BAR_TOP = 6;
const BAR_HEIGHT = 14;
/** Where the chip of somebody's colour and their name stand, in CSS pixels; beside narrow rows, so that "Person 12" is whole. */
const NAME_PLACE = { chip: 10, left: 26, right: 8 };
const NARROW_NAME_PLACE = { chip: 6, left: 19, right: 2 };
const CHIP = 9;
/** Of a bar where nothing is certain. */
const LEAST_OPACITY = 0.25;
const FONT = '12px system-ui, sans-serif';

/** How tall the rows of so many people are, with the ruler above them. */
export function rowsHeight(people: number): number {
  return RULER_HEIGHT + Math.max(1, people) * ROW_HEIGHT;
}

/**
 * People as rows over time: a bar of their colour where somebody is in view, the paler the less certain. Where
 * somebody is missing in some frames of a column, the bar is lower by as much.
 */
export class RowsView {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;

  /** @throws if the canvas has no 2-D context */
  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d');
    if (!context) throw new Error('The timeline needs a 2-D canvas.');
    this.#canvas = canvas;
    this.#context = context;
  }

  /** @param width CSS pixels of the canvas */
  paint(rows: readonly RowContent[], width: number, pixelRatio: number, options: RowsOptions): void {
    const context = this.#context;
    const height = rowsHeight(rows.length);
    this.#canvas.width = Math.round(width * pixelRatio);
    this.#canvas.height = Math.round(height * pixelRatio);
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    context.font = FONT;
    context.textBaseline = 'middle';
    this.#paintRuler(height, options);
    for (const [i, row] of rows.entries()) this.#paintRow(row, RULER_HEIGHT + i * ROW_HEIGHT, options);
    this.#paintRange(height, options);
  }

  #paintRuler(height: number, { scale, colors }: RowsOptions): void {
    const context = this.#context;
    context.textAlign = 'center';
    for (const time of ticks(scale)) {
      const x = Math.round(toPixel(scale, time)) + 0.5;
      context.strokeStyle = colors.line;
      context.beginPath();
      context.moveTo(x, RULER_HEIGHT - 5);
      context.lineTo(x, height);
      context.stroke();
      context.fillStyle = colors.quiet;
      context.fillText(tickLabel(time, scale.to - scale.from), x, RULER_HEIGHT / 2 - 1);
    }
  }

  #paintRow({ id, name, score, share }: RowContent, top: number, options: RowsOptions): void {
    const context = this.#context;
    const { scale, colors, chosenId } = options;
    context.textAlign = 'left';
    context.fillStyle = id === chosenId ? colors.accent : colors.text;
    const {
      chip,
      left: nameLeft,
      right: nameRight,
    } = scale.left > NARROW_GUTTER ? NAME_PLACE : NARROW_NAME_PLACE;
    const room = Math.max(0, scale.left - nameLeft - nameRight);
    context.fillText(fitText(context, name, room), nameLeft, top + ROW_HEIGHT / 2);
    context.beginPath();
    context.roundRect(chip, top + (ROW_HEIGHT - CHIP) / 2, CHIP, CHIP, 2);
    context.fillStyle = toCss(personColor(id));
    context.fill();
    context.fillStyle = colors.ground;
    context.fillRect(scale.left, top + BAR_TOP, scale.width, BAR_HEIGHT);
    context.fillStyle = toCss(personColor(id));
    const columnWidth = scale.width / score.length;
    for (let column = 0; column < score.length; column++) {
      const value = score[column] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      const height = BAR_HEIGHT * Math.max(0.2, share[column] ?? 1);
      context.globalAlpha = LEAST_OPACITY + (1 - LEAST_OPACITY) * Math.min(1, Math.max(0, value));
      // On whole pixels, or seams would show between columns.
      const left = Math.round(scale.left + column * columnWidth);
      const right = Math.round(scale.left + (column + 1) * columnWidth);
      context.fillRect(left, top + BAR_TOP + BAR_HEIGHT - height, Math.max(1, right - left), height);
    }
    context.globalAlpha = 1;
  }

  #paintRange(height: number, { scale, range, colors }: RowsOptions): void {
    if (range.from === undefined && range.to === undefined) return;
    const context = this.#context;
    const inside = (time: number | undefined, otherwise: number): number =>
      Math.min(
        scale.left + scale.width,
        Math.max(scale.left, time === undefined ? otherwise : toPixel(scale, time)),
      );
    const left = inside(range.from, scale.left);
    const right = inside(range.to, scale.left + scale.width);
    context.globalAlpha = 0.16;
    context.fillStyle = colors.accent;
    context.fillRect(left, 0, right - left, height);
    context.globalAlpha = 1;
    for (const x of [left, right]) context.fillRect(Math.min(x, scale.left + scale.width - 2), 0, 2, height);
  }
}

/** The text, or as much of it as there is room for. */
function fitText(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let end = text.length;
  while (end > 0 && context.measureText(`${text.slice(0, end)}…`).width > room) end--;
  return `${text.slice(0, end)}…`;
}
