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

/** A number as 16 bits, the nearest there is, of two that are equally near the even one; what is too large is infinite. */
export function toHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? SIGN_BIT : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return EXPONENT_BITS | FRACTION_BITS;
  if (size >= 65520) return sign | EXPONENT_BITS;
  // Below 2⁻¹⁴ steps are as wide as just above it.
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const steps = roundToEven(size / 2 ** (exponent - 10));
  // What is rounded up to the next power of two carries over into the exponent by itself.
  return sign | (((exponent + 14) << 10) + steps);
}

/** Exact: numbers with 11 bits and their halves are whole in double precision. */
function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
