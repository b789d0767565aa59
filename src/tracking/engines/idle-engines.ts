import type { Closable } from '../../core/async/async.ts';

/** Milliseconds for which an engine that nobody uses stays open: from one photo to the next, by hand. */
export const IDLE_MS = 20_000;

/**
 * Engines that are open and not in use. Each ends after a while, the oldest as soon as there are too many, and all of them
 * when memory is wanted.
 */
export class IdleEngines {
  readonly #most: number;
  readonly #idleMs: number;
  /** What ends each, the oldest first. */
  readonly #ends = new Map<Closable, ReturnType<typeof setTimeout>>();

  /** @param most engines that may lie here: each holds hundreds of megabytes */
  constructor(most: number, idleMs = IDLE_MS) {
    this.#most = most;
    this.#idleMs = idleMs;
  }

  get size(): number {
    return this.#ends.size;
  }

  add(engine: Closable): void {
    this.#ends.set(
      engine,
      setTimeout(() => this.#end(engine), this.#idleMs),
    );
    for (const oldest of this.#ends.keys()) {
      if (this.#ends.size <= this.#most) return;
      this.#end(oldest);
    }
  }

  /** Takes one out, to be used. @returns was it still here? */
  remove(engine: Closable): boolean {
    clearTimeout(this.#ends.get(engine));
    return this.#ends.delete(engine);
  }

  endAll(): void {
    for (const engine of [...this.#ends.keys()]) this.#end(engine);
  }

  #end(engine: Closable): void {
    if (this.remove(engine)) engine.close();
  }
}
