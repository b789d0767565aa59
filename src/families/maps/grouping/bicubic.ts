/** Network pixels to a cell of its maps, for all networks of this kind. */
export const STRIDE = 8;
// Hot loops read typed arrays `as number`: their indices are inside, and a check for each would cost a half more.
/** OpenCV's INTER_CUBIC, which OpenPose resizes maps with. */
const A = -0.75;
const TAPS = 4;

/**
 * Weights of the four cells around each of the eight network pixels of a cell, half-pixel centres: pixel x lies at
 * (x + 0.5) / 8 − 0.5 in cells.
 */
const WEIGHTS: readonly Float64Array[] = Array.from({ length: STRIDE }, (_, phase) => {
  const place = (phase + 0.5) / STRIDE - 0.5;
  const share = place - Math.floor(place);
  return Float64Array.from({ length: TAPS }, (_, tap) => kernel(Math.abs(tap - 1 - share)));
});

/** The same, phase after phase: what the hot loops read. */
const FLAT_WEIGHTS = Float64Array.from(WEIGHTS.flatMap((weights) => [...weights]));

/** By phase, the cell of the first tap from the pixel's own. */
const FIRST_TAP: readonly number[] = Array.from(
  { length: STRIDE },
  (_, phase) => Math.floor((phase + 0.5) / STRIDE - 0.5) - 1,
);

function kernel(distance: number): number {
  if (distance <= 1) return ((A + 2) * distance - (A + 3)) * distance * distance + 1;
  if (distance < 2) return ((A * distance - 5 * A) * distance + 8 * A) * distance - 4 * A;
  return 0;
}

/** A map of numbers: one channel, row by row. */
export interface PlainMap {
  readonly values: Float32Array;
  /** Where the map begins in them. */
  readonly at: number;
  readonly width: number;
  readonly height: number;
}

/** The number of a network pixel as the whole map resized would have it. @param x whole, within the network's picture */
export function sampleBicubic({ values, at, width, height }: PlainMap, x: number, y: number): number {
  const [phaseX, phaseY] = [x & (STRIDE - 1), y & (STRIDE - 1)];
  const firstX = (x >> 3) + (FIRST_TAP[phaseX] ?? 0);
  const firstY = (y >> 3) + (FIRST_TAP[phaseY] ?? 0);
  const weightsX = WEIGHTS[phaseX];
  const weightsY = WEIGHTS[phaseY];
  let sum = 0;
  for (let j = 0; j < TAPS; j++) {
    const row = at + held(firstY + j, height) * width;
    let line = 0;
    for (let i = 0; i < TAPS; i++) {
      line += (weightsX?.[i] ?? 0) * (values[row + held(firstX + i, width)] ?? 0);
    }
    sum += (weightsY?.[j] ?? 0) * line;
  }
  return sum;
}

/**
 * The dot product of two maps' numbers at a network pixel with a direction: {@link sampleBicubic} of both, in one go.
 * Both lie in the same array, and have the same size.
 */
export function projectBicubic(
  { values, at: atX, width, height }: PlainMap,
  { at: atY }: PlainMap,
  x: number,
  y: number,
  unitX: number,
  unitY: number,
): number {
  const [phaseX, phaseY] = [x & (STRIDE - 1), y & (STRIDE - 1)];
  const firstX = (x >> 3) + (phaseX < STRIDE / 2 ? -2 : -1);
  const firstY = (y >> 3) + (phaseY < STRIDE / 2 ? -2 : -1);
  const [tapX, tapY] = [phaseX * TAPS, phaseY * TAPS];
  const isInside = firstX >= 0 && firstX + TAPS <= width;
  let sum = 0;
  for (let j = 0; j < TAPS; j++) {
    const row = held(firstY + j, height) * width;
    let line = 0;
    for (let i = 0; i < TAPS; i++) {
      const cell = row + (isInside ? firstX + i : held(firstX + i, width));
      line +=
        (FLAT_WEIGHTS[tapX + i] as number) *
        (unitX * (values[atX + cell] as number) + unitY * (values[atY + cell] as number));
    }
    sum += (FLAT_WEIGHTS[tapY + j] as number) * line;
  }
  return sum;
}

/** Beyond its edges a map goes on as it ends. */
function held(cell: number, size: number): number {
  return cell < 0 ? 0 : cell >= size ? size - 1 : cell;
}

/**
 * A square of network pixels as the whole map resized would have it.
 *
 * @param left of the square, in network pixels; may lie outside, where it is as at the edge
 * @param side pixels
 * @param result side × side numbers, row by row
 * @param lines room for (side / 8 + 4) × side numbers
 */
export function resizeSquare(
  { values, at, width, height }: PlainMap,
  left: number,
  top: number,
  side: number,
  result: Float64Array,
  lines: Float64Array,
): void {
  const [maximumX, maximumY] = [width * STRIDE - 1, height * STRIDE - 1];
  const firstRow = (clampTo(top, maximumY) >> 3) - 2;
  const lastRow = (clampTo(top + side - 1, maximumY) >> 3) + 2;
  for (let row = firstRow; row <= lastRow; row++) {
    const start = at + held(row, height) * width;
    for (let i = 0; i < side; i++) {
      const x = clampTo(left + i, maximumX);
      const phase = x & (STRIDE - 1);
      const first = (x >> 3) + (FIRST_TAP[phase] ?? 0);
      const weights = WEIGHTS[phase];
      let sum = 0;
      for (let tap = 0; tap < TAPS; tap++) {
        sum += (weights?.[tap] ?? 0) * (values[start + held(first + tap, width)] ?? 0);
      }
      lines[(row - firstRow) * side + i] = sum;
    }
  }
  for (let j = 0; j < side; j++) {
    const y = clampTo(top + j, maximumY);
    const phase = y & (STRIDE - 1);
    const first = (y >> 3) + (FIRST_TAP[phase] ?? 0) - firstRow;
    const weights = WEIGHTS[phase];
    for (let i = 0; i < side; i++) {
      let sum = 0;
      for (let tap = 0; tap < TAPS; tap++)
        sum += (weights?.[tap] ?? 0) * (lines[(first + tap) * side + i] ?? 0);
      result[j * side + i] = sum;
    }
  }
}

/** Pixels around the middle of a cell on each side that {@link resizeAround} gives, and all in a row. */
export const AROUND = 11;
export const AROUND_SIDE = 2 * AROUND + 1;
/** Cells that those are made of, on each side of their own. */
const PATCH_REACH = 3;
const PATCH = 2 * PATCH_REACH + 1;
const patchLines = new Float64Array(PATCH * AROUND_SIDE);
/** By pixel of the square, its phase times the taps, and the first of its cells within the patch. */
const AROUND_TAPS = Int32Array.from(
  { length: AROUND_SIDE },
  (_, i) => ((STRIDE / 2 - AROUND + i) & (STRIDE - 1)) * TAPS,
);
const AROUND_FIRST = Int32Array.from({ length: AROUND_SIDE }, (_, i) => {
  const pixel = STRIDE / 2 - AROUND + i;
  return (pixel >> 3) + (FIRST_TAP[pixel & (STRIDE - 1)] ?? 0) + PATCH_REACH;
});

/**
 * The square of network pixels around the middle of a cell, as {@link resizeSquare} gives it: for a cell so far inside
 * of its map that nothing lies beyond the edges, always the same weights.
 *
 * @returns false: the cell is too near an edge, and nothing is done
 */
export function resizeAround(
  { values, at, width, height }: PlainMap,
  cellX: number,
  cellY: number,
  result: Float64Array,
): boolean {
  const [left, top] = [cellX - PATCH_REACH, cellY - PATCH_REACH];
  if (left < 0 || top < 0 || left + PATCH > width || top + PATCH > height) return false;
  for (let row = 0; row < PATCH; row++) {
    const start = at + (top + row) * width + left;
    for (let i = 0; i < AROUND_SIDE; i++) {
      const tap = AROUND_TAPS[i] as number;
      const cell = start + (AROUND_FIRST[i] as number);
      patchLines[row * AROUND_SIDE + i] =
        (FLAT_WEIGHTS[tap] as number) * (values[cell] as number) +
        (FLAT_WEIGHTS[tap + 1] as number) * (values[cell + 1] as number) +
        (FLAT_WEIGHTS[tap + 2] as number) * (values[cell + 2] as number) +
        (FLAT_WEIGHTS[tap + 3] as number) * (values[cell + 3] as number);
    }
  }
  for (let j = 0; j < AROUND_SIDE; j++) {
    const tap = AROUND_TAPS[j] as number;
    const [a, b] = [FLAT_WEIGHTS[tap] as number, FLAT_WEIGHTS[tap + 1] as number];
    const [c, d] = [FLAT_WEIGHTS[tap + 2] as number, FLAT_WEIGHTS[tap + 3] as number];
    const first = (AROUND_FIRST[j] as number) * AROUND_SIDE;
    for (let i = 0; i < AROUND_SIDE; i++) {
      const line = first + i;
      result[j * AROUND_SIDE + i] =
        a * (patchLines[line] as number) +
        b * (patchLines[line + AROUND_SIDE] as number) +
        c * (patchLines[line + 2 * AROUND_SIDE] as number) +
        d * (patchLines[line + 3 * AROUND_SIDE] as number);
    }
  }
  return true;
}

function clampTo(value: number, maximum: number): number {
  return value < 0 ? 0 : value > maximum ? maximum : value;
}
