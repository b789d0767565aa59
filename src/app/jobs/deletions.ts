import { type ReadonlySignal, signal } from '@preact/signals-core';

/** Recordings that are gone for whoever looks, and can still be had back. */
export interface Deletion {
  readonly ids: readonly string[];
  /** Of the only one; else of the first. */
  readonly name: string;
}

/** How long a deletion, or the like, can be taken back, in milliseconds. */
export const GRACE_MS = 7000;

/** Deletes recordings a few seconds after that is asked for, so that it can be taken back. With the page closed before, they stay. */
export class Deletions {
  readonly #pending = signal<Deletion | null>(null);
  readonly #delete: (id: string) => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param remove deletes one for good; why it can't is said by whoever does it */
  constructor(remove: (id: string) => Promise<void>) {
    this.#delete = remove;
  }

  /** What waits to be deleted; `null`: nothing does. */
  get pending(): ReadonlySignal<Deletion | null> {
    return this.#pending;
  }

  /** Hides recordings, and deletes them when nobody has taken that back. What waited before is deleted at once. */
  begin(deletion: Deletion): void {
    if (deletion.ids.length === 0) return;
    void this.finish();
    this.#pending.value = deletion;
    this.#timer = setTimeout(() => void this.finish(), GRACE_MS);
  }

  undo(): void {
    clearTimeout(this.#timer);
    this.#pending.value = null;
  }

  /** Deletes what waits, now. */
  async finish(): Promise<void> {
    const ids = this.#pending.peek()?.ids ?? [];
    clearTimeout(this.#timer);
    for (const id of ids) await this.#delete(id);
    // Only now may they be listed again, where they could not be deleted.
    if (this.#pending.peek()?.ids === ids) this.#pending.value = null;
  }
}
