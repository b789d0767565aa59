import { serveStore } from '../../src/recording/serve-store.ts';
import { Store } from '../../src/recording/store.ts';
import { servedWorker } from './served-worker.ts';

/** The storing worker, for tests under Node. @param isDead its page is: nothing is done any more */
export function memoryStoreWorker(isDead: () => boolean = () => false): Worker {
  const createStore = (...given: ConstructorParameters<typeof Store>): Store =>
    new Proxy(new Store(...given), {
      get: (store, name) => {
        const perform = Reflect.get(store, name) as (...parameters: readonly unknown[]) => unknown;
        return (...parameters: readonly unknown[]) =>
          isDead() ? new Promise(() => undefined) : perform.apply(store, [...parameters]);
      },
    });
  return servedWorker((endpoint) => serveStore(endpoint, createStore));
}
