import { LimnError, toReason } from '../../core/errors.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import { parseExactJson } from '../../core/texts/exact-json.ts';

/** Texts in quotes, and what stands for a number that is none: Python's and C++'s NaN and infinities. */
const TEXT_OR_NO_NUMBER = /"(?:[^"\\]|\\.)*"|[-+]?\b(?:nan(?:\(\w*\))?|inf(?:inity)?)\b/gi;

/**
 * The value of a JSON file. NaN and infinities, which programs write in spite of the standard, are `null`; whole numbers
 * beyond 2^53 are texts, `90071992547409930n`.
 *
 * @throws {LimnError} naming the file, if its text is no JSON
 */
export function parseJson({ name, bytes }: NamedBytes): unknown {
  return parseJsonText(new TextDecoder().decode(bytes), name);
}

/** @param name of the file, or of the place in it, for the sentence  @throws {LimnError} as `parseJson` */
export function parseJsonText(text: string, name: string): unknown {
  try {
    return parseExactJson(text);
  } catch (error) {
    const plain = text.replace(TEXT_OR_NO_NUMBER, (found) => (found.startsWith('"') ? found : 'null'));
    try {
      if (plain !== text) return parseExactJson(plain);
    } catch {
      // The first reason is that of the file as it is.
    }
    const reason = toReason(error);
    throw new LimnError(`${name} is not valid JSON (${reason}). It may be cut off: copy it again.`, {
      cause: error,
    });
  }
}
