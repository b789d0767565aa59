/**
 * The assignment of rows to columns with the largest total weight: the Hungarian method in the form of
 * shortest augmenting paths with potentials (Jonker and Volgenant, "A shortest augmenting path algorithm for
 * dense and sparse linear assignment problems", Computing 38, 1987), O(rows² · columns).
 *
 * @param weights weights[row][column], any shape
 * @returns for each row its column, or −1 where there are more rows than columns
 */
export function assignMaximum(weights: readonly (readonly number[])[]): number[] {
  const rowCount = weights.length;
  const columnCount = weights[0]?.length ?? 0;
  if (rowCount === 0 || columnCount === 0) return new Array<number>(rowCount).fill(-1);
  if (rowCount > columnCount) {
    const transposed = Array.from({ length: columnCount }, (_, c) => weights.map((row) => row[c] ?? 0));
    const rows = new Array<number>(rowCount).fill(-1);
    for (const [column, row] of assignMaximum(transposed).entries()) rows[row] = column;
    return rows;
  }
  // Numbering from 1; row 0 and column 0 stand for "none yet".
  const rowPotential = new Float64Array(rowCount + 1);
  const columnPotential = new Float64Array(columnCount + 1);
  const rowOfColumn = new Int32Array(columnCount + 1);
  const cost = (row: number, column: number): number => -(weights[row - 1]?.[column - 1] ?? 0);
  const at = (array: Float64Array | Int32Array, index: number): number => array[index] ?? 0;

  for (let row = 1; row <= rowCount; row++) {
    const slack = new Float64Array(columnCount + 1).fill(Number.POSITIVE_INFINITY);
    const previous = new Int32Array(columnCount + 1);
    const isUsed = new Uint8Array(columnCount + 1);
    rowOfColumn[0] = row;
    let column = 0;
    do {
      isUsed[column] = 1;
      const currentRow = at(rowOfColumn, column);
      let smallest = Number.POSITIVE_INFINITY;
      let nextColumn = 0;
      for (let j = 1; j <= columnCount; j++) {
        if (isUsed[j]) continue;
        const reduced = cost(currentRow, j) - at(rowPotential, currentRow) - at(columnPotential, j);
        if (reduced < at(slack, j)) {
          slack[j] = reduced;
          previous[j] = column;
        }
        if (at(slack, j) < smallest) {
          smallest = at(slack, j);
          nextColumn = j;
        }
      }
      for (let j = 0; j <= columnCount; j++) {
        if (isUsed[j]) {
          const usedRow = at(rowOfColumn, j);
          rowPotential[usedRow] = at(rowPotential, usedRow) + smallest;
          columnPotential[j] = at(columnPotential, j) - smallest;
        } else {
          slack[j] = at(slack, j) - smallest;
        }
      }
      column = nextColumn;
    } while (at(rowOfColumn, column) !== 0);
    while (column !== 0) {
      const before = at(previous, column);
      rowOfColumn[column] = at(rowOfColumn, before);
      column = before;
    }
  }
  const columns = new Array<number>(rowCount).fill(-1);
  for (let j = 1; j <= columnCount; j++) {
    if (at(rowOfColumn, j) > 0) columns[at(rowOfColumn, j) - 1] = j - 1;
  }
  return columns;
}
