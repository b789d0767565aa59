import type { Recording } from '../../core/recording.ts';

/** Somebody in a recording. */
export interface SeenPerson {
  readonly id: number;
  /** The share of its frames that they are in, 0 to 1. */
  readonly seen: number;
}

/** Who is in a recording that lies in memory, by growing id; counted anew only where it has changed. */
export class SeenPeople {
  #recording: Recording | null = null;
  #version = -1;
  #people: readonly SeenPerson[] = [];

  /** @returns the same list as before where nobody has come, and no frame */
  of(recording: Recording): readonly SeenPerson[] {
    if (recording === this.#recording && recording.version === this.#version) return this.#people;
    this.#recording = recording;
    this.#version = recording.version;
    this.#people = count(recording);
    return this.#people;
  }
}

function count({ frames }: Recording): readonly SeenPerson[] {
  const counts = new Map<number, number>();
  for (const { people } of frames) for (const { id } of people) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].map(([id, seen]) => ({ id, seen: seen / frames.length })).sort((a, b) => a.id - b.id);
}
