/**
 * Savitzky–Golay: a polynomial is laid through the window around every value by least squares, and read, or its
 * derivative, at the value's place. At the ends the window stays within the values.
 *
 * A. Savitzky, M. J. E. Golay, "Smoothing and Differentiation of Data by Simplified Least Squares Procedures", Anal. Chem.
 * 36 (1964). Ends as SciPy's `savgol_filter` with `mode='interp'`.
 *
 * @param values without gaps, at equal distances in time
 * @param window how many values, odd; shorter stretches have as many as they hold
 * @param degree of the polynomial, below the window
 * @param derivative 0: the value, 1: its derivative by time, …
 * @param spacing seconds between values
 */
export function savitzkyGolay(
  values: Float64Array,
  window: number,
  degree: number,
  derivative = 0,
  spacing = 1,
): Float64Array {
  const { length } = values;
  const size = Math.min(window, length % 2 === 1 ? length : length - 1);
  const order = Math.min(degree, size - 1);
  if (size < 1 || derivative > order) return derivative === 0 ? values.slice() : new Float64Array(length);
  const half = (size - 1) / 2;
  const cached = new Map<number, Float64Array>();
  return Float64Array.from(values, (_, i) => {
    const start = Math.min(Math.max(0, i - half), length - size);
    const offset = i - start - half;
    const weights = cached.get(offset) ?? weightsAt(offset, half, order, derivative);
    cached.set(offset, weights);
    let sum = 0;
    for (let k = 0; k < size; k++) sum += (weights[k] ?? 0) * (values[start + k] ?? 0);
    return sum / spacing ** derivative;
  });
}

/**
 * What each value of a window counts, read at a place of it: by polynomials that are orthogonal over the window (the
 * recurrence of Gram's), whose derivatives follow from the same recurrence.
 */
function weightsAt(at: number, half: number, degree: number, derivative: number): Float64Array {
  const size = 2 * half + 1;
  const weights = new Float64Array(size);
  for (let k = 0; k <= degree; k++) {
    let norm = 0;
    const here = Array.from({ length: size }, (_, i) => {
      const value = gram(k, i - half, half, 0);
      norm += value * value;
      return value;
    });
    const there = gram(k, at, half, derivative);
    for (const [i, value] of here.entries()) weights[i] = (weights[i] ?? 0) + (there * value) / norm;
  }
  return weights;
}

/** Monic polynomials, orthogonal on −half … half: p₍ₖ₊₁₎ = x pₖ − cₖ p₍ₖ₋₁₎, cₖ = k² ((2 half + 1)² − k²) / (4 (4k² − 1)). */
function gram(degree: number, x: number, half: number, derivative: number): number {
  if (degree < 0 || derivative > degree) return 0;
  if (degree === 0) return 1;
  const k = degree - 1;
  const c = k === 0 ? 0 : (k * k * ((2 * half + 1) ** 2 - k * k)) / (4 * (4 * k * k - 1));
  // Leibniz: the derivative of x p is x p′ + p, and so on.
  const lower = derivative === 0 ? 0 : derivative * gram(k, x, half, derivative - 1);
  return x * gram(k, x, half, derivative) + lower - c * gram(k - 1, x, half, derivative);
}
