import { Pace } from '../../core/time/pace.ts';

/** A jump in time of up to so many seconds is none, however close together frames usually are. */
const LONGEST_STEP = 1;
/** Nor is the first step of so many, for nothing is known of the pace yet: a film may have a picture in two seconds. */
const LONGEST_FIRST_STEP = 10;
/**
 * Nor is one of as many frames as this at the pace of those before, or as many times the step before: a camera in the dark
 * gives one in two seconds.
 */
const LONGEST_STEP_FRAMES = 3;
const MILLISECONDS = 1000;

/** How a frame follows those before it. */
export interface FrameStep {
  /** It doesn't follow them: whoever was followed is to be looked for anew. */
  readonly isCut: boolean;
  /** For MediaPipe, which wants times that only grow; those of a scrubbed video don't. */
  readonly milliseconds: number;
}

/** The time of frames as networks that follow people want it, and where it breaks off. */
export class FrameClock {
  #pace = new Pace();
  #previous: number | null = null;
  /** Seconds of the last step. */
  #step = 0;
  #milliseconds = 0;

  /** @param time seconds of the next frame */
  next(time: number): FrameStep {
    const step = this.#previous === null ? 0 : time - this.#previous;
    const pace = Math.max(this.#pace.step, this.#step);
    const longest = pace === 0 ? LONGEST_FIRST_STEP : Math.max(LONGEST_STEP, LONGEST_STEP_FRAMES * pace);
    const isCut = this.#previous !== null && (step <= 0 || step > longest);
    this.#previous = time;
    this.#step = step;
    this.#pace.note(time);
    this.#milliseconds += Math.max(1, isCut ? 1 : Math.round(step * MILLISECONDS));
    return { isCut, milliseconds: this.#milliseconds };
  }

  /** Forgets whatever frames came before; its milliseconds go on. */
  reset(): void {
    this.#previous = null;
    this.#step = 0;
    this.#pace = new Pace();
  }
}
