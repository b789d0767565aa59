/** Steps that the usual one is told by. */
const REMEMBERED = 9;

/** How far frames are apart that come one after the other, so that what is waited for is so many of them at least. */
export class Pace {
  readonly #steps: number[] = [];
  #last = Number.NaN;

  /** The next frame. @param time seconds; it may jump, also back */
  note(time: number): void {
    const step = Math.abs(time - this.#last);
    this.#last = time;
    // Not a number at the first frame.
    if (!(step > 0)) return;
    this.#steps.push(step);
    if (this.#steps.length > REMEMBERED) this.#steps.shift();
  }

  /** Seconds from a frame to the next, mostly: the lower median of the last steps. 0 until there are two frames. */
  get step(): number {
    const sorted = [...this.#steps].sort((a, b) => a - b);
    return sorted[(sorted.length - 1) >> 1] ?? 0;
  }
}
