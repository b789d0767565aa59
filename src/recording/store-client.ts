import type { NamesOf, ParametersOf, ResultOf } from '../core/port/messages.ts';
import { Port } from '../core/port/port.ts';
import type { JoinPlan, JoinStep } from './joining/protocol.ts';
import { OpenRecordings } from './open-recordings.ts';
import type { ServedCalls, Spill, StoreCaller, StoreEvents } from './protocol.ts';

/** The store, as the page sees it: every call goes to a worker, in order. */
export class StoreClient implements StoreCaller {
  /** A recording goes on in memory. */
  onSpilled: (spill: Spill) => void = () => undefined;
  /** Those that are open on this page. */
  readonly recordings = new OpenRecordings(this);
  readonly #port: Port<ServedCalls, StoreEvents>;

  constructor({ workers }: { readonly workers: { readonly store: () => Worker } }) {
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

  call<Name extends NamesOf<ServedCalls>>(
    name: Name,
    parameters: ParametersOf<ServedCalls[Name]>,
    transfer: readonly Transferable[] = [],
  ): Promise<ResultOf<ServedCalls[Name]>> {
    return this.#port.call(name, parameters, { transfer });
  }

  join(id: string, plan: JoinPlan, onStep: (step: JoinStep) => void): Promise<void> {
    return this.#port.call('join', [id, plan], { onProgress: onStep });
  }

  /** SHA-256 of a file as hexadecimal digits. @param signal ends it, also where it is read */
  hash(blob: Blob, signal?: AbortSignal): Promise<string> {
    return this.#port.call('hash', [blob], { signal });
  }

  /** What calls under way are told is an `AbortError`. */
  close(): void {
    this.#port.close();
  }
}
