import type { PersonReach } from '../../../motion/placing/reach.ts';

type Paths = ReadonlyMap<number, Float32Array>;

/** Who of everybody is in the room: all but hidden ones, or only who is followed. */
export class RoomPeople {
  #followed: number | null = null;
  #hidden: ReadonlySet<number> = new Set();
  /** What was asked for last, and what of it is meant: whoever draws looks whether it is another list. */
  #reach: { readonly all: readonly PersonReach[]; readonly meant: readonly PersonReach[] } | null = null;
  #paths: { readonly all: Paths; readonly meant: Paths } | null = null;

  /** @returns whether others are meant than before */
  choose(followed: number | null, hidden: ReadonlySet<number>): boolean {
    if (followed === this.#followed && hidden === this.#hidden) return false;
    this.#followed = followed;
    this.#hidden = hidden;
    this.#reach = null;
    this.#paths = null;
    return true;
  }

  readonly isMeant = ({ id }: { readonly id: number }): boolean =>
    this.#followed === null ? !this.#hidden.has(id) : id === this.#followed;

  /** How far those who are meant reach. */
  reachOf(all: readonly PersonReach[] | null): readonly PersonReach[] | null {
    if (!all) return null;
    if (all !== this.#reach?.all) this.#reach = { all, meant: all.filter(this.isMeant) };
    return this.#reach.meant;
  }

  /** The paths on the floor of those who are meant. */
  pathsOf(all: Paths | null): Paths | null {
    if (!all) return null;
    if (all !== this.#paths?.all) {
      this.#paths = { all, meant: new Map([...all].filter(([id]) => this.isMeant({ id }))) };
    }
    return this.#paths.meant;
  }
}
