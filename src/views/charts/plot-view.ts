import uPlot from 'uplot';
import { ticks } from './time-axis.ts';

/** A line of the plot. */
export interface PlotSeries {
  readonly label: string;
  readonly unit: string;
  readonly color: string;
  /** Lengths of dashes and gaps, in CSS pixels; absent: it is solid. */
  readonly dash?: readonly [dash: number, gap: number];
}

export interface PlotContent {
  /** Seconds. */
  readonly times: Float64Array;
  /** One array a series, NaN where missing. */
  readonly values: readonly Float32Array[];
}

export interface PlotColors {
  readonly text: string;
  readonly line: string;
}

/** CSS pixels left of the time: names stand there. */
const GUTTER = 168;
export const NARROW_GUTTER = 84;
/** A timeline that is narrower than this has the narrow gutter. */
const NARROW = 560;
/** CSS pixels right of the time. */
export const PLOT_RIGHT = 14;

/** CSS pixels left of the time in a timeline of some width. */
export function gutterWidth(width: number): number {
  return width < NARROW ? NARROW_GUTTER : GUTTER;
}

/** Lines over time, with uPlot: only what is in view is ever handed to it. */
export class PlotView {
  readonly #parent: HTMLElement;
  #plot: uPlot | null = null;
  #key = '';
  #range: [number, number] = [0, 1];

  constructor(parent: HTMLElement) {
    this.#parent = parent;
  }

  /**
   * @param series in the order of the contents
   * @param contents lines that have their times in common
   * @param size CSS pixels
   */
  paint(
    series: readonly PlotSeries[],
    contents: readonly PlotContent[],
    range: readonly [from: number, to: number],
    size: { readonly width: number; readonly height: number },
    colors: PlotColors,
  ): void {
    this.#range = [range[0], range[1]];
    const [first, ...others] = contents.map(toAligned);
    if (!first) return;
    // Where only another line has a point, a line goes on; where its own is missing, there is a gap.
    const data = others.length === 0 ? first : uPlot.join([first, ...others]);
    const key = JSON.stringify([series, colors]);
    if (!this.#plot || key !== this.#key) {
      this.#plot?.destroy();
      this.#key = key;
      this.#plot = new uPlot(this.#describe(series, size, colors), data, this.#parent);
      return;
    }
    if (this.#plot.width !== size.width || this.#plot.height !== size.height) this.#plot.setSize({ ...size });
    this.#plot.setData(data);
  }

  #splits(): number[] {
    const [from, to] = this.#range;
    const width = (this.#plot?.bbox.width ?? 600) / devicePixelRatio;
    return ticks({ from, to, left: 0, width });
  }

  destroy(): void {
    this.#plot?.destroy();
    this.#plot = null;
  }

  #describe(
    series: readonly PlotSeries[],
    size: { readonly width: number; readonly height: number },
    { text, line }: PlotColors,
  ): uPlot.Options {
    const axis = { stroke: text, grid: { stroke: line, width: 1 }, ticks: { show: false } };
    const units = [...new Set(series.map(({ unit }) => unit))];
    return {
      ...size,
      padding: [6, PLOT_RIGHT, 6, 0],
      cursor: { drag: { setScale: false, x: false, y: false }, points: { size: 6 }, y: false },
      legend: { show: false },
      scales: { x: { time: false, range: () => this.#range } },
      axes: [
        {
          ...axis,
          // The ruler above has the times.
          splits: () => this.#splits(),
          values: (_, splits) => splits.map(() => ''),
          size: 0,
        },
        ...units.map((unit) => ({ ...axis, scale: unit, size: 0, values: () => [], grid: { show: false } })),
      ],
      series: [
        {},
        ...series.map(({ label, unit, color, dash }) => ({
          label,
          scale: unit,
          stroke: color,
          width: 1.5,
          spanGaps: false,
          ...(dash && { dash: [...dash] }),
          points: { show: false },
        })),
      ],
    };
  }
}

function toAligned({ times, values }: PlotContent): uPlot.AlignedData {
  return [
    times,
    ...values.map((column) => Array.from(column, (value) => (Number.isNaN(value) ? null : value))),
  ];
}
