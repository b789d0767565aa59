/** RFC 4180. */
export const LINE_END = '\r\n';

/** Values come from 32-bit floats: more digits would be noise. */
const DIGITS = 9;

/** A number in a table; what is missing is an empty cell. */
export function cell(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(Number(value.toPrecision(DIGITS)));
}
