import type { StoreReply, StoreRequest } from '../../src/session/store/protocol.ts';
import { Store } from '../../src/session/store/store.ts';
import { MemoryWorker } from './memory-worker.ts';

/** The storing worker, for tests under Node. @param isDead its page is: nothing is done any more */
export function memoryStoreWorker(isDead: () => boolean = () => false): Worker {
  return new MemoryWorker<StoreRequest, StoreReply>((answer) => {
    const store = new Store((spill) => answer({ type: 'spilled', spill }));
    let previous = Promise.resolve();
    return ({ call, name, parameters }) => {
      previous = previous.then(async () => {
        if (isDead()) return;
        try {
          const perform = store[name] as (...parameters: readonly unknown[]) => unknown;
          answer({ type: 'done', call, result: await perform.apply(store, [...parameters]) });
        } catch (error) {
          answer({ type: 'failed', call, message: String(error) });
        }
      });
    };
  }).asWorker();
}
