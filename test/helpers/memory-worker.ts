/** The other end of a worker that lives in the same thread: what it is sent, and how it answers. */
export type WorkerBody<Request, Reply> = (answer: (reply: Reply) => void) => (request: Request) => void;

/**
 * A worker without a thread, for tests under Node: messages are copied and come later, in their order, as a real one's
 * do. Terminated, it neither hears nor says anything more.
 */
export class MemoryWorker<Request, Reply> extends EventTarget {
  onmessage: ((event: MessageEvent<Reply>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  readonly #receive: (request: Request) => void;
  #isTerminated = false;

  constructor(body: WorkerBody<Request, Reply>) {
    super();
    this.#receive = body((reply) => {
      const data = structuredClone(reply);
      setImmediate(() => {
        if (!this.#isTerminated) this.onmessage?.(new MessageEvent('message', { data }));
      });
    });
  }

  postMessage(request: Request): void {
    const copy = structuredClone(request);
    setImmediate(() => {
      if (!this.#isTerminated) this.#receive(copy);
    });
  }

  terminate(): void {
    this.#isTerminated = true;
  }

  /** As what the page's code asks for: it uses no more of a worker than there is here. */
  asWorker(): Worker {
    return this as unknown as Worker;
  }
}
