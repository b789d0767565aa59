/** An id as a file gives it; `null`: it gives none. */
export type GivenId = number | string | null;

/** Above it is room for new ones, up to 2^53, beyond which numbers can't be told apart. */
const HIGHEST_ID = 2 ** 52;

/** What is said where ids are too large. */
export const LONG_IDS =
  'Ids of people that have more than 15 digits are numbered anew: so many can’t be told apart as numbers.';

/**
 * Numbers that tell everybody in a frame apart, made of what a file gives: of two with one id in a frame, the second has a
 * new one, the same in every frame; texts, and numbers too large to be kept, become new ones; who has none is given the
 * lowest that is free in the frame.
 *
 * Before → after: [3, 3, none, "left"] → [3, 4, 0, 5], where 3 is the highest id of the file.
 */
export class UniqueIds {
  #next: number;
  /** New ones, by what they stand for. */
  readonly #given = new Map<string, number>();
  #hasDoubles = false;
  #hasLong = false;

  /** @param all ids that the file gives anywhere */
  constructor(all: Iterable<GivenId>) {
    let highest = -1;
    for (const id of all) if (isUsable(id)) highest = Math.max(highest, id);
    this.#next = highest + 1;
  }

  /** Ids were too large to be kept. */
  get hasLong(): boolean {
    return this.#hasLong;
  }

  /** An id was found twice in one frame. */
  get hasDoubles(): boolean {
    return this.#hasDoubles;
  }

  /** @param ids of one frame's people */
  ofFrame(ids: readonly GivenId[]): number[] {
    const counts = new Map<number | string, number>();
    const taken = new Set<number>(ids.filter(isUsable));
    let free = 0;
    return ids.map((id) => {
      if (id === null) {
        while (taken.has(free)) free++;
        taken.add(free);
        return free;
      }
      const before = counts.get(id) ?? 0;
      counts.set(id, before + 1);
      if (before > 0) this.#hasDoubles = true;
      if (!isUsable(id) && /^\d{16,}n?$/.test(String(id))) this.#hasLong = true;
      return before === 0 && isUsable(id) ? id : this.#another(id, before);
    });
  }

  #another(id: number | string, before: number): number {
    const key = JSON.stringify([id, before]);
    const given = this.#given.get(key) ?? this.#next++;
    this.#given.set(key, given);
    return given;
  }
}

function isUsable(id: GivenId): id is number {
  return typeof id === 'number' && Number.isInteger(id) && id >= 0 && id <= HIGHEST_ID;
}
