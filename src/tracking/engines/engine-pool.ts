import type { Closable } from '../../core/async/async.ts';
import type { IdleEngines } from './idle-engines.ts';

/** A worker with a model at work in it, that may be used by one after the other. */
export interface PooledEngine extends Closable {
  /** It has died, or lost what it computed with: never to be used again. */
  readonly isSpent: boolean;
  /** It has nothing to do, and what it computes with is still there. */
  isWell(): Promise<boolean>;
  /** It is not used for now: what it knew of what it was at is forgotten. */
  rest(): void;
}

/** An engine that hasn't said by then how it is hangs; one that forgets whom it followed takes a part of a second. */
const ANSWER_MS = 5000;

/** Engines of one kind that stay open between their uses. One that is spent or isn't well is closed. */
export class EnginePool<Engine extends PooledEngine> {
  readonly #idle: IdleEngines;
  /** By key, the one that rests for the shortest time last. */
  readonly #resting = new Map<string, Engine[]>();
  /** What each was opened for. */
  readonly #keys = new WeakMap<Engine, string>();

  constructor(idle: IdleEngines) {
    this.#idle = idle;
  }

  /**
   * An engine that was opened for the same, or a new one. Whoever takes it gives it back, or closes it.
   *
   * @param key says all that makes engines differ
   * @throws what `open` throws
   */
  async take(key: string, open: () => Engine | Promise<Engine>): Promise<Engine> {
    for (;;) {
      const resting = this.#pop(key);
      if (!resting) break;
      if (!resting.isSpent && (await answersWell(resting)) && !resting.isSpent) return resting;
      resting.close();
    }
    const engine = await this.#open(open);
    this.#keys.set(engine, key);
    return engine;
  }

  /** Nobody uses it any more. */
  give(engine: Engine): void {
    const key = this.#keys.get(engine);
    if (key === undefined) throw new Error('An engine was given back that was not taken here.');
    if (engine.isSpent) {
      engine.close();
      // What has ended it, a lost GPU or too little memory, concerns the others, too.
      this.#idle.endAll();
      return;
    }
    engine.rest();
    const others = (this.#resting.get(key) ?? []).filter((other) => other !== engine);
    this.#resting.set(key, [...others, engine]);
    this.#idle.add(engine);
  }

  /** @returns `undefined`: none rests that was opened for this */
  #pop(key: string): Engine | undefined {
    const resting = this.#resting.get(key) ?? [];
    for (;;) {
      const engine = resting.pop();
      if (resting.length === 0) this.#resting.delete(key);
      // Those that have ended meanwhile aren't there any more.
      if (!engine || this.#idle.remove(engine)) return engine;
    }
  }

  /** Where one can't be opened, those that rest may hold the memory that it needs. */
  async #open(open: () => Engine | Promise<Engine>): Promise<Engine> {
    try {
      return await open();
    } catch (error) {
      if (this.#idle.size === 0) throw error;
      this.#idle.endAll();
      return open();
    }
  }
}

async function answersWell(engine: PooledEngine): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ANSWER_MS);
  });
  const isWell = await Promise.race([engine.isWell(), isLate]);
  clearTimeout(timer);
  return isWell;
}
