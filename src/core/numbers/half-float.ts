const EXPONENT_BITS = 0x7c00;
const FRACTION_BITS = 0x03ff;
const SIGN_BIT = 0x8000;

/** A number of 16 bits (IEEE 754-2019, binary16). */
export function fromHalf(bits: number): number {
  const sign = bits & SIGN_BIT ? -1 : 1;
  const exponent = (bits & EXPONENT_BITS) >> 10;
  const fraction = bits & FRACTION_BITS;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
