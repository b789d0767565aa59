import type { PicturePoint } from '../../motion/kinematics/angle-corner.ts';
import type { PictureMeasure } from '../../motion/kinematics/picture-measure.ts';
import type { Context2D } from './fit.ts';

/** A measure and what is written beside it; empty while it is being made. */
export interface LabelledMeasure extends PictureMeasure {
  readonly label: string;
}

const COLOR = '#ffe14d';
const CASING = 'rgb(10 12 16 / 0.7)';
/** As shares of the line of a limb. */
const THICKNESS = 0.5;
const CASING_THICKNESS = 1.1;
const END_RADIUS = 0.9;
const FONT_SIZE = 3.2;
const LEAST_FONT_PIXELS = 11;

/** Draws lines between the points of measures, and their numbers. @param toX to pixels of the canvas, as `toY` */
export function drawMeasures(
  context: Context2D,
  measures: readonly LabelledMeasure[],
  toX: (x: number) => number,
  toY: (y: number) => number,
  lineWidth: number,
): void {
  const size = Math.max(LEAST_FONT_PIXELS, lineWidth * FONT_SIZE);
  for (const { points, label } of measures) {
    const places = points.map(({ x, y }) => ({ x: toX(x), y: toY(y) }));
    for (const [width, color] of [
      [CASING_THICKNESS, CASING],
      [THICKNESS, COLOR],
    ] as const) {
      context.beginPath();
      for (const [i, { x, y }] of places.entries()) i === 0 ? context.moveTo(x, y) : context.lineTo(x, y);
      context.lineWidth = Math.max(1, lineWidth * width);
      context.strokeStyle = color;
      context.stroke();
    }
    for (const { x, y } of places) {
      context.beginPath();
      context.arc(x, y, lineWidth * END_RADIUS, 0, 2 * Math.PI);
      context.fillStyle = COLOR;
      context.fill();
      context.lineWidth = Math.max(1, lineWidth / 4);
      context.strokeStyle = CASING;
      context.stroke();
    }
    if (label !== '') drawLabel(context, label, labelPlace(places), size);
  }
}

/** The middle of a distance, the corner of an angle. */
function labelPlace(places: readonly PicturePoint[]): PicturePoint {
  const [a = { x: 0, y: 0 }, b = a, c] = places;
  return c ? b : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function drawLabel(context: Context2D, label: string, { x, y }: PicturePoint, size: number): void {
  context.font = `600 ${size}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const [width, height] = [context.measureText(label).width + size * 0.8, size * 1.45];
  const top = y - height - size * 0.6;
  context.beginPath();
  context.roundRect(x - width / 2, top, width, height, height / 4);
  context.fillStyle = CASING;
  context.fill();
  context.fillStyle = COLOR;
  context.fillText(label, x, top + height / 2 + size * 0.05);
}
