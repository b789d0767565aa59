import { createDeferred } from '../../core/async/async.ts';
import type { StoreCaller } from '../protocol.ts';
import type { RecordingHandle } from '../recording-handle.ts';
import type { JoinPlan, JoinStep, PieceAttempt } from './protocol.ts';

/** The joiner of a run, which lies in the storing worker, as the page sees it. */
export class JoinerClient {
  /** Settles when nothing is joined any more. @throws what the store throws, or why it has stopped */
  readonly ended: Promise<void>;
  readonly #id: string;
  readonly #store: StoreCaller;
  #channels = 0;

  private constructor(recording: RecordingHandle, store: StoreCaller, ended: Promise<void>) {
    this.#id = recording.id;
    this.#store = store;
    this.ended = ended;
  }

  /**
   * @param onStep told of every step; before this resolves, of what is there already
   * @throws what the store throws
   */
  static async begin(
    recording: RecordingHandle,
    store: StoreCaller,
    plan: JoinPlan,
    onStep: (step: JoinStep) => void,
  ): Promise<JoinerClient> {
    const begun = createDeferred<void>();
    const ended = recording.join(plan, (step) => {
      onStep(step);
      begun.resolve();
    });
    ended.then(begun.resolve, begun.reject);
    await begun.promise;
    return new JoinerClient(recording, store, ended);
  }

  /** A channel for one worker's batches. @returns its number, and the worker's end */
  open(): { readonly channel: number; readonly port: MessagePort } {
    const { port1, port2 } = new MessageChannel();
    const channel = this.#channels++;
    // Whatever goes wrong, `ended` tells.
    this.#store.call('listen', [this.#id, channel, port2], [port2]).catch(() => undefined);
    return { channel, port: port1 };
  }

  /** A worker has died. @returns is what it was at to be tracked again? */
  leave(channel: number, at: PieceAttempt): Promise<boolean> {
    return this.#store.call('leave', [this.#id, channel, at]).catch(() => false);
  }

  /** Nothing is taken any more. Resolves when all that was stored is known. */
  async end(): Promise<void> {
    await this.#store.call('endJoin', [this.#id]).catch(() => undefined);
    await this.ended.catch(() => undefined);
  }
}
