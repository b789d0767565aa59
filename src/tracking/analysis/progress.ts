export interface AnalysisProgress {
  /** Frames tracked, those of earlier runs included. */
  readonly frames: number;
  /** Frames to be tracked in all. */
  readonly total: number;
  /** Of the last seconds; 0 before anything can be said. */
  readonly framesPerSecond: number;
  /** Seconds; `null` before anything can be said. */
  readonly secondsLeft: number | null;
}

/** Speed is that of the last so many milliseconds. */
const WINDOW_MS = 5000;

/** How far a run is, and how fast. Times are milliseconds of any clock that only grows. */
export class ProgressMeter {
  readonly #total: number;
  #frames = 0;
  #counted: { readonly at: number; readonly frames: number }[] = [];

  constructor(total: number) {
    this.#total = total;
  }

  /** @param frames tracked before the run, or taken back when a piece is tracked again */
  correct(frames: number): void {
    this.#frames += frames;
  }

  add(frames: number, now: number): void {
    this.#frames += frames;
    this.#counted.push({ at: now, frames: this.#frames });
    this.#counted = this.#counted.filter(({ at }) => now - at <= WINDOW_MS);
  }

  /** Begins to measure speed anew: after a pause, what was before says nothing. */
  restart(): void {
    this.#counted = [];
  }

  summarize(): AnalysisProgress {
    const first = this.#counted[0];
    const last = this.#counted.at(-1);
    const seconds = first && last ? (last.at - first.at) / 1000 : 0;
    const framesPerSecond = first && last && seconds > 0 ? (last.frames - first.frames) / seconds : 0;
    const left = Math.max(0, this.#total - this.#frames);
    return {
      frames: this.#frames,
      total: this.#total,
      framesPerSecond,
      secondsLeft: framesPerSecond > 0 ? left / framesPerSecond : null,
    };
  }
}
