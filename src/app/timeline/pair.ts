import { decimate, type Line } from '../../motion/series/bins.ts';
import type { Series } from '../../motion/series/series.ts';
import { type SeriesSummary, summarize } from '../../motion/series/summary.ts';
import type { RecordingColumns } from './columns.ts';
import type { Pairing, SummaryQuery, TimelineQuery } from './protocol.ts';

/** Reads the other recording by what is asked of the one on the stage: by its times, and of whom is held against whom. */
export class Pair {
  #pairing: Pairing = { isSameVideo: true, offset: 0, personId: null };

  set(pairing: Pairing): void {
    this.#pairing = pairing;
  }

  /** Everybody who occurs, whoever is seen in most frames first. */
  peopleOf(other: RecordingColumns): number[] {
    const seen = other.scores.map(([id, scores]) => {
      const frames = scores.reduce((count, score) => (Number.isNaN(score) ? count : count + 1), 0);
      return { id, frames };
    });
    return seen.sort((a, b) => b.frames - a.frames || a.id - b.id).map(({ id }) => id);
  }

  lineOf(other: RecordingColumns, query: TimelineQuery): Line {
    const { offset } = this.#pairing;
    const { from, to, bins, series } = query;
    const line = decimate(other.times, this.#read(other, series), {
      from: from - offset,
      to: to - offset,
      bins,
    });
    return { times: line.times.map((time) => time + offset), values: line.values };
  }

  summariesOf(other: RecordingColumns, { series, range }: SummaryQuery): SeriesSummary[] {
    const { offset } = this.#pairing;
    const moved = {
      ...(range.from !== undefined && { from: range.from - offset }),
      ...(range.to !== undefined && { to: range.to - offset }),
    };
    const { times } = other;
    return this.#read(other, series).map((values) => summarize(times, values, moved));
  }

  #read(other: RecordingColumns, series: readonly Series[]): Float32Array[] {
    const { isSameVideo, personId } = this.#pairing;
    // Who is who differs between two videos.
    const chosen = personId ?? (isSameVideo ? null : (this.peopleOf(other)[0] ?? null));
    return other.read(series.map((each) => (chosen === null ? each : { ...each, personId: chosen })));
  }
}
