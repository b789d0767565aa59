/** A curve through points. */
export type Curve = (at: number) => number;

/** How a curve goes from point to point. */
export type CurveKind = 'linear' | 'cubic' | 'pchip';

/**
 * A curve through points in the order of their places.
 *
 * - `linear`: straight from point to point.
 * - `cubic`: pieces of third degree with continuous curvature, the first two and the last two pieces being one each (the
 *   "not-a-knot" spline; C. de Boor, A Practical Guide to Splines, IV). May swing beyond its points.
 * - `pchip`: pieces of third degree that rise and fall only where the points do (F. N. Fritsch, J. Butland, "A method for
 *   constructing local monotone piecewise cubic interpolants", SIAM J. Sci. Stat. Comput. 5, 1984).
 *
 * Beyond its ends it goes on as its outer pieces do.
 *
 * @param places growing, at least one
 */
export function createCurve(kind: CurveKind, places: ArrayLike<number>, values: ArrayLike<number>): Curve {
  const { length } = places;
  if (length === 1) return () => values[0] ?? Number.NaN;
  const widths = Float64Array.from({ length: length - 1 }, (_, i) => (places[i + 1] ?? 0) - (places[i] ?? 0));
  const rises = widths.map((width, i) => ((values[i + 1] ?? 0) - (values[i] ?? 0)) / width);
  const slopes = slopesOf(kind, widths, rises);
  return (at) => {
    const i = pieceAt(places, at);
    const [width = 1, rise = 0] = [widths[i], rises[i]];
    const [from = 0, to = 0] = [slopes?.[i] ?? rise, slopes?.[i + 1] ?? rise];
    const t = at - (places[i] ?? 0);
    const square = (3 * rise - 2 * from - to) / width;
    const cube = (from + to - 2 * rise) / (width * width);
    return (values[i] ?? 0) + t * (from + t * (square + t * cube));
  };
}

function pieceAt(places: ArrayLike<number>, at: number): number {
  let [low, high] = [0, places.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((places[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** At every point; `null`: those of the straight lines. */
function slopesOf(kind: CurveKind, widths: Float64Array, rises: Float64Array): Float64Array | null {
  if (kind === 'linear' || rises.length === 1) return null;
  return kind === 'cubic' ? splineSlopes(widths, rises) : monotoneSlopes(widths, rises);
}

/** Continuous curvature at every point between the ends is a tridiagonal system for the slopes. */
function splineSlopes(widths: Float64Array, rises: Float64Array): Float64Array {
  const last = rises.length;
  const w = (i: number): number => widths[i] ?? 0;
  const d = (i: number): number => rises[i] ?? 0;
  if (last === 2) {
    // Three points: a parabola.
    const bend = (d(1) - d(0)) / (w(0) + w(1));
    return Float64Array.of(d(0) - bend * w(0), d(0) + bend * w(0), d(1) + bend * w(1));
  }
  const [lower, middle, upper, right] = Array.from({ length: 4 }, () => new Float64Array(last + 1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  middle[0] = w(1);
  upper[0] = w(0) + w(1);
  right[0] = ((w(0) + 2 * (w(0) + w(1))) * w(1) * d(0) + w(0) ** 2 * d(1)) / (w(0) + w(1));
  for (let i = 1; i < last; i++) {
    lower[i] = w(i);
    middle[i] = 2 * (w(i - 1) + w(i));
    upper[i] = w(i - 1);
    right[i] = 3 * (w(i) * d(i - 1) + w(i - 1) * d(i));
  }
  const [a, b] = [w(last - 2), w(last - 1)];
  lower[last] = a + b;
  middle[last] = a;
  right[last] = (b ** 2 * d(last - 2) + (2 * (a + b) + b) * a * d(last - 1)) / (a + b);
  return solveTridiagonal(lower, middle, upper, right);
}

/** Thomas' algorithm. */
function solveTridiagonal(
  lower: Float64Array,
  middle: Float64Array,
  upper: Float64Array,
  right: Float64Array,
): Float64Array {
  const { length } = middle;
  for (let i = 1; i < length; i++) {
    const factor = (lower[i] ?? 0) / (middle[i - 1] ?? 1);
    middle[i] = (middle[i] ?? 0) - factor * (upper[i - 1] ?? 0);
    right[i] = (right[i] ?? 0) - factor * (right[i - 1] ?? 0);
  }
  const result = new Float64Array(length);
  for (let i = length - 1; i >= 0; i--) {
    result[i] = ((right[i] ?? 0) - (upper[i] ?? 0) * (result[i + 1] ?? 0)) / (middle[i] ?? 1);
  }
  return result;
}

/** Weighted harmonic means of the rises on both sides; level where they have different signs. */
function monotoneSlopes(widths: Float64Array, rises: Float64Array): Float64Array {
  const last = rises.length;
  const slopes = new Float64Array(last + 1);
  for (let i = 1; i < last; i++) {
    const [before = 0, after = 0] = [rises[i - 1], rises[i]];
    if (before * after <= 0) continue;
    const [left, right] = [widths[i - 1] ?? 0, widths[i] ?? 0];
    const [first, second] = [2 * right + left, right + 2 * left];
    slopes[i] = (first + second) / (first / before + second / after);
  }
  slopes[0] = endSlope(widths[0] ?? 1, widths[1] ?? 1, rises[0] ?? 0, rises[1] ?? 0);
  slopes[last] = endSlope(
    widths[last - 1] ?? 1,
    widths[last - 2] ?? 1,
    rises[last - 1] ?? 0,
    rises[last - 2] ?? 0,
  );
  return slopes;
}

/** Three points' parabola, kept from turning (C. Moler, Numerical Computing with MATLAB, 3.6). */
function endSlope(width: number, next: number, rise: number, nextRise: number): number {
  const slope = ((2 * width + next) * rise - width * nextRise) / (width + next);
  if (Math.sign(slope) !== Math.sign(rise)) return 0;
  if (Math.sign(rise) !== Math.sign(nextRise) && Math.abs(slope) > Math.abs(3 * rise)) return 3 * rise;
  return slope;
}
