import type { Cancellation } from '../async/async.ts';
import { AbortError } from '../errors.ts';
import type { Endpoint, NamesOf, ParametersOf, PortReply, PortRequest, ResultOf } from './messages.ts';
import { packError } from './sent-error.ts';

/** A call that is being answered. It is aborted when nobody waits for the answer any more. */
export interface Call extends Cancellation {
  /** Tells whoever called how it goes. */
  report(progress: unknown): void;
}

/** A result with the objects in it that are handed over, not copied. */
export class HandedOver<Result> {
  readonly result: Result;
  readonly transfer: readonly object[];

  constructor(result: Result, transfer: readonly object[]) {
    this.result = result;
    this.transfer = transfer;
  }
}

type Answer<Result> = Result | HandedOver<Result>;

/** What is done for whoever calls, by name: each is given the call, and then what it was called with. */
export type Services<Calls> = {
  readonly [Name in NamesOf<Calls>]: (
    call: Call,
    ...parameters: ParametersOf<Calls[Name]>
  ) => Answer<ResultOf<Calls[Name]>> | Promise<Answer<ResultOf<Calls[Name]>>>;
};

/** Tells the other side something by itself. */
export type Emit<Events> = <Name extends NamesOf<Events>>(
  name: Name,
  detail: Events[Name],
  transfer?: readonly object[],
) => void;

export interface ServeOptions<Calls> {
  /**
   * Is a call begun only when those before it are answered? The default is that none waits. One that is given up while it waits is
   * not begun.
   */
  readonly isInTurn?: (name: NamesOf<Calls>) => boolean;
}

/** The other end of a `Port`: does what is called for. @returns tells the port's owner something by itself */
export function serve<Calls, Events = object>(
  endpoint: Endpoint,
  services: Services<Calls>,
  { isInTurn = () => false }: ServeOptions<Calls> = {},
): Emit<Events> {
  const calls = new Map<number, ServedCall>();
  let previous: Promise<void> = Promise.resolve();
  const send = (reply: PortReply, transfer: readonly object[] = []): void =>
    endpoint.postMessage(reply, transfer);

  const perform = (
    call: ServedCall,
    { name, parameters }: Exclude<PortRequest, { kind: 'abort' }>,
  ): unknown => {
    // The types of both ends say that there is such a service, and that it takes these.
    const service = services[name as NamesOf<Calls>] as (...all: readonly unknown[]) => unknown;
    return service(call, ...parameters);
  };
  const answer = async (request: Extract<PortRequest, { kind: 'call' }>, own: ServedCall): Promise<void> => {
    const { call } = request;
    try {
      own.throwIfAborted();
      const given = await perform(own, request);
      if (given instanceof HandedOver)
        send({ kind: 'done', call, result: given.result }, distinct(given.transfer));
      else send({ kind: 'done', call, result: given });
    } catch (error) {
      send({ kind: 'failed', call, error: packError(error) });
    } finally {
      calls.delete(call);
    }
  };
  /** As an error that nobody has caught, which stops a worker: it is a fault of the program. */
  const hear = async (request: Extract<PortRequest, { kind: 'tell' }>): Promise<void> => {
    try {
      await perform(new ServedCall(() => undefined), request);
    } catch (error) {
      setTimeout(() => {
        throw error;
      });
    }
  };

  endpoint.onmessage = ({ data }: { readonly data: PortRequest }) => {
    if (data.kind === 'abort') {
      calls.get(data.call)?.abort();
      return;
    }
    let begin: () => Promise<void>;
    if (data.kind === 'call') {
      const { call } = data;
      const own = new ServedCall((progress) => send({ kind: 'progress', call, progress }));
      calls.set(call, own);
      begin = () => answer(data, own);
    } else {
      begin = () => hear(data);
    }
    if (isInTurn(data.name as NamesOf<Calls>)) previous = previous.then(begin);
    else void begin();
  };
  return (name, detail, transfer) => send({ kind: 'event', name, detail }, transfer);
}

class ServedCall implements Call {
  readonly report: (progress: unknown) => void;
  #aborted = false;

  constructor(report: (progress: unknown) => void) {
    this.report = report;
  }

  get aborted(): boolean {
    return this.#aborted;
  }

  throwIfAborted(): void {
    if (this.#aborted) throw new AbortError('It is no longer needed.');
  }

  abort(): void {
    this.#aborted = true;
  }
}

/** The same buffer may be under several views, and is handed over once. */
function distinct(objects: readonly object[]): object[] {
  return [...new Set(objects)];
}
