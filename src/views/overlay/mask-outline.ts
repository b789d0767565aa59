import { maskCells, type PersonMask } from '../../core/mask.ts';
import type { Fit } from './fit.ts';

/** x and y in turns, in cells of the mask from its upper left corner; a ring that is closed. */
type Ring = readonly number[];

/** Of masks that are drawn again and again, while a picture stands still. */
const known = new WeakMap<PersonMask, readonly Ring[]>();

/** Adds the outline of somebody's mask to a path, smoothed; holes go the other way round. */
export function traceMask(
  path: Path2D,
  mask: PersonMask,
  toX: (x: number) => number,
  toY: (y: number) => number,
): void {
  const rings = known.get(mask) ?? ringsOf(maskCells(mask), mask.columns, mask.rows);
  known.set(mask, rings);
  const [cellWidth, cellHeight] = [mask.width / mask.columns, mask.height / mask.rows];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      const x = toX(mask.left + (ring[i] ?? 0) * cellWidth);
      const y = toY(mask.top + (ring[i + 1] ?? 0) * cellHeight);
      if (i === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    }
    path.closePath();
  }
}

/** The outlines of several people where their frame lies on a canvas. */
export function masksPath(masks: readonly PersonMask[], { left, top, scale }: Fit): Path2D {
  const path = new Path2D();
  for (const mask of masks) {
    traceMask(
      path,
      mask,
      (x) => left + x * scale,
      (y) => top + y * scale,
    );
  }
  return path;
}

/** Weights of a cell and its neighbours in a row: the binomial filter of three. */
const [MIDDLE, SIDE] = [0.5, 0.25];
const LEVEL = 0.5;

/**
 * Outlines of cells, smoothed: where the cells' weighted means, which lie at their middles, go through one half.
 *
 * Method: marching squares (Lorensen and Cline, Marching cubes, 1987, in the plane).
 *
 * @param cells 1 or 0, row by row
 */
export function ringsOf(cells: Uint8Array, columns: number, rows: number): Ring[] {
  // With an empty border of two cells, so that every outline is closed.
  const [width, height] = [columns + 4, rows + 4];
  const field = smooth(cells, columns, rows, width, height);
  const value = (i: number, j: number): number => field[j * width + i] ?? 0;
  /** From the edge of squares at which a piece begins to that at which it ends; edges by twice their first point's number. */
  const next = new Map<number, number>();
  const across = (i: number, j: number): number => 2 * (j * width + i);
  const down = (i: number, j: number): number => across(i, j) + 1;
  for (let j = 0; j < height - 1; j++) {
    for (let i = 0; i < width - 1; i++) {
      const [a, b] = [value(i, j) >= LEVEL, value(i + 1, j) >= LEVEL];
      const [c, d] = [value(i + 1, j + 1) >= LEVEL, value(i, j + 1) >= LEVEL];
      if (a === b && b === c && c === d) continue;
      const [top, right, bottom, left] = [across(i, j), down(i + 1, j), across(i, j + 1), down(i, j)];
      // Around the square, clockwise: a piece goes from where the inside ends to where it begins.
      const sides = [
        [a, b, top],
        [b, c, right],
        [c, d, bottom],
        [d, a, left],
      ] as const;
      const leaving = sides.filter(([from, to]) => from && !to).map(([, , edge]) => edge);
      const entering = sides.filter(([from, to]) => !from && to).map(([, , edge]) => edge);
      const sum = value(i, j) + value(i + 1, j) + value(i + 1, j + 1) + value(i, j + 1);
      const isJoined = sum / 4 >= LEVEL;
      for (const [k, edge] of leaving.entries()) {
        // Of two pieces: around the corners that are inside, unless the middle is inside, too.
        const order = leaving.length === 1 ? 0 : followingOf(sides, edge, isJoined, entering);
        next.set(edge, entering[leaving.length === 1 ? k : order] ?? edge);
      }
    }
  }
  return linkRings(next, field, width);
}

/** Which of two edges where the inside begins belongs to one where it ends. */
function followingOf(
  sides: readonly (readonly [boolean, boolean, number])[],
  leaving: number,
  isJoined: boolean,
  entering: readonly number[],
): number {
  const at = sides.findIndex(([, , edge]) => edge === leaving);
  // Clockwise behind it lies the edge around the outside corner, before it that around the inside one.
  const neighbour = sides[(at + (isJoined ? 1 : 3)) % 4]?.[2] ?? leaving;
  return Math.max(0, entering.indexOf(neighbour));
}

function smooth(
  cells: Uint8Array,
  columns: number,
  rows: number,
  width: number,
  height: number,
): Float32Array {
  const rowsDone = new Float32Array(width * height);
  const cell = (i: number, j: number): number =>
    i < 0 || j < 0 || i >= columns || j >= rows ? 0 : (cells[j * columns + i] ?? 0);
  for (let j = 0; j < rows; j++) {
    for (let i = -1; i <= columns; i++) {
      rowsDone[(j + 2) * width + i + 2] = MIDDLE * cell(i, j) + SIDE * (cell(i - 1, j) + cell(i + 1, j));
    }
  }
  const field = new Float32Array(width * height);
  for (let at = width; at < field.length - width; at++) {
    field[at] =
      MIDDLE * (rowsDone[at] ?? 0) + SIDE * ((rowsDone[at - width] ?? 0) + (rowsDone[at + width] ?? 0));
  }
  return field;
}

function linkRings(next: Map<number, number>, field: Float32Array, width: number): Ring[] {
  const rings: Ring[] = [];
  for (const start of next.keys()) {
    const ring: number[] = [];
    for (let edge: number | undefined = start; edge !== undefined && next.has(edge); ) {
      const point = edge >> 1;
      const isDown = (edge & 1) === 1;
      const [from, to] = [field[point] ?? 0, field[point + (isDown ? width : 1)] ?? 0];
      const share = (LEVEL - from) / (to - from);
      // Middles of cells, without the border.
      const [x, y] = [(point % width) - 1.5, Math.floor(point / width) - 1.5];
      ring.push(isDown ? x : x + share, isDown ? y + share : y);
      const following: number | undefined = next.get(edge);
      next.delete(edge);
      edge = following;
    }
    rings.push(ring);
  }
  return rings;
}
