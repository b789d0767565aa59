import { computed, effect, type ReadonlySignal } from '@preact/signals-core';
import { angleIds } from '../../motion/kinematics/angles.ts';
import { isSameSeries, type Series } from '../../motion/series/series.ts';
import type { SeriesSummary } from '../../motion/series/summary.ts';
import type { State } from '../state.ts';
import type { RangeSummary } from '../timeline/protocol.ts';
import type { Timeline } from '../timeline/timeline.ts';

/** Whoever is measured of the document on the stage, and what the chosen stretch of time comes to. */
export class Measuring {
  /** The one that is followed, else the first; `null`: nobody is there. */
  readonly personId: ReadonlySignal<number | null>;
  readonly #timeline: Timeline;
  readonly #end: () => void;

  constructor(state: State, timeline: Timeline) {
    this.#timeline = timeline;
    this.personId = computed(() => state.followedId.value ?? timeline.view.value?.people[0]?.id ?? null);
    let asked = '';
    this.#end = effect(() => {
      const personId = state.mode.value === 'measure' ? this.personId.value : null;
      const series = [...state.plots.value, ...(personId === null ? [] : anglesOf(personId))];
      const query = { series, range: state.editRange.value };
      const key = JSON.stringify([state.document.value?.id, query]);
      if (key === asked) return;
      asked = key;
      timeline.summarize(query);
    });
  }

  /** Over the chosen stretch, else all of the document; `null`: it isn't known yet. */
  summaryOf(series: Series): SeriesSummary | null {
    return this.#find(series, (summary) => summary.summaries);
  }

  /** The same of the recording that it is compared with; `null`: it isn't known yet, or not compared. */
  otherSummaryOf(series: Series): SeriesSummary | null {
    return this.#find(series, (summary) => summary.others);
  }

  #find(
    series: Series,
    read: (summary: RangeSummary) => readonly SeriesSummary[] | null,
  ): SeriesSummary | null {
    const summary = this.#timeline.summary.value;
    const at = summary?.query.series.findIndex((each) => isSameSeries(each, series)) ?? -1;
    return summary ? (read(summary)?.[at] ?? null) : null;
  }

  close(): void {
    this.#end();
  }
}

/** All angles of somebody, as series. */
export function anglesOf(personId: number): Series[] {
  return angleIds.map((angle) => ({ kind: 'angle', personId, angle }));
}
