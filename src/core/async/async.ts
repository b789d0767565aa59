import { append } from '../lists.ts';
import type { CallSignal } from '../port/port.ts';

/** The part of `AbortSignal` that code without a DOM needs. */
export interface Cancellation {
  readonly aborted: boolean;
  throwIfAborted(): void;
}

export interface Closable {
  close(): void;
}

/**
 * A place for one value: putting a newer one closes the one still waiting (convention P1, the newest wins).
 *
 * The slot owns what lies in it; `take` hands ownership to the taker.
 */
export class NewestSlot<T extends Closable> {
  #waiting: T | null = null;
  #taker: ((value: T | null) => void) | null = null;
  #closed = false;
  #replaced = 0;

  /** How many values were closed unread because a newer one came. */
  get replaced(): number {
    return this.#replaced;
  }

  put(value: T): void {
    if (this.#closed) {
      value.close();
    } else if (this.#taker) {
      const taker = this.#taker;
      this.#taker = null;
      taker(value);
    } else {
      if (this.#waiting) {
        this.#waiting.close();
        this.#replaced++;
      }
      this.#waiting = value;
    }
  }

  /** The waiting value or the next to come; `null` once the slot is closed. One taker at a time. */
  take(): Promise<T | null> {
    if (this.#waiting) {
      const value = this.#waiting;
      this.#waiting = null;
      return Promise.resolve(value);
    }
    if (this.#closed) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#taker = resolve;
    });
  }

  close(): void {
    this.#closed = true;
    this.#waiting?.close();
    this.#waiting = null;
    this.#taker?.(null);
    this.#taker = null;
  }
}

/** A promise and what settles it. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

/** As `Promise.withResolvers`, which Node 20 and browsers of 2023 lack. */
export function createDeferred<T>(): Deferred<T> {
  let resolve: Deferred<T>['resolve'] = () => undefined;
  let reject: Deferred<T>['reject'] = () => undefined;
  const promise = new Promise<T>((settle, refuse) => {
    resolve = settle;
    reject = refuse;
  });
  return { promise, resolve, reject };
}

/** `change` of every item, in their order; only so many are under way at a time. */
export async function mapAtMost<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  change: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let first = 0; first < items.length; first += atOnce) {
    append(results, await Promise.all(items.slice(first, first + atOnce).map(change)));
  }
  return results;
}

/** What comes, unless a signal is given before: it comes for somebody else, then. @throws the signal's reason */
export async function orAborted<Value>(
  coming: Promise<Value>,
  signal: CallSignal | undefined,
): Promise<Value> {
  if (!signal) return coming;
  if (signal.aborted) throw signal.reason;
  const aborted = createDeferred<never>();
  const onAbort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([coming, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
