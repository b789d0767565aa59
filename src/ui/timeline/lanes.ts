import type { Session } from '../../app/session.ts';
import type { TimelineView } from '../../app/timeline/protocol.ts';
import { isSameSeries, readSeries, type Series, seriesUnit } from '../../motion/series/series.ts';
import { type PlotColors, PlotView } from '../../views/charts/plot-view.ts';
import { messages } from '../messages.ts';
import { describeSeries, LINE_COLORS } from './timeline-series.ts';

/** CSS pixels of a lane. */
export const LANE_HEIGHT = 64;

/** What is plotted in one lane: a number, or the same angle of both sides. */
export interface Lane {
  /** Tells lanes apart. */
  readonly key: string;
  readonly series: readonly Series[];
}

/** Left and right of a joint of somebody share a lane; everything else has its own. */
export function toLanes(plots: readonly Series[]): Lane[] {
  const lanes = new Map<string, Series[]>();
  for (const series of plots) {
    const key = laneKey(series);
    lanes.set(key, [...(lanes.get(key) ?? []), series]);
  }
  return [...lanes].map(([key, series]) => ({ key, series }));
}

function laneKey(series: Series): string {
  if (series.kind === 'angle') return `${series.personId} ${series.angle.replace(/^(left|right)-/, '')}`;
  const { personId, part, keypoint, quantity } = series;
  return [personId, part, keypoint, quantity].join(' ');
}

/** The colour of a line, by its place among all that is plotted. */
export function lineColor(plots: readonly Series[], series: Series): string {
  const at = plots.findIndex((each) => isSameSeries(each, series));
  return LINE_COLORS[at] ?? LINE_COLORS[0];
}

/** A series' number in the frame on screen, in words. */
export function valueNow({ state }: Session, series: Series): string {
  const person = state.shown.people.find(({ id }) => id === series.personId);
  const value = person ? readSeries(person, series) : Number.NaN;
  if (Number.isNaN(value)) return '–';
  const unit = seriesUnit(series);
  const digits = unit === '°' || unit === 'px' || unit === 'px/s' ? 0 : 2;
  return `${value.toFixed(digits)}${unit === '°' ? unit : ` ${unit}`}`.trim();
}

/** The plots of all lanes, each drawn into an element of its own. */
export class LanePlots {
  readonly #views = new Map<string, { readonly parent: HTMLElement; readonly view: PlotView }>();

  /** Those whose element is gone, or another one, are taken away. */
  keep(find: (key: string) => HTMLElement | null): void {
    for (const [key, { parent, view }] of this.#views) {
      if (find(key) === parent) continue;
      view.destroy();
      this.#views.delete(key);
    }
  }

  paint(
    lane: Lane,
    parent: HTMLElement,
    { query, line, other }: TimelineView,
    range: readonly [from: number, to: number],
    width: number,
    colors: PlotColors,
  ): void {
    const held = this.#views.get(lane.key) ?? { parent, view: new PlotView(parent) };
    this.#views.set(lane.key, held);
    const places = lane.series.map((series) => query.series.findIndex((each) => isSameSeries(each, series)));
    const hasOther = other !== null && other.times.length === line.times.length;
    const own = lane.series.map((series) => ({
      label: describeSeries(series, null),
      unit: seriesUnit(series),
      color: lineColor(query.series, series),
      isOther: false,
    }));
    const others = own.map((each) => ({
      ...each,
      label: `${each.label} (${messages.other})`,
      isOther: true,
    }));
    const of = ({ values }: { readonly values: readonly Float32Array[] }) =>
      places.map((place) => values[place] ?? new Float32Array(line.times.length).fill(Number.NaN));
    held.view.paint(
      hasOther ? [...own, ...others] : own,
      { times: line.times, values: hasOther ? [...of(line), ...of(other)] : of(line) },
      range,
      { width, height: LANE_HEIGHT },
      colors,
    );
  }

  destroy(): void {
    for (const { view } of this.#views.values()) view.destroy();
    this.#views.clear();
  }
}
