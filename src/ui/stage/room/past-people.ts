import type { Person } from '../../../core/pose.ts';
import { Pace } from '../../../core/time/pace.ts';

/** Seconds between two ghosts. */
const SPACING = 0.3;
/** A little more than the oldest ghost is old. */
const LONGEST = 3;

/** A time that is so many seconds later, and so many frames, has jumped. */
const SHORTEST_JUMP = 1;
const LEAST_FRAMES = 2;

/** Who was shown at the moments before: for ghosts. */
export class PastPeople {
  readonly #pace = new Pace();
  #past: { readonly time: number; readonly people: readonly Person[] }[] = [];

  /** Notes who is shown now, and gives who was shown before, the oldest first. A time that jumps begins anew. */
  at(time: number, people: readonly Person[], count: number): (readonly Person[])[] {
    const last = this.#past.at(-1);
    this.#pace.note(time);
    const jump = Math.max(SHORTEST_JUMP, LEAST_FRAMES * this.#pace.step);
    if (last && (time < last.time || time > last.time + jump)) this.#past = [];
    if (this.#past.at(-1)?.time !== time) this.#past.push({ time, people });
    while ((this.#past[0]?.time ?? time) < time - LONGEST) this.#past.shift();
    const ghosts: (readonly Person[])[] = [];
    for (let i = count; i > 0; i--) {
      const wanted = time - i * SPACING;
      const ghost = this.#past.findLast((each) => each.time <= wanted);
      if (ghost) ghosts.push(ghost.people);
    }
    return ghosts;
  }
}
