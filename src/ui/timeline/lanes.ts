import type { TimelineView } from '../../app/timeline/protocol.ts';
import type { Line } from '../../motion/series/bins.ts';
import { isSameSeries, type Series, seriesUnit } from '../../motion/series/series.ts';
import { type PlotColors, PlotView } from '../../views/charts/plot-view.ts';
import { messages } from '../messages/messages.ts';
import { describeSeries, jointOf, type LineColors, OTHER_DASHES, sideOf } from './timeline-series.ts';

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
  if (series.kind === 'angle') return `${series.personId} ${jointOf(series.angle)}`;
  const { personId, part, keypoint, quantity } = series;
  return [personId, part, keypoint, quantity].join(' ');
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
    colors: PlotColors & LineColors & { readonly other: string },
  ): void {
    const held = this.#views.get(lane.key) ?? { parent, view: new PlotView(parent) };
    this.#views.set(lane.key, held);
    const places = lane.series.map((series) => query.series.findIndex((each) => isSameSeries(each, series)));
    const own = lane.series.map((series) => ({
      label: describeSeries(series, null),
      unit: seriesUnit(series),
      color: colors[sideOf(series)],
    }));
    const others = lane.series.map((series, i) => ({
      label: `${own[i]?.label ?? ''} (${messages.other})`,
      unit: seriesUnit(series),
      color: colors.other,
      dash: OTHER_DASHES[sideOf(series)],
    }));
    const of = ({ times, values }: Line) => ({
      times,
      values: places.map((place) => values[place] ?? new Float32Array(times.length).fill(Number.NaN)),
    });
    held.view.paint(
      other ? [...own, ...others] : own,
      other ? [of(line), of(other)] : [of(line)],
      range,
      { width, height: LANE_HEIGHT },
      { text: colors.text, line: colors.line },
    );
  }

  destroy(): void {
    for (const { view } of this.#views.values()) view.destroy();
    this.#views.clear();
  }
}
