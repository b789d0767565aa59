import { createMask, MASK_SIDE, type PersonMask } from '../../core/mask.ts';
import type { Region } from './graph/region.ts';

/** What is likelier than this is the person's. */
const LIKELY = 0.5;

/** A part of the frame by its edges, in pixels. */
interface Edges {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const nothing = (): Edges => ({
  left: Number.POSITIVE_INFINITY,
  top: Number.POSITIVE_INFINITY,
  right: Number.NEGATIVE_INFINITY,
  bottom: Number.NEGATIVE_INFINITY,
});

function include(edges: Edges, x: number, y: number): void {
  edges.left = Math.min(edges.left, x);
  edges.right = Math.max(edges.right, x);
  edges.top = Math.min(edges.top, y);
  edges.bottom = Math.max(edges.bottom, y);
}

/**
 * The mask that a landmark network gives, in the frame.
 *
 * Method: mediapipe, calculators/tensor/tensors_to_segmentation_calculator.cc, then warp_affine_calculator.cc.
 *
 * @param logits row by row, of a square of `side` numbers that lies over the region
 * @param width of the frame
 * @returns `null`: nothing of the picture is the person's
 */
export function maskOfRegion(
  logits: Float32Array,
  side: number,
  { x: middleX, y: middleY, size, rotation }: Region,
  width: number,
  height: number,
): PersonMask | null {
  const [cos, sin] = [Math.cos(rotation), Math.sin(rotation)];
  const edges = nothing();
  /** A cell's corners in the frame, for the person's outermost cells of a row. */
  const includeCell = (column: number, row: number): void => {
    for (const [i, j] of [
      [column, row],
      [column + 1, row],
      [column, row + 1],
      [column + 1, row + 1],
    ] as const) {
      const [u, v] = [(i / side - 0.5) * size, (j / side - 0.5) * size];
      include(edges, middleX + u * cos - v * sin, middleY + u * sin + v * cos);
    }
  };
  eachRowsEnds(side, side, (at) => (logits[at] ?? 0) > 0, includeCell);
  const probability = (logit: number): number => 1 / (1 + Math.exp(-logit));
  const valueAt = (column: number, row: number): number =>
    column < 0 || row < 0 || column >= side || row >= side
      ? 0
      : probability(logits[row * side + column] ?? 0);
  return toMask(edges, width, height, (x, y) => {
    const [dx, dy] = [(x - middleX) / size, (y - middleY) / size];
    return interpolate((dx * cos + dy * sin + 0.5) * side, (dy * cos - dx * sin + 0.5) * side, valueAt);
  });
}

/**
 * A mask that lies over the whole frame.
 *
 * @param values row by row, 0 to 1
 * @param columns of the mask; it may have another size than the frame
 * @param width of the frame
 * @returns `null`: nothing of the picture is the person's
 */
export function maskOfFrame(
  values: Float32Array,
  columns: number,
  rows: number,
  width: number,
  height: number,
): PersonMask | null {
  const [x, y] = [width / columns, height / rows];
  const edges = nothing();
  eachRowsEnds(
    columns,
    rows,
    (at) => (values[at] ?? 0) > LIKELY,
    (column, row) => {
      include(edges, column * x, row * y);
      include(edges, (column + 1) * x, (row + 1) * y);
    },
  );
  const valueAt = (column: number, row: number): number =>
    column < 0 || row < 0 || column >= columns || row >= rows ? 0 : (values[row * columns + column] ?? 0);
  return toMask(edges, width, height, (px, py) => interpolate(px / x, py / y, valueAt));
}

/** Calls back for the first and the last cell of every row that are the person's. */
function eachRowsEnds(
  columns: number,
  rows: number,
  isIn: (at: number) => boolean,
  found: (column: number, row: number) => void,
): void {
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let first = 0;
    while (first < columns && !isIn(start + first)) first++;
    if (first === columns) continue;
    let last = columns - 1;
    while (!isIn(start + last)) last--;
    found(first, row);
    found(last, row);
  }
}

/** Between the centres of four cells; x and y count cells from the edge. */
function interpolate(x: number, y: number, valueAt: (column: number, row: number) => number): number {
  const [column, row] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const [right, below] = [x - 0.5 - column, y - 0.5 - row];
  const above = valueAt(column, row) * (1 - right) + valueAt(column + 1, row) * right;
  const under = valueAt(column, row + 1) * (1 - right) + valueAt(column + 1, row + 1) * right;
  return above * (1 - below) + under * below;
}

function toMask(
  { left: outerLeft, top: outerTop, right: outerRight, bottom: outerBottom }: Edges,
  frameWidth: number,
  frameHeight: number,
  probabilityAt: (x: number, y: number) => number,
): PersonMask | null {
  const [left, right] = [Math.max(0, outerLeft), Math.min(frameWidth, outerRight)];
  const [top, bottom] = [Math.max(0, outerTop), Math.min(frameHeight, outerBottom)];
  if (!(right > left && bottom > top)) return null;
  // Cells of whole pixels on a grid that stands still in the frame: so edges don't flicker as the box moves. Both ends may
  // cut a cell.
  const cell = Math.ceil(Math.max(right - left, bottom - top) / (MASK_SIDE - 2));
  const [firstColumn, firstRow] = [Math.floor(left / cell), Math.floor(top / cell)];
  const [columns, rows] = [Math.ceil(right / cell) - firstColumn, Math.ceil(bottom / cell) - firstRow];
  const box = { left: firstColumn * cell, top: firstRow * cell, width: columns * cell, height: rows * cell };
  const isIn = (column: number, row: number): boolean =>
    probabilityAt(box.left + (column + 0.5) * cell, box.top + (row + 0.5) * cell) > LIKELY;
  return createMask(box, columns, rows, isIn);
}
