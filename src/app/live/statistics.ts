/** Frames that medians are taken over. */
const WINDOW = 120;
const RATE_WINDOW_MS = 1000;

/** The figures of the status line, from the last frames. */
export interface Statistics {
  readonly trackedPerSecond: number;
  readonly shownPerSecond: number;
  /** Milliseconds that the networks take for a frame. */
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly dropped: number;
  readonly people: number;
}

export const NO_STATISTICS: Statistics = {
  trackedPerSecond: 0,
  shownPerSecond: 0,
  medianMs: 0,
  p95Ms: 0,
  dropped: 0,
  people: 0,
};

/** Gathers times per frame in a ring and moments of frames for rates. */
export class StatisticsGatherer {
  #durations: number[] = [];
  #tracked: number[] = [];
  #shown: number[] = [];
  dropped = 0;
  people = 0;

  /** Another source begins. */
  reset(): void {
    this.#durations = [];
    this.#tracked = [];
    this.#shown = [];
    this.dropped = 0;
    this.people = 0;
  }

  addTracked(milliseconds: number, now: number): void {
    this.#durations.push(milliseconds);
    if (this.#durations.length > WINDOW) this.#durations.shift();
    this.#tracked.push(now);
  }

  addShown(now: number): void {
    this.#shown.push(now);
  }

  summarize(now: number): Statistics {
    const sorted = [...this.#durations].sort((a, b) => a - b);
    return {
      trackedPerSecond: rate(this.#tracked, now),
      shownPerSecond: rate(this.#shown, now),
      medianMs: quantile(sorted, 0.5),
      p95Ms: quantile(sorted, 0.95),
      dropped: this.dropped,
      people: this.people,
    };
  }
}

/** Moments within the last second; older ones are removed. */
function rate(moments: number[], now: number): number {
  while (moments.length > 0 && (moments[0] ?? 0) < now - RATE_WINDOW_MS) moments.shift();
  return (moments.length * 1000) / RATE_WINDOW_MS;
}

/** The nearest-rank quantile of ascending values; 0 if there are none. */
export function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return 0;
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? 0;
}
