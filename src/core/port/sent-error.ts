import { AbortError, LimnError } from '../errors.ts';
import type { SentError } from './messages.ts';

/** So many causes are told, and those behind them are not: a chain may lead back to itself. */
const MOST_CAUSES = 8;

/** Anything that was thrown, as plain data. */
export function packError(thrown: unknown, causes = MOST_CAUSES): SentError {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown), stack: null, cause: null };
  const { name, message, stack = null, cause } = thrown;
  const isTold = cause instanceof Error && causes > 0;
  return { name, message, stack, cause: isTold ? packError(cause, causes - 1) : null };
}

/** The error again: a `LimnError` or an `AbortError` where it was one, else an `Error` of its name; with its cause. */
export function unpackError({ name, message, stack, cause }: SentError): Error {
  const options = cause ? { cause: unpackError(cause) } : {};
  if (name === 'LimnError') return new LimnError(message, options);
  if (name === 'AbortError') return new AbortError(message, options);
  const error = new Error(message, options);
  error.name = name;
  if (stack !== null) error.stack = stack;
  return error;
}
