import type { Endpoint } from '../../src/core/port/messages.ts';

/**
 * A worker without a thread, for tests under Node: messages are copied, and come later, in their order, as a real one's do.
 * Terminated, it neither hears nor says anything more.
 *
 * @param begin what the worker's script does with its own end
 */
export function servedWorker(begin: (endpoint: Endpoint) => void): Worker {
  const { port1, port2 } = new MessageChannel();
  begin(port2);
  const terminate = (): void => {
    port2.onmessage = null;
    port1.onmessage = null;
    port1.close();
  };
  // As what the page's code asks for: it uses no more of a worker than there is here.
  return Object.assign(port1, { terminate, onerror: null }) as unknown as Worker;
}

/** The same without copies, for what can't be copied under Node. */
export function uncopiedWorker(begin: (endpoint: Endpoint) => void): Worker {
  const [ours, theirs] = [createEnd(), createEnd()];
  ours.post = (data) => theirs.onmessage?.({ data } as never);
  theirs.post = (data) => ours.onmessage?.({ data } as never);
  begin(theirs);
  const terminate = (): void => {
    ours.onmessage = null;
    theirs.onmessage = null;
  };
  return Object.assign(ours, { terminate }) as unknown as Worker;
}

interface End extends Endpoint {
  post: (message: unknown) => void;
}

function createEnd(): End {
  return {
    onmessage: null,
    post: () => undefined,
    postMessage(message) {
      setImmediate(() => this.post(message));
    },
  };
}
