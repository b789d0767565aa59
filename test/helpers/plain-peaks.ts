import type { Peak } from '../../src/models/openpose/peaks.ts';

const STRIDE = 8;

/** A map resized to the network's picture, every pixel by itself: bicubic as OpenCV's. */
export function resizeMap(map: Float32Array, width: number, height: number): Float32Array {
  const kernel = (d: number): number => {
    const x = Math.abs(d);
    if (x <= 1) return 1.25 * x ** 3 - 2.25 * x ** 2 + 1;
    return x < 2 ? -0.75 * x ** 3 + 3.75 * x ** 2 - 6 * x + 3 : 0;
  };
  const held = (value: number, size: number): number => Math.min(size - 1, Math.max(0, value));
  const [w, h] = [width * STRIDE, height * STRIDE];
  const result = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    const sy = (y + 0.5) / STRIDE - 0.5;
    for (let x = 0; x < w; x++) {
      const sx = (x + 0.5) / STRIDE - 0.5;
      let sum = 0;
      for (let j = Math.floor(sy) - 1; j <= Math.floor(sy) + 2; j++) {
        for (let i = Math.floor(sx) - 1; i <= Math.floor(sx) + 2; i++) {
          sum += kernel(sy - j) * kernel(sx - i) * (map[held(j, height) * width + held(i, width)] ?? 0);
        }
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
      const around = [-1, 0, 1].flatMap((dy) =>
        [-1, 0, 1].map((dx) => (dx === 0 && dy === 0 ? -1 : at(x + dx, y + dy))),
      );
      if (Math.max(...around) >= score) continue;
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
