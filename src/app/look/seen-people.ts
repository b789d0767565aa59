import type { Person } from '../../core/pose.ts';
import type { Recording } from '../../core/recording.ts';

/** Somebody in a recording. */
export interface SeenPerson {
  readonly id: number;
  /** The share of its frames that they are in, 0 to 1. */
  readonly seen: number;
}

/** Who is in a recording that lies in memory, by growing id. Frames that come at its end are counted on, each once. */
export class SeenPeople {
  #recording: Recording | null = null;
  #version = -1;
  #rewrites = -1;
  /** Frames that were counted. */
  #counted = 0;
  /** By id: in how many of them somebody is. */
  readonly #counts = new Map<number, number>();
  #people: readonly SeenPerson[] = [];

  /** @returns the same list as before where nobody has come, and no frame */
  of(recording: Recording): readonly SeenPerson[] {
    const { frames, version, rewrites } = recording;
    if (recording === this.#recording && version === this.#version) return this.#people;
    if (recording !== this.#recording || rewrites !== this.#rewrites) this.#startAnew();
    this.#recording = recording;
    this.#version = version;
    this.#rewrites = rewrites;
    while (this.#counted < frames.length) this.#count(frames[this.#counted++]?.people ?? []);
    this.#people = [...this.#counts]
      .map(([id, count]) => ({ id, seen: count / frames.length }))
      .sort((a, b) => a.id - b.id);
    return this.#people;
  }

  #startAnew(): void {
    this.#counted = 0;
    this.#counts.clear();
  }

  #count(people: readonly Person[]): void {
    for (const { id } of people) this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
  }
}
