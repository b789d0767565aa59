import { strFromU8 } from 'fflate';
import { LimnError } from '../core/errors.ts';
import type { NamedBytes } from './reader.ts';

/** @throws {LimnError} naming the file, if its text is no JSON. */
export function parseJson({ name, bytes }: NamedBytes): unknown {
  try {
    return JSON.parse(strFromU8(bytes));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LimnError(`${name} is not valid JSON (${reason}). It may be cut off: copy it again.`, {
      cause: error,
    });
  }
}
