import { AbortError, describeFault, LimnError } from '../errors.ts';
import type { Endpoint, NamesOf, ParametersOf, PortReply, PortRequest, ResultOf } from './messages.ts';
import { unpackError } from './sent-error.ts';

/** What a port is made of: a worker, or one end of a `MessageChannel`. */
export interface PortEndpoint extends Endpoint {
  onerror?: ((event: never) => void) | null;
  /** Of a worker: ends it, which frees all that it held. */
  terminate?(): void;
  /** Of a channel. */
  close?(): void;
}

/** The part of `AbortSignal` that is used. */
export interface CallSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface CallOptions {
  /** Objects among the parameters that are handed over. */
  readonly transfer?: readonly object[];
  /** Ends the call with the signal's reason; whoever does it is told. */
  readonly signal?: CallSignal | undefined;
  /** Told whatever the other side reports on its way. */
  readonly onProgress?: ((progress: never) => void) | undefined;
}

export interface PortOptions<Events> {
  /** What is at the other end, for the sentence that says that it has stopped: "The storing worker". */
  readonly name: string;
  /** Told what the other side says without being asked. */
  readonly on?: { readonly [Name in NamesOf<Events>]?: (detail: Events[Name]) => void };
  /** The other side has stopped by itself: no call is answered any more. */
  readonly onStopped?: (error: LimnError) => void;
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: ((progress: never) => void) | undefined;
}

/**
 * One end of a conversation: calls functions that lie beyond a worker or a channel, and hears what happens there. The other
 * end is `serve`.
 *
 * @typeParam Calls an interface of functions by name. What they take and give is copied, or handed over
 * @typeParam Events what the other side tells by itself: details by name
 */
export class Port<Calls, Events = object> {
  readonly #endpoint: PortEndpoint;
  readonly #options: PortOptions<Events>;
  readonly #pending = new Map<number, Pending>();
  #calls = 0;
  #closedBy: unknown = null;

  constructor(endpoint: PortEndpoint, options: PortOptions<Events>) {
    this.#endpoint = endpoint;
    this.#options = options;
    endpoint.onmessage = ({ data }: { readonly data: PortReply }) => this.#receive(data);
    endpoint.onerror = (event: { readonly message?: string; preventDefault?(): void }) => {
      event.preventDefault?.();
      const error = new LimnError(`${options.name} stopped (${describeFault(event)}).`);
      if (this.#end(error)) options.onStopped?.(error);
    };
  }

  /** It takes no calls any more. */
  get isClosed(): boolean {
    return this.#closedBy !== null;
  }

  /** How many calls wait for their answers. */
  get pending(): number {
    return this.#pending.size;
  }

  /**
   * Has something done on the other side.
   *
   * @throws what the function there throws, with its class and cause; the reason of `signal`; a LimnError if the other side has
   *   stopped; what the port was closed with
   */
  call<Name extends NamesOf<Calls>>(
    name: Name,
    parameters: ParametersOf<Calls[Name]>,
    { transfer = [], signal, onProgress }: CallOptions = {},
  ): Promise<ResultOf<Calls[Name]>> {
    if (this.#closedBy !== null) return Promise.reject(this.#closedBy);
    if (signal?.aborted) return Promise.reject(signal.reason);
    const call = this.#calls++;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#pending.delete(call);
        this.#send({ kind: 'abort', call });
        reject(signal?.reason);
      };
      const settle =
        <Value>(done: (value: Value) => void) =>
        (value: Value): void => {
          signal?.removeEventListener('abort', onAbort);
          done(value);
        };
      this.#pending.set(call, {
        // The types of both ends say that this is the function's result.
        resolve: settle((result) => resolve(result as ResultOf<Calls[Name]>)),
        reject: settle(reject),
        onProgress,
      });
      signal?.addEventListener('abort', onAbort);
      this.#send({ kind: 'call', call, name, parameters }, transfer);
    });
  }

  /** Has something done of which nobody waits to hear. What goes wrong there stops the other side. */
  tell<Name extends NamesOf<Calls>>(
    name: Name,
    parameters: ParametersOf<Calls[Name]>,
    transfer: readonly object[] = [],
  ): void {
    if (this.#closedBy === null) this.#send({ kind: 'tell', name, parameters }, transfer);
  }

  /** Ends the other side, or the channel to it. @param reason what calls are told that still wait, and later ones */
  close(reason: unknown = new AbortError(`${this.#options.name} was closed.`)): void {
    this.#end(reason);
  }

  /** @returns whether it was open */
  #end(reason: unknown): boolean {
    if (this.#closedBy !== null) return false;
    this.#closedBy = reason;
    if (this.#endpoint.terminate) this.#endpoint.terminate();
    else this.#endpoint.close?.();
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
    return true;
  }

  #send(request: PortRequest, transfer: readonly object[] = []): void {
    this.#endpoint.postMessage(request, transfer);
  }

  #receive(reply: PortReply): void {
    if (reply.kind === 'event') {
      const hear = this.#options.on?.[reply.name as NamesOf<Events>];
      hear?.(reply.detail as Events[NamesOf<Events>]);
      return;
    }
    const pending = this.#pending.get(reply.call);
    if (reply.kind === 'progress') {
      pending?.onProgress?.(reply.progress as never);
      return;
    }
    this.#pending.delete(reply.call);
    if (reply.kind === 'failed') pending?.reject(unpackError(reply.error));
    else pending?.resolve(reply.result);
  }
}
