import { fixedNumber } from '../../core/texts/readable.ts';
import type { Line } from '../../motion/series/bins.ts';
import { tickLabel, ticks, toPixel } from './time-axis.ts';

/** A line of a panel. */
export interface SvgLine {
  readonly label: string;
  /** As CSS has it. */
  readonly color: string;
  /** One number a time, NaN where missing. */
  readonly values: Float32Array;
}

/** Lines over one another, with one axis. */
export interface SvgPanel {
  readonly title: string;
  /** Of its numbers; empty: they have none. */
  readonly unit: string;
  readonly lines: readonly SvgLine[];
}

export interface SvgPlots {
  readonly title: string;
  /** What stands below the axis of time. */
  readonly timeTitle: string;
  readonly times: Line['times'];
  /** One below the other. */
  readonly panels: readonly SvgPanel[];
  /** Seconds. */
  readonly range: readonly [from: number, to: number];
}

/** CSS pixels. */
export const SVG_WIDTH = 1200;
const HEAD = 44;
const FOOT = 48;
const LEFT = 72;
const RIGHT = 24;
const PANEL = 200;
/** Above the lines of a panel: its title. */
const PANEL_HEAD = 30;
const PANEL_FOOT = 14;
const Y_TICKS = 4;
const INK = '#171a21';
const QUIET = '#5b6472';
const GRID = '#d9dde3';

/** How tall a picture of so many panels is, in CSS pixels. */
export function svgHeight(panels: number): number {
  return HEAD + panels * PANEL + FOOT;
}

/**
 * Plots as an SVG picture of its own (SVG 1.1), on white, with names, units and axes: a panel a lane, all over the same time.
 * Where numbers are missing, lines are broken.
 */
export function writePlotSvg({ title, timeTitle, times, panels, range: [from, to] }: SvgPlots): string {
  const scale = { from, to, left: LEFT, width: SVG_WIDTH - LEFT - RIGHT };
  const height = svgHeight(panels.length);
  const bottom = HEAD + panels.length * PANEL;
  const marks = ticks(scale).map((time) => ({ x: round(toPixel(scale, time)), time }));
  const grid = marks.map(({ x }) => stroke(x, HEAD, x, bottom, GRID));
  const labels = marks.map(({ x, time }) =>
    text(x, bottom + 18, tickLabel(time, to - from), { anchor: 'middle', fill: QUIET }),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SVG_WIDTH}" height="${height}" viewBox="0 0 ${SVG_WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${SVG_WIDTH}" height="${height}" fill="#fff"/>`,
    text(LEFT, 26, title, { fill: INK, size: 15, isStrong: true }),
    ...grid,
    ...panels.flatMap((panel, i) => drawPanel(panel, HEAD + i * PANEL, times, scale)),
    ...labels,
    text(LEFT + scale.width / 2, bottom + 38, timeTitle, { anchor: 'middle', fill: QUIET }),
    '</svg>',
    '',
  ].join('\n');
}

function drawPanel(
  { title, unit, lines }: SvgPanel,
  top: number,
  times: Line['times'],
  scale: Parameters<typeof toPixel>[0],
): string[] {
  const [low, high, step] = axisOf(lines.map(({ values }) => values));
  const [first, last] = [top + PANEL_HEAD, top + PANEL - PANEL_FOOT];
  const toY = (value: number): number => last - ((value - low) / (high - low)) * (last - first);
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const rows = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step);
  const name = unit === '' ? title : `${title} (${unit})`;
  let legend = LEFT + scale.width;
  return [
    text(LEFT, top + 20, name, { fill: INK, isStrong: true }),
    // From the right, the last one first.
    ...[...lines].reverse().map(({ label, color }) => {
      const at = legend;
      legend -= label.length * 7.5 + 34;
      return `${text(at, top + 20, label, { anchor: 'end', fill: INK })}${stroke(legend + 14, top + 16, legend + 28, top + 16, color, 3)}`;
    }),
    ...rows.flatMap((value) => [
      stroke(LEFT, round(toY(value)), LEFT + scale.width, round(toY(value)), GRID),
      text(LEFT - 8, round(toY(value)) + 4, fixedNumber(Math.abs(value) < step / 2 ? 0 : value, digits), {
        anchor: 'end',
        fill: QUIET,
      }),
    ]),
    ...lines.map(
      ({ color, values }) =>
        `<path d="${trace(times, values, scale, toY)}" fill="none" stroke="${color}" stroke-width="1.8" stroke-linejoin="round" stroke-linecap="round"/>`,
    ),
  ];
}

/** Commands of a path within the time that is shown; a number between gaps is a dot. */
function trace(
  times: Line['times'],
  values: Float32Array,
  scale: Parameters<typeof toPixel>[0],
  toY: (value: number) => number,
): string {
  let path = '';
  let isDown = false;
  for (let i = 0; i < times.length; i++) {
    const [time, value] = [times[i] ?? Number.NaN, values[i] ?? Number.NaN];
    if (Number.isNaN(value) || time < scale.from || time > scale.to) {
      isDown = false;
      continue;
    }
    const place = `${round(toPixel(scale, time))} ${round(toY(value))}`;
    // Without a length, a line with round ends is a dot.
    path += isDown ? `L${place}` : `M${place}l0 0`;
    isDown = true;
  }
  return path;
}

/** Round numbers around all values, and their step: 1, 2 or 5 times a power of ten. */
function axisOf(columns: readonly Float32Array[]): readonly [low: number, high: number, step: number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of columns) {
    for (const value of values) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  if (least > most) return [0, 1, 1];
  const wished = Math.max(most - least, 1e-6) / Y_TICKS;
  const power = 10 ** Math.floor(Math.log10(wished));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= wished) ?? 10);
  const low = Math.floor(least / step) * step;
  return [low, Math.max(low + step, Math.ceil(most / step) * step), step];
}

interface TextLook {
  readonly fill: string;
  readonly anchor?: 'middle' | 'end';
  readonly size?: number;
  readonly isStrong?: boolean;
}

function text(x: number, y: number, content: string, { fill, anchor, size, isStrong }: TextLook): string {
  const look = `${anchor ? ` text-anchor="${anchor}"` : ''}${size ? ` font-size="${size}"` : ''}${isStrong ? ' font-weight="600"' : ''}`;
  return `<text x="${x}" y="${y}" fill="${fill}"${look}>${escapeXml(content)}</text>`;
}

function stroke(x1: number, y1: number, x2: number, y2: number, color: string, width = 1): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${color}" stroke-width="${width}"/>`;
}

/** To a hundredth of a pixel. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function escapeXml(content: string): string {
  return (
    content
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for them
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
  );
}
