/** Cells of a mask's longer side at most: somebody who is 900 pixels high has cells of 7 pixels. */
export const MASK_SIDE = 128;

/** Pixels of the frame as displayed (S1). */
interface MaskBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Which part of the picture somebody covers: a grid of cells over a box. */
export interface PersonMask extends MaskBox {
  /** 1 to {@link MASK_SIDE}. */
  readonly columns: number;
  readonly rows: number;
  /**
   * Lengths of runs of cells, row by row from the upper left: of cells beside the person, of cells of the person, and so on
   * in turns; all together `columns` × `rows`. Each in groups of 7 bits, the lowest first, with the highest bit set in all
   * bytes but the last (LEB128).
   */
  readonly runs: Uint8Array;
}

const GROUP_BITS = 7;
const GROUP = 1 << GROUP_BITS;

/** A mask of the cells of a grid that are the person's. @param isIn asked for every cell, row by row */
export function createMask(
  box: MaskBox,
  columns: number,
  rows: number,
  isIn: (column: number, row: number) => boolean,
): PersonMask {
  const lengths: number[] = [];
  let [isPerson, length] = [false, 0];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (isIn(column, row) !== isPerson) {
        lengths.push(length);
        [isPerson, length] = [!isPerson, 0];
      }
      length++;
    }
  }
  lengths.push(length);
  return maskOfRuns(box, columns, rows, lengths);
}

/** @param lengths as `PersonMask.runs` describes them */
export function maskOfRuns(
  box: MaskBox,
  columns: number,
  rows: number,
  lengths: readonly number[],
): PersonMask {
  const bytes: number[] = [];
  for (const length of lengths) {
    let rest = length;
    for (; rest >= GROUP; rest = Math.floor(rest / GROUP)) bytes.push((rest % GROUP) + GROUP);
    bytes.push(rest);
  }
  // In single precision, as it is stored.
  const [left, top] = [Math.fround(box.left), Math.fround(box.top)];
  const [width, height] = [Math.fround(box.width), Math.fround(box.height)];
  return { left, top, width, height, columns, rows, runs: Uint8Array.from(bytes) };
}

/** The lengths of a mask's runs; `null` if its bytes are none of its size. */
export function runLengths({
  columns,
  rows,
  runs,
}: Pick<PersonMask, 'columns' | 'rows' | 'runs'>): number[] | null {
  const lengths: number[] = [];
  const cells = columns * rows;
  let [sum, length, factor] = [0, 0, 1];
  for (const byte of runs) {
    length += (byte % GROUP) * factor;
    if (length > cells || factor > cells * GROUP) return null;
    if (byte >= GROUP) {
      factor *= GROUP;
      continue;
    }
    lengths.push(length);
    sum += length;
    [length, factor] = [0, 1];
  }
  return factor === 1 && sum === cells ? lengths : null;
}

/** Is what a file or a thread gives for a mask one? */
export function isMask(mask: PersonMask): boolean {
  const { left, top, width, height, columns, rows } = mask;
  const isSide = (cells: number): boolean => Number.isInteger(cells) && cells >= 1 && cells <= MASK_SIDE;
  const isPlaced = [left, top, width, height].every(Number.isFinite);
  return isPlaced && width > 0 && height > 0 && isSide(columns) && isSide(rows) && runLengths(mask) !== null;
}

/** By cell, row by row, 1 where it is the person's, else 0. */
export function maskCells(mask: PersonMask): Uint8Array {
  const cells = new Uint8Array(mask.columns * mask.rows);
  let [at, value] = [0, 0];
  for (const length of runLengths(mask) ?? []) {
    cells.fill(value, at, at + length);
    at += length;
    value = 1 - value;
  }
  return cells;
}

/** The mask in another picture of the same: stretched by factors. */
export function scaleMask(mask: PersonMask, x: number, y: number): PersonMask {
  return { ...mask, left: mask.left * x, top: mask.top * y, width: mask.width * x, height: mask.height * y };
}

/** The mask as in a mirror. @param frameWidth pixels */
export function mirrorMask(mask: PersonMask, frameWidth: number): PersonMask {
  const { columns, rows, left, width } = mask;
  const cells = maskCells(mask);
  const isIn = (column: number, row: number): boolean => cells[row * columns + columns - 1 - column] === 1;
  return createMask({ ...mask, left: frameWidth - left - width }, columns, rows, isIn);
}
