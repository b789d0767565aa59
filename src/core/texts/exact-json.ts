/*
 * JSON whose whole numbers may have any number of digits, as Python writes ids. A double holds them up to 2^53: two beyond
 * would become one. They are read as texts of their digits with an `n` behind, as JavaScript writes them, and written as
 * numbers again.
 */

/** Texts in quotes, and whole numbers that may be beyond 2^53, which has 16 digits. */
const TEXT_OR_LONG = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;
const MAY_HOLD_LONG = /(?<![\d.])\d{16}/;
const WRITTEN_LONG = /"(-?\d{16,})n"/g;
const LONG = /^(-?\d{16,})n$/;

/** @throws {SyntaxError} if it is no JSON */
export function parseExactJson(text: string): unknown {
  return JSON.parse(MAY_HOLD_LONG.test(text) ? text.replace(TEXT_OR_LONG, keepDigits) : text);
}

/** JSON text of what `parseExactJson` gave. */
export function toExactJson(value: unknown): string {
  return JSON.stringify(value).replace(WRITTEN_LONG, '$1');
}

/** What is shown of an id: 90071992547409930 for `90071992547409930n`. */
export function labelOfId(id: number | string): string {
  return String(id).replace(LONG, '$1');
}

/** A whole number beyond 2^53? */
export function isLongInteger(value: unknown): boolean {
  return typeof value === 'string' && LONG.test(value);
}

function keepDigits(found: string): string {
  return found.startsWith('"') || Number.isSafeInteger(Number(found)) ? found : `"${found}n"`;
}
