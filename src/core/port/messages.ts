/*
 * What goes to and fro between a `Port` and whoever serves it. Calls have numbers, so that answers may come in any order.
 */

/** Whatever messages go through: a worker, a worker's own scope, one end of a `MessageChannel`. */
export interface Endpoint {
  postMessage(message: unknown, transfer: readonly object[]): void;
  onmessage: ((event: never) => void) | null;
}

export type PortRequest =
  | {
      readonly kind: 'call';
      readonly call: number;
      readonly name: string;
      readonly parameters: readonly unknown[];
    }
  /** As a call that nobody waits for. */
  | { readonly kind: 'tell'; readonly name: string; readonly parameters: readonly unknown[] }
  /** Nobody waits for a call's answer any more. */
  | { readonly kind: 'abort'; readonly call: number };

export type PortReply =
  | { readonly kind: 'done'; readonly call: number; readonly result: unknown }
  | { readonly kind: 'failed'; readonly call: number; readonly error: SentError }
  | { readonly kind: 'progress'; readonly call: number; readonly progress: unknown }
  /** Something that nobody has asked for. */
  | { readonly kind: 'event'; readonly name: string; readonly detail: unknown };

/** An error as plain data, for classes don't cross threads. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | null;
  /** `null`: it has none that is an error. */
  readonly cause: SentError | null;
}

/** The names of what an interface of functions has. */
export type NamesOf<Functions> = keyof Functions & string;

export type ParametersOf<Function> = Function extends (...parameters: infer Parameters) => unknown
  ? Parameters
  : never;

export type ResultOf<Function> = Function extends (...parameters: never[]) => infer Result ? Result : never;
