import { round } from './round.ts';

/** RFC 4180. */
export const LINE_END = '\r\n';

/** A number in a table; what is missing is an empty cell. */
export function cell(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(round(value));
}
