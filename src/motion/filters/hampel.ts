/** The median deviation of normal noise times this is its standard deviation. */
const NORMAL_SCALE = 1.4826;

/**
 * Which values lie further from where their neighbours put them than so many standard deviations, the deviation being
 * the neighbours' own: Hampel's identifier, about a line in place of a level, for what moves has neighbours that rise or
 * fall. The line has the median of all slopes between two values of the window (Theil and Sen).
 *
 * F. R. Hampel, "The Influence Curve and Its Role in Robust Estimation", J. Am. Stat. Assoc. 69 (1974); P. K. Sen,
 * "Estimates of the Regression Coefficient Based on Kendall's Tau", J. Am. Stat. Assoc. 63 (1968).
 *
 * @param values NaN: missing
 * @param half how many neighbours on either side
 * @param deviations how far is too far
 * @param least a deviation that noise has at any rate, in the values' unit: what rests has none
 * @returns 1 where a value is an outlier
 */
export function hampelOutliers(
  values: ArrayLike<number>,
  half: number,
  deviations: number,
  least: number,
): Uint8Array {
  const result = new Uint8Array(values.length);
  const size = 2 * half + 1;
  const places = new Float64Array(size);
  const window = new Float64Array(size);
  const slopes = new Float64Array((size * (size - 1)) / 2);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    let count = 0;
    for (let k = Math.max(0, i - half); k <= Math.min(values.length - 1, i + half); k++) {
      const each = values[k] ?? Number.NaN;
      if (Number.isNaN(each)) continue;
      places[count] = k - i;
      window[count++] = each;
    }
    let pairs = 0;
    for (let a = 0; a < count; a++) {
      for (let b = a + 1; b < count; b++) {
        slopes[pairs++] = ((window[b] ?? 0) - (window[a] ?? 0)) / ((places[b] ?? 0) - (places[a] ?? 0));
      }
    }
    const slope = pairs > 0 ? medianOfFirst(slopes, pairs) : 0;
    for (let k = 0; k < count; k++) window[k] = (window[k] ?? 0) - slope * (places[k] ?? 0);
    const middle = medianOfFirst(window, count);
    for (let k = 0; k < count; k++) window[k] = Math.abs((window[k] ?? 0) - middle);
    const sigma = Math.max(least, NORMAL_SCALE * medianOfFirst(window, count));
    if (Math.abs(value - middle) > deviations * sigma) result[i] = 1;
  }
  return result;
}

/** Sorts the first so many in place. */
function medianOfFirst(values: Float64Array, count: number): number {
  const sorted = values.subarray(0, count).sort();
  const middle = count >> 1;
  return count % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
