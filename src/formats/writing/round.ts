/** Values come from 32-bit floats: more digits would be noise, fewer would lose some. */
const DIGITS = 9;

/** A number with as many digits as it has meaning. */
export function round(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
