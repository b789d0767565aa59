import uPlot from 'uplot';
import { readableNumber } from '../../core/texts/readable.ts';
import { ticks } from './time-axis.ts';

/** A line of the plot. */
export interface PlotSeries {
  readonly label: string;
  readonly unit: string;
  readonly color: string;
  /** Of the recording that is compared with. */
  readonly isOther: boolean;
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

/** Room for the axis on the left, so that plots stand below the rows. */
export const PLOT_LEFT = 84;
const PLOT_RIGHT = 14;
const SECOND_AXIS = 50;

/** Room on the right: a second unit has its axis there. */
export function plotRight(units: readonly string[]): number {
  return new Set(units).size > 1 ? SECOND_AXIS : PLOT_RIGHT;
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

  /** @param size CSS pixels */
  paint(
    series: readonly PlotSeries[],
    { times, values }: PlotContent,
    range: readonly [from: number, to: number],
    size: { readonly width: number; readonly height: number },
    colors: PlotColors,
  ): void {
    this.#range = [range[0], range[1]];
    const data = [
      times,
      ...values.map((column) => Array.from(column, (value) => (Number.isNaN(value) ? null : value))),
    ];
    const key = JSON.stringify([series, colors]);
    if (!this.#plot || key !== this.#key) {
      this.#plot?.destroy();
      this.#key = key;
      this.#plot = new uPlot(this.#describe(series, size, colors), data as uPlot.AlignedData, this.#parent);
      return;
    }
    if (this.#plot.width !== size.width || this.#plot.height !== size.height) this.#plot.setSize({ ...size });
    this.#plot.setData(data as uPlot.AlignedData);
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
    const units = [...new Set(series.map(({ unit }) => unit))];
    const axis = { stroke: text, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
    return {
      ...size,
      padding: [10, units.length > 1 ? 0 : PLOT_RIGHT, 0, 0],
      cursor: { drag: { setScale: false, x: false, y: false }, points: { size: 6 } },
      legend: { live: true },
      scales: { x: { time: false, range: () => this.#range } },
      axes: [
        {
          ...axis,
          // The ruler above has the times.
          splits: () => this.#splits(),
          values: (_, splits) => splits.map(() => ''),
          size: 4,
        },
        ...units.map((unit, i) => ({
          ...axis,
          scale: unit,
          label: unit,
          // Its own are in the browser's language.
          values: (_: uPlot, splits: (number | null)[]) =>
            splits.map((split) => (split === null ? '' : readableNumber(split))),
          labelSize: 16,
          // Of a third unit and more, only the legend tells.
          show: i < 2,
          size: i === 0 ? PLOT_LEFT - 16 : SECOND_AXIS - 16,
          side: (i === 0 ? 3 : 1) as uPlot.Axis.Side,
          grid: { show: i === 0, stroke: line, width: 1 },
        })),
      ],
      series: [
        { label: 'Time', value: (_, time) => (time === null ? '–' : `${time.toFixed(2)} s`) },
        ...series.map(({ label, unit, color, isOther }) => ({
          label,
          scale: unit,
          stroke: color,
          width: 1.5,
          spanGaps: false,
          ...(isOther && { dash: [5, 4] }),
          points: { show: false },
          value: (_: uPlot, value: number | null) => (value === null ? '–' : `${value.toFixed(2)} ${unit}`),
        })),
      ],
    };
  }
}
