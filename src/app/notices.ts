import { type ReadonlySignal, signal } from '@preact/signals-core';

export interface Notice {
  readonly id: number;
  readonly kind: 'error' | 'info';
  readonly text: string;
}

/** More than these nobody reads. */
const LIMIT = 4;

/** What is to be said to whoever is at the page, until it is dismissed. */
export class Notices {
  readonly #list = signal<readonly Notice[]>([]);
  #nextId = 0;

  get list(): ReadonlySignal<readonly Notice[]> {
    return this.#list;
  }

  /** @returns takes it back, when it no longer holds */
  add(kind: Notice['kind'], text: string): () => void {
    const id = this.#nextId++;
    const others = this.#list.peek().filter((notice) => notice.text !== text);
    this.#list.value = [...others, { id, kind, text }].slice(-LIMIT);
    return () => this.dismiss(id);
  }

  dismiss(id: number): void {
    this.#list.value = this.#list.peek().filter((notice) => notice.id !== id);
  }
}
