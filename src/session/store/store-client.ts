import type { NamesOf, ParametersOf, ResultOf } from '../../core/port/messages.ts';
import { Port } from '../../core/port/port.ts';
import type { Platform } from '../workers.ts';
import type { Spill, StoreCalls, StoreEvents } from './protocol.ts';

/** The store, as the page sees it: every call goes to a worker, in order. */
export class StoreClient {
  /** A recording goes on in memory. */
  onSpilled: (spill: Spill) => void = () => undefined;
  readonly #port: Port<StoreCalls, StoreEvents>;

  constructor({ workers }: Pick<Platform, 'workers'>) {
    this.#port = new Port(workers.store(), {
      name: 'The storing worker',
      on: { spilled: (spill) => this.onSpilled(spill) },
    });
  }

  /** It takes no calls any more. */
  get isClosed(): boolean {
    return this.#port.isClosed;
  }

  /** It has nothing to do. */
  get isIdle(): boolean {
    return this.#port.pending === 0;
  }

  /** @param transfer buffers among the parameters that are handed over  @throws {LimnError} as the store */
  call<Name extends NamesOf<StoreCalls>>(
    name: Name,
    parameters: ParametersOf<StoreCalls[Name]>,
    transfer: readonly Transferable[] = [],
  ): Promise<ResultOf<StoreCalls[Name]>> {
    return this.#port.call(name, parameters, { transfer });
  }

  /** All batches of an open recording, a few at a time. */
  async *batches(id: string, count: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    for (let first = 0; first < count; first += BATCHES_AT_ONCE) {
      yield* await this.call('read', [id, first, BATCHES_AT_ONCE]);
    }
  }

  /** What calls under way are told is an `AbortError`. */
  close(): void {
    this.#port.close();
  }
}

/** What lies in memory while a recording is read through. */
const BATCHES_AT_ONCE = 64;
