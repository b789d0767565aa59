import { toSentence } from '../core/errors.ts';
import type { StoreReply, StoreRequest } from '../session/store/protocol.ts';
import { Store } from '../session/store/store.ts';
import { workerScope } from './worker-scope.ts';

const scope = workerScope<StoreRequest, StoreReply>();
const store = new Store((spill) => scope.postMessage({ type: 'spilled', spill }));
/** What is asked for goes one after the other, for most of it changes files; only hashing may take its time. */
let previous: Promise<void> = Promise.resolve();

scope.onmessage = ({ data }) => {
  if (data.name === 'hash') void answer(data);
  else previous = previous.then(() => answer(data));
};

async function answer({ call, name, parameters }: StoreRequest): Promise<void> {
  try {
    // The client's types say that the parameters are those of the name.
    const perform = store[name] as (...parameters: readonly unknown[]) => unknown;
    const result = await perform.apply(store, [...parameters]);
    scope.postMessage({ type: 'done', call, result }, buffersOf(result));
  } catch (error) {
    scope.postMessage({ type: 'failed', call, message: toSentence(error) });
  }
}

/** Batches that are given back are handed over, not copied. */
function buffersOf(result: unknown): ArrayBuffer[] {
  if (!Array.isArray(result)) return [];
  const arrays = result.filter((item) => item instanceof Uint8Array);
  return [...new Set(arrays.map(({ buffer }) => buffer))].filter((buffer) => buffer instanceof ArrayBuffer);
}
