import { describeFault, LimnError } from '../../core/errors.ts';
import type { Platform } from '../workers.ts';
import type { Spill, StoreCalls, StoreReply, StoreRequest } from './protocol.ts';

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The store, as the page sees it: every call goes to a worker, in order. */
export class StoreClient {
  /** A recording goes on in memory. */
  onSpilled: (spill: Spill) => void = () => undefined;
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #calls = 0;
  #isClosed = false;

  constructor({ workers }: Pick<Platform, 'workers'>) {
    this.#worker = workers.store();
    this.#worker.onmessage = ({ data }: MessageEvent<StoreReply>) => this.#receive(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.close(new LimnError(`The storing worker stopped (${describeFault(event)}).`));
    };
  }

  /** It takes no calls any more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** It has nothing to do. */
  get isIdle(): boolean {
    return this.#pending.size === 0;
  }

  /** @param transfer buffers among the parameters that are handed over  @throws {LimnError} as the store */
  call<Name extends keyof StoreCalls>(
    name: Name,
    parameters: Parameters<StoreCalls[Name]>,
    transfer: Transferable[] = [],
  ): Promise<ReturnType<StoreCalls[Name]>> {
    if (this.#isClosed) return Promise.reject(new LimnError('The storing worker has stopped.'));
    const call = this.#calls++;
    return new Promise((resolve, reject) => {
      this.#pending.set(call, {
        resolve: (result) => resolve(result as ReturnType<StoreCalls[Name]>),
        reject,
      });
      this.#worker.postMessage({ call, name, parameters } satisfies StoreRequest, transfer);
    });
  }

  /** All batches of an open recording, a few at a time. */
  async *batches(id: string, count: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    for (let first = 0; first < count; first += BATCHES_AT_ONCE) {
      yield* await this.call('read', [id, first, BATCHES_AT_ONCE]);
    }
  }

  /** @param reason what calls under way are told */
  close(reason: Error = new DOMException('The store was closed.', 'AbortError')): void {
    this.#isClosed = true;
    this.#worker.terminate();
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }

  #receive(reply: StoreReply): void {
    if (reply.type === 'spilled') {
      this.onSpilled(reply.spill);
      return;
    }
    const pending = this.#pending.get(reply.call);
    this.#pending.delete(reply.call);
    if (reply.type === 'done') pending?.resolve(reply.result);
    else pending?.reject(new LimnError(reply.message));
  }
}

/** What lies in memory while a recording is read through. */
const BATCHES_AT_ONCE = 64;
