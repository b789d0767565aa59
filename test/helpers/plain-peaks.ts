import type { Peak } from '../../src/families/maps/grouping/peaks.ts';

const STRIDE = 8;

/** OpenCV's bicubic kernel. */
function kernel(distance: number): number {
  const x = Math.abs(distance);
  if (x <= 1) return 1.25 * x ** 3 - 2.25 * x ** 2 + 1;
  return x < 2 ? -0.75 * x ** 3 + 3.75 * x ** 2 - 6 * x + 3 : 0;
}

/** For each pixel of a line eight times as long its four cells and their weights; a line goes on as it ends. */
function tapsOf(length: number): { cells: Int32Array; weights: Float64Array } {
  const cells = new Int32Array(length * STRIDE * 4);
  const weights = new Float64Array(cells.length);
  for (let pixel = 0; pixel < length * STRIDE; pixel++) {
    const place = (pixel + 0.5) / STRIDE - 0.5;
    for (let tap = 0; tap < 4; tap++) {
      const cell = Math.floor(place) - 1 + tap;
      cells[pixel * 4 + tap] = Math.min(length - 1, Math.max(0, cell));
      weights[pixel * 4 + tap] = kernel(place - cell);
    }
  }
  return { cells, weights };
}

/** A map resized to the network's picture, all of it: rows, then columns. */
export function resizeMap(map: Float32Array, width: number, height: number): Float32Array {
  const [w, h] = [width * STRIDE, height * STRIDE];
  const [across, down] = [tapsOf(width), tapsOf(height)];
  const rows = new Float64Array(w * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < w; x++) {
      let sum = 0;
      for (let tap = x * 4; tap < x * 4 + 4; tap++) {
        sum += (across.weights[tap] ?? 0) * (map[y * width + (across.cells[tap] ?? 0)] ?? 0);
      }
      rows[y * w + x] = sum;
    }
  }
  const result = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      let sum = 0;
      for (let tap = y * 4; tap < y * 4 + 4; tap++) {
        sum += (down.weights[tap] ?? 0) * (rows[(down.cells[tap] ?? 0) * w + x] ?? 0);
      }
      result[y * w + x] = sum;
    }
  }
  return result;
}

/** All peaks of a resized map, by comparing every pixel with its neighbours. */
export function plainPeaks(map: Float32Array, width: number, height: number, threshold: number): Peak[] {
  const [w, h] = [width * STRIDE, height * STRIDE];
  const large = resizeMap(map, width, height);
  const at = (x: number, y: number): number => large[y * w + x] ?? 0;
  const peaks: Peak[] = [];
  for (let y = 1; y < h - 1; y++) {
    for (let x = 1; x < w - 1; x++) {
      const score = at(x, y);
      if (score <= threshold) continue;
      let isHighest = true;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          if ((dx !== 0 || dy !== 0) && at(x + dx, y + dy) >= score) isHighest = false;
        }
      }
      if (!isHighest) continue;
      let [sum, sumX, sumY] = [0, 0, 0];
      for (let dy = -3; dy <= 3; dy++) {
        for (let dx = -3; dx <= 3; dx++) {
          const [px, py] = [Math.min(w - 1, Math.max(0, x + dx)), Math.min(h - 1, Math.max(0, y + dy))];
          const value = Math.max(0, at(px, py));
          sum += value;
          sumX += value * (x + dx);
          sumY += value * (y + dy);
        }
      }
      peaks.push({ x: sumX / sum + 0.5, y: sumY / sum + 0.5, score });
    }
  }
  return peaks;
}
