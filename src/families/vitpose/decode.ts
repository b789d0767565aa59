import { POINT_STRIDE } from '../../core/pose.ts';
import type { TopDown } from '../onnx/top-down-estimator.ts';

/** Of the blur that makes a peak round (mmpose, mmpose/codecs/udp_heatmap.py: `blur_kernel_size`, which ViTPose's configurations leave as it is). */
const KERNEL = 11;
const REACH = (KERNEL - 1) / 2;
/** What OpenCV takes for a kernel of this size (getGaussianKernel: 0.3 · ((size − 1) / 2 − 1) + 0.8). */
const SIGMA = 0.3 * (REACH - 1) + 0.8;
/** Before logarithms are taken (refine_keypoints_dark_udp). */
const [LEAST, MOST] = [1e-3, 50];
/** Keeps the inverse from dividing by nothing: the smallest step of a number of 32 bits at 1. */
const EPSILON = 2 ** -23;

/**
 * A keypoint's place as the peak of a heatmap, refined by a step of Newton's method on its logarithm (DARK, unbiased).
 *
 * Method: mmpose, mmpose/codecs/{udp_heatmap.py,utils/refinement.py} (refine_keypoints_dark_udp, gaussian_blur).
 */
export const vitpose: TopDown = {
  isUnbiased: true,
  decode([heatmaps], index, _, { centreX, centreY, width, height }) {
    const [, keypoints = 0, rows = 0, columns = 0] = heatmaps?.shape ?? [];
    const points = new Float32Array(keypoints * POINT_STRIDE);
    if (!heatmaps) return points;
    const cells = rows * columns;
    const blurring = new HeatmapBlur(rows, columns);
    for (let i = 0; i < keypoints; i++) {
      const from = (index * keypoints + i) * cells;
      const map = heatmaps.values.subarray(from, from + cells);
      let [peak, score] = [0, Number.NEGATIVE_INFINITY];
      for (const [at, value] of map.entries()) if (value > score) [peak, score] = [at, value];
      const [stepX, stepY] = score > 0 ? newtonStep(blurring.blur(map, score), rows, columns, peak) : [0, 0];
      const x = (peak % columns) - stepX;
      const y = Math.floor(peak / columns) - stepY;
      points[i * POINT_STRIDE] = (x / (columns - 1)) * width + centreX - width / 2;
      points[i * POINT_STRIDE + 1] = (y / (rows - 1)) * height + centreY - height / 2;
      points[i * POINT_STRIDE + 2] = score;
    }
    return points;
  },
};

/** Blurs heatmaps of one size, with nothing around them. One memory is used again and again. */
class HeatmapBlur {
  readonly #rows: number;
  readonly #columns: number;
  readonly #across: Float64Array;
  readonly #blurred: Float64Array;

  constructor(rows: number, columns: number) {
    this.#rows = rows;
    this.#columns = columns;
    this.#across = new Float64Array(rows * columns);
    this.#blurred = new Float64Array(rows * columns);
  }

  /** The blurred map, as high as before at its highest. What the call before gave is overwritten. */
  blur(map: Float32Array, highest: number): Float64Array {
    const [rows, columns, across, blurred] = [this.#rows, this.#columns, this.#across, this.#blurred];
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        let sum = 0;
        const last = Math.min(columns - 1, x + REACH);
        for (let k = Math.max(0, x - REACH); k <= last; k++)
          sum += (map[y * columns + k] ?? 0) * (WEIGHTS[k - x + REACH] ?? 0);
        across[y * columns + x] = sum;
      }
    }
    let most = 0;
    for (let y = 0; y < rows; y++) {
      const last = Math.min(rows - 1, y + REACH);
      for (let x = 0; x < columns; x++) {
        let sum = 0;
        for (let k = Math.max(0, y - REACH); k <= last; k++)
          sum += (across[k * columns + x] ?? 0) * (WEIGHTS[k - y + REACH] ?? 0);
        blurred[y * columns + x] = sum;
        most = Math.max(most, sum);
      }
    }
    const scale = highest / most;
    for (let i = 0; i < blurred.length; i++) blurred[i] = (blurred[i] ?? 0) * scale;
    return blurred;
  }
}

const WEIGHTS = gaussian();

function gaussian(): Float64Array {
  const weights = Float64Array.from({ length: KERNEL }, (_, i) =>
    Math.exp(-((i - REACH) ** 2) / (2 * SIGMA ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** How far the top of a map's logarithm is before a cell of it: across and down. */
function newtonStep(map: Float64Array, rows: number, columns: number, peak: number): [x: number, y: number] {
  const [peakX, peakY] = [peak % columns, Math.floor(peak / columns)];
  const at = (dx: number, dy: number): number => {
    // Beyond the edge, the map goes on as it is there.
    const x = Math.min(columns - 1, Math.max(0, peakX + dx));
    const y = Math.min(rows - 1, Math.max(0, peakY + dy));
    return Math.log(Math.min(MOST, Math.max(LEAST, map[y * columns + x] ?? 0)));
  };
  const here = at(0, 0);
  const [right, left, below, above] = [at(1, 0), at(-1, 0), at(0, 1), at(0, -1)];
  const [dx, dy] = [(right - left) / 2, (below - above) / 2];
  const dxx = right - 2 * here + left + EPSILON;
  const dyy = below - 2 * here + above + EPSILON;
  const dxy = (at(1, 1) - right - below + 2 * here - left - above + at(-1, -1)) / 2;
  const determinant = dxx * dyy - dxy * dxy;
  return [(dyy * dx - dxy * dy) / determinant, (dxx * dy - dxy * dx) / determinant];
}
