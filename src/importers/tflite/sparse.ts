import { LimnError } from '../../core/errors.ts';
import type { FlatTable } from '../wire/flatbuffer.ts';

// Fields: tensorflow, tensorflow/compiler/mlir/lite/schema/schema.fbs (SparsityParameters, DimensionMetadata).
const SPARSITY = { traversal: 0, blocks: 1, dimensions: 2 } as const;
const DIMENSION = { format: 0, size: 1, segmentsType: 2, segments: 3, indicesType: 4, indices: 5 } as const;
const DENSE = 0;
const VECTOR_VALUES = 0;
const [INT_32, UINT_16, UINT_8] = [1, 2, 3];

interface Level {
  /** `null`: every position is there. */
  readonly compressed: { readonly segments: readonly number[]; readonly indices: readonly number[] } | null;
  readonly size: number;
}

/**
 * Where each stored number of a sparse tensor belongs among all its numbers.
 *
 * Method: tensorflow, tensorflow/lite/kernels/internal/utils/sparsity_format_converter.cc: dimensions in the order of
 * traversal, those of blocks behind the others; a compressed one lists the positions that are there.
 *
 * @param stored how many numbers there are in the file
 * @throws {LimnError} if the lists don't fit one another
 */
export function placesOfSparse(
  sparsity: FlatTable,
  shape: readonly number[],
  stored: number,
  where: string,
): Int32Array {
  const damaged = (): LimnError =>
    new LimnError(`${where} is sparse, and its lists don't fit one another: it is damaged.`);
  const order = sparsity.integers(SPARSITY.traversal);
  const blocks = sparsity.integers(SPARSITY.blocks);
  const levels = sparsity.tables(SPARSITY.dimensions).map((table) => readLevel(table, where));
  const rank = shape.length;
  if (order.length !== rank + blocks.length || levels.length !== order.length) throw damaged();
  if (
    new Set(order).size !== order.length ||
    order.some((axis) => !(axis >= 0 && axis < order.length)) ||
    blocks.some((axis) => !(axis >= 0 && axis < rank))
  )
    throw damaged();
  /** Numbers of each dimension of the tensor that one block holds. */
  const blockSizes = shape.map((_, axis) => {
    const block = blocks.indexOf(axis);
    return block === -1 ? 1 : (levels[order.indexOf(rank + block)]?.size ?? 1);
  });
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const places = new Int32Array(stored).fill(-1);
  const position = new Int32Array(order.length);
  let next = 0;
  const visit = (level: number, parent: number): void => {
    if (level === levels.length) {
      if (next >= stored) throw damaged();
      let place = 0;
      for (let axis = 0; axis < rank; axis++) {
        const block = blocks.indexOf(axis);
        const inside = block === -1 ? 0 : (position[rank + block] ?? 0);
        const at = (position[axis] ?? 0) * (blockSizes[axis] ?? 1) + inside;
        if (at >= (shape[axis] ?? 0)) throw damaged();
        place += at * (strides[axis] ?? 1);
      }
      places[next++] = place;
      return;
    }
    const { compressed, size } = levels[level] ?? { compressed: null, size: 0 };
    const axis = order[level] ?? 0;
    if (!compressed) {
      for (let i = 0; i < size; i++) {
        position[axis] = i;
        visit(level + 1, parent * size + i);
      }
      return;
    }
    const [first, end] = [compressed.segments[parent], compressed.segments[parent + 1]];
    if (first === undefined || end === undefined || first < 0 || end > compressed.indices.length)
      throw damaged();
    for (let i = first; i < end; i++) {
      position[axis] = compressed.indices[i] ?? 0;
      visit(level + 1, i);
    }
  };
  visit(0, 0);
  if (next !== stored) throw damaged();
  return places;
}

function readLevel(table: FlatTable, where: string): Level {
  if (table.integer(DIMENSION.format, 1) === DENSE) {
    return { compressed: null, size: table.integer(DIMENSION.size, 4) };
  }
  const list = (typeField: number, valueField: number): readonly number[] => {
    const values = table.table(valueField);
    if (!values)
      throw new LimnError(`${where} is sparse without saying where its numbers are: it is damaged.`);
    const type = table.integer(typeField, 1);
    if (type === INT_32) return values.integers(VECTOR_VALUES);
    const bytes = type === UINT_8 ? values.bytes(VECTOR_VALUES) : null;
    if (bytes) return [...bytes];
    if (type === UINT_16) return values.shorts(VECTOR_VALUES);
    throw new LimnError(`${where} is sparse in a way that Limn does not read.`);
  };
  const indices = list(DIMENSION.indicesType, DIMENSION.indices);
  return {
    compressed: { segments: list(DIMENSION.segmentsType, DIMENSION.segments), indices },
    size: indices.length,
  };
}
