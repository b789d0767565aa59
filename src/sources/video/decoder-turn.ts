import { createDeferred } from '../../core/async/async.ts';

/**
 * Do decoders that work at once mix up their frames? WebKitGTK 2.50's do: about one frame of a hundred has the picture of
 * another decoder, or none, under its own time, whether both are in workers or one is the page's (`test/browsers` compares).
 * Safari has the same code above its decoders, and nobody can tell from within.
 */
export function mixesFrames(userAgent = globalThis.navigator?.userAgent ?? ''): boolean {
  // Chromium has AppleWebKit in its name, too.
  return /AppleWebKit\//.test(userAgent) && !/(Chrome|Chromium)\//.test(userAgent);
}

/** The right to decode a video, for whoever needs every frame of it. */
export interface Turn {
  /** Nobody else decodes any more. */
  readonly hasCome: Promise<unknown>;
  /** To be called once, whether the turn has come or not. */
  end(): void;
}

/**
 * Who may decode, where only one may at a time: analyses and films one after the other, and the stage, which can do without,
 * while there are none.
 */
export class DecoderTurns {
  /** Only one decoder may work at a time. */
  readonly areNeeded: boolean;
  /** Turns that were taken and are not over. */
  #taken = 0;
  #last: Promise<unknown> = Promise.resolve();
  readonly #onStage = new Set<Promise<unknown>>();

  constructor(areNeeded: boolean) {
    this.areNeeded = areNeeded;
  }

  /** Somebody has the turn, or waits for it: the stage mustn't decode. */
  get isTaken(): boolean {
    return this.#taken > 0;
  }

  /** @returns `null` where nobody has to wait for anybody */
  take(): Turn | null {
    if (!this.areNeeded) return null;
    const { promise, resolve } = createDeferred<void>();
    const hasCome = Promise.allSettled([this.#last, ...this.#onStage]);
    this.#taken++;
    this.#last = hasCome.then(() => promise);
    return {
      hasCome,
      end: () => {
        this.#taken--;
        resolve();
      },
    };
  }

  /** Decodes for the stage as soon as it may; whoever takes a turn meanwhile waits until it is done. */
  async onStage<T>(decode: () => Promise<T>): Promise<T> {
    while (this.isTaken) await this.#last;
    const decoding = decode();
    if (!this.areNeeded) return decoding;
    this.#onStage.add(decoding);
    try {
      return await decoding;
    } finally {
      this.#onStage.delete(decoding);
    }
  }
}

/** Of this page: its decoders are in one process, whoever has made them. */
export const decoderTurns = new DecoderTurns(mixesFrames());
