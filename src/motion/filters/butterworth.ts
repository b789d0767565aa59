/** A filter of second order: y = (b0 x + b1 x₋₁ + b2 x₋₂ − a1 y₋₁ − a2 y₋₂). */
interface Section {
  readonly b: readonly [number, number, number];
  readonly a1: number;
  readonly a2: number;
}

/** Repeated at either end, mirrored in it, so that the filter has settled where the numbers begin. */
const PADDING_PER_COEFFICIENT = 3;

/**
 * A Butterworth low-pass, once forwards and once backwards: without delay. Both passes together have half the amplitude
 * at the cut-off (−6 dB).
 *
 * Design: bilinear transform with pre-warped cut-off (A. V. Oppenheim, R. W. Schafer, Discrete-Time Signal Processing,
 * 7.1.2). Ends: as SciPy's `filtfilt` does it by default, odd padding and the state of a constant that has gone on for
 * ever (scipy/signal/_signaltools.py).
 *
 * @param values without gaps, at equal distances in time
 * @param rate values a second
 * @param cutoff in Hz, below half the rate
 * @param order even, of one pass
 */
export function butterworth(values: Float64Array, rate: number, cutoff: number, order: number): Float64Array {
  if (values.length < 2) return values.slice();
  const sections = designButterworth(rate, cutoff, order);
  const padding = Math.min(PADDING_PER_COEFFICIENT * (order + 1), values.length - 1);
  const padded = pad(values, padding);
  for (let pass = 0; pass < 2; pass++) {
    for (const section of sections) run(section, padded);
    padded.reverse();
  }
  return padded.slice(padding, padding + values.length);
}

function designButterworth(rate: number, cutoff: number, order: number): Section[] {
  const warped = Math.tan((Math.PI * cutoff) / rate);
  return Array.from({ length: order / 2 }, (_, k) => {
    // Poles on a circle, in pairs: 1 / Q = 2 sin θ.
    const damping = 2 * Math.sin((Math.PI * (2 * k + 1)) / (2 * order));
    const scale = 1 / (1 + damping * warped + warped * warped);
    const b0 = warped * warped * scale;
    return {
      b: [b0, 2 * b0, b0],
      a1: 2 * (warped * warped - 1) * scale,
      a2: (1 - damping * warped + warped * warped) * scale,
    };
  });
}

/** Turned half about either end. */
function pad(values: Float64Array, padding: number): Float64Array {
  const { length } = values;
  const result = new Float64Array(length + 2 * padding);
  result.set(values, padding);
  const [first = 0, last = 0] = [values[0], values[length - 1]];
  for (let i = 1; i <= padding; i++) {
    result[padding - i] = 2 * first - (values[i] ?? 0);
    result[padding + length - 1 + i] = 2 * last - (values[length - 1 - i] ?? 0);
  }
  return result;
}

/** In place; transposed direct form II. It begins as if the first value had gone on for ever. */
function run({ b: [b0, b1, b2], a1, a2 }: Section, values: Float64Array): void {
  const first = values[0] ?? 0;
  const gain = (b0 + b1 + b2) / (1 + a1 + a2);
  let second = (b2 - a2 * gain) * first;
  let state = (b1 - a1 * gain) * first + second;
  for (let i = 0; i < values.length; i++) {
    const x = values[i] ?? 0;
    const y = b0 * x + state;
    state = b1 * x - a1 * y + second;
    second = b2 * x - a2 * y;
    values[i] = y;
  }
}
