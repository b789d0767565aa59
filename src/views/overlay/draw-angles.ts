import type { Person } from '../../core/pose.ts';
import { angleCorner, type PicturePoint } from '../../motion/kinematics/angle-corner.ts';
import { type PersonAngle, sideOfAngle } from '../../motion/kinematics/angles.ts';
import { readSeries } from '../../motion/series/series.ts';
import { sideColor, toCss } from '../style.ts';
import { placeLabels, wedgeBetween } from './angle-layout.ts';
import type { Context2D } from './fit.ts';

export interface AngleOptions {
  /** What is drawn, where it can be seen. */
  readonly angles: readonly PersonAngle[];
  /** 0 to 1: an angle isn't drawn if one of its keypoints has a lower score. */
  readonly threshold: number;
  /** Pixels of the canvas. */
  readonly lineWidth: number;
  readonly isMirrored: boolean;
}

type Mapping = (value: number) => number;

/** As shares of the line of a limb. */
const FONT_SIZE = 3.4;
const LEAST_FONT_PIXELS = 11;
const EDGE_THICKNESS = 0.4;
const WEDGE_OPACITY = 0.45;
const LABEL_COLOR = 'rgb(10 12 16 / 0.78)';

/**
 * Draws angles of people as wedges between the two lines as they are seen, each with its number in degrees (`jointAngle`) beside it.
 *
 * @param toX from pixels of the picture to those of the canvas, as `toY`
 */
export function drawAngles(
  context: Context2D,
  people: readonly Person[],
  toX: Mapping,
  toY: Mapping,
  { angles, threshold, lineWidth, isMirrored }: AngleOptions,
): void {
  const toCanvas = ({ x, y }: PicturePoint): PicturePoint => ({ x: toX(x), y: toY(y) });
  const found = angles.flatMap(({ personId, angle }) => {
    const person = people.find(({ id }) => id === personId);
    const corner = person?.body && angleCorner(person.body, angle, threshold);
    const degrees = person ? readSeries(person, { kind: 'angle', personId, angle }) : Number.NaN;
    if (!corner || Number.isNaN(degrees)) return [];
    const side = sideOfAngle(angle);
    const wedge = wedgeBetween(toCanvas(corner.from), toCanvas(corner.at), toCanvas(corner.to), lineWidth);
    return [{ side, wedge, text: `${Math.round(degrees) || 0}°`.replace('-', '−') }];
  });
  if (found.length === 0) return;
  for (const { side, wedge } of found) {
    const { at, radius, start, sweep } = wedge;
    context.beginPath();
    context.moveTo(at.x, at.y);
    context.arc(at.x, at.y, radius, start, start + sweep, sweep < 0);
    context.closePath();
    const { globalAlpha } = context;
    context.globalAlpha = globalAlpha * WEDGE_OPACITY;
    context.fillStyle = toCss(sideColor(side));
    context.fill();
    context.globalAlpha = globalAlpha;
    context.beginPath();
    context.arc(at.x, at.y, radius, start, start + sweep, sweep < 0);
    context.lineWidth = Math.max(1, lineWidth * EDGE_THICKNESS);
    context.strokeStyle = '#fff';
    context.stroke();
  }
  const size = Math.max(LEAST_FONT_PIXELS, lineWidth * FONT_SIZE);
  context.font = `600 ${size}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const labels = placeLabels(
    found.map(({ side, wedge, text }) => ({
      wedge,
      width: context.measureText(text).width + size * 0.7,
      // The left of somebody who faces the camera is on the picture's right.
      isRightOf: (side !== 'right') !== isMirrored,
    })),
    size * 1.45,
    lineWidth,
  );
  for (const [i, { x, y, width, height }] of labels.entries()) {
    context.beginPath();
    context.roundRect(x, y, width, height, height / 4);
    context.fillStyle = LABEL_COLOR;
    context.fill();
    context.fillStyle = '#fff';
    context.fillText(found[i]?.text ?? '', x + width / 2, y + height / 2 + size * 0.05);
  }
}
