import { AROUND, AROUND_SIDE, type PlainMap, resizeAround, resizeSquare, STRIDE } from './bicubic.ts';

/** Where a keypoint may be. */
export interface Peak {
  /** Network pixels, to a fraction. */
  readonly x: number;
  readonly y: number;
  /** The map's number at the peak's pixel, 0 to 1. */
  readonly score: number;
}

/** OpenPose keeps so many of a keypoint at most. */
const MAXIMUM_PEAKS = 127;
/** Pixels on each side of a cell's middle in which its peak is looked for, and of a peak in which it is weighed. */
const WEIGHED = 3;
const REACH = AROUND - WEIGHED;
const SIDE = AROUND_SIDE;
const LINES = Math.ceil(SIDE / STRIDE) + 6;
/** A resized map may be higher than its cells by about this share. */
const OVERSHOOT = 0.75;
/** From the peak's pixel to its middle. */
const HALF = 0.5;

const square = new Float64Array(SIDE * SIDE);
const lines = new Float64Array(LINES * SIDE);

/**
 * The peaks of a heatmap, as if it had been resized to the network's picture first (bicubic) and every pixel compared
 * with its eight neighbours: only around cells that aren't lower than theirs is it resized. Networks' maps are smooth;
 * what rises only between lower cells, as in noise, is passed over.
 *
 * Method: openpose, src/openpose/net/{resizeAndMergeBase,nmsBase}.cpp: strictly higher than all neighbours; the place is
 * the mean of the 7 × 7 pixels around, weighted by those above 0, and half a pixel on.
 */
export function findPeaks(map: PlainMap, threshold: number): Peak[] {
  const { values, at, width, height } = map;
  const peaks: Peak[] = [];
  const taken = new Set<number>();
  const pixels = width * STRIDE;
  for (let cellY = 0; cellY < height; cellY++) {
    for (let cellX = 0; cellX < width; cellX++) {
      const value = values[at + cellY * width + cellX] ?? 0;
      if (value <= threshold * OVERSHOOT || !isHighest(map, cellX, cellY, value)) continue;
      const left = cellX * STRIDE + STRIDE / 2 - REACH - WEIGHED;
      const top = cellY * STRIDE + STRIDE / 2 - REACH - WEIGHED;
      if (!resizeAround(map, cellX, cellY, square)) resizeSquare(map, left, top, SIDE, square, lines);
      for (let j = WEIGHED; j < SIDE - WEIGHED; j++) {
        for (let i = WEIGHED; i < SIDE - WEIGHED; i++) {
          const score = square[j * SIDE + i] as number;
          if (score <= threshold || !isPeak(i, j, score)) continue;
          const [x, y] = [left + i, top + j];
          if (x < 1 || y < 1 || x > pixels - 2 || y > height * STRIDE - 2 || taken.has(y * pixels + x))
            continue;
          taken.add(y * pixels + x);
          peaks.push(weigh(i, j, left, top, score));
        }
      }
    }
  }
  // Row by row, as OpenPose goes through a map.
  return peaks.sort((a, b) => Math.floor(a.y) - Math.floor(b.y) || a.x - b.x).slice(0, MAXIMUM_PEAKS);
}

/** Is no cell around higher? */
function isHighest({ values, at, width, height }: PlainMap, x: number, y: number, value: number): boolean {
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const [nx, ny] = [x + dx, y + dy];
      if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
      if ((values[at + ny * width + nx] ?? 0) > value) return false;
    }
  }
  return true;
}

/** Is a pixel of the square strictly higher than all around it? */
function isPeak(i: number, j: number, score: number): boolean {
  const at = j * SIDE + i;
  return (
    (square[at - 1] as number) < score &&
    (square[at + 1] as number) < score &&
    (square[at - SIDE] as number) < score &&
    (square[at + SIDE] as number) < score &&
    (square[at - SIDE - 1] as number) < score &&
    (square[at - SIDE + 1] as number) < score &&
    (square[at + SIDE - 1] as number) < score &&
    (square[at + SIDE + 1] as number) < score
  );
}

function weigh(i: number, j: number, left: number, top: number, score: number): Peak {
  let sum = 0;
  let sumX = 0;
  let sumY = 0;
  for (let dj = -WEIGHED; dj <= WEIGHED; dj++) {
    for (let di = -WEIGHED; di <= WEIGHED; di++) {
      const value = square[(j + dj) * SIDE + i + di] ?? 0;
      if (value <= 0) continue;
      sum += value;
      sumX += value * (left + i + di);
      sumY += value * (top + j + dj);
    }
  }
  return { x: sumX / sum + HALF, y: sumY / sum + HALF, score };
}
