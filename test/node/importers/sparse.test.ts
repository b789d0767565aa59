import { Builder } from 'flatbuffers';
import { expect, it } from 'vitest';
import { LimnError } from '../../../src/core/errors.ts';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { placesOfSparse } from '../../../src/importers/tflite/sparse.ts';
import { FlatTable } from '../../../src/importers/wire/flatbuffer.ts';

interface Level {
  readonly size?: number;
  readonly segments?: readonly number[];
  readonly indices?: readonly number[];
}

/** SparsityParameters of TFLite's schema.fbs, its lists of 32, 16 or 8 bits. */
function sparsity(
  order: readonly number[],
  blocks: readonly number[],
  levels: readonly Level[],
  bytes: 1 | 2 | 4,
): FlatTable {
  const builder = new Builder(256);
  const vector = (values: readonly number[], size: 1 | 2 | 4): number => {
    builder.startVector(size, values.length, size);
    for (const value of [...values].reverse()) {
      if (size === 4) builder.addInt32(value);
      else if (size === 2) builder.addInt16(value);
      else builder.addInt8(value);
    }
    return builder.endVector();
  };
  /** Its position in the union SparseIndexVector. */
  const type = { 4: 1, 2: 2, 1: 3 }[bytes];
  const list = (values: readonly number[]): number => {
    const content = vector(values, bytes);
    builder.startObject(1);
    builder.addFieldOffset(0, content, 0);
    return builder.endObject();
  };
  const tables = levels.map(({ size = 0, segments, indices }) => {
    const [first, second] = segments && indices ? [list(segments), list(indices)] : [0, 0];
    builder.startObject(6);
    builder.addFieldInt8(0, segments ? 1 : 0, 0);
    builder.addFieldInt32(1, size, 0);
    if (segments) {
      builder.addFieldInt8(2, type, 0);
      builder.addFieldOffset(3, first, 0);
      builder.addFieldInt8(4, type, 0);
      builder.addFieldOffset(5, second, 0);
    }
    return builder.endObject();
  });
  const [traversal, blockMap] = [vector(order, 4), vector(blocks, 4)];
  builder.startVector(4, tables.length, 4);
  for (const table of [...tables].reverse()) builder.addOffset(table);
  const dimensions = builder.endVector();
  builder.startObject(3);
  builder.addFieldOffset(0, traversal, 0);
  builder.addFieldOffset(1, blockMap, 0);
  builder.addFieldOffset(2, dimensions, 0);
  builder.finish(builder.endObject());
  return FlatTable.root(builder.asUint8Array(), 'net.tflite');
}

const random = createRandom(4);

it.each([1, 2, 4] as const)('finds the places of rows of blocks, with lists of %d bytes', (bytes) => {
  // 6 × 12 numbers in blocks of 1 × 4, of which some are there.
  const there = Array.from({ length: 6 }, () => Array.from({ length: 3 }, () => random() < 0.5));
  const segments = [0];
  const indices: number[] = [];
  const expected: number[] = [];
  for (const [row, blocks] of there.entries()) {
    for (const [block, isThere] of blocks.entries()) {
      if (!isThere) continue;
      indices.push(block);
      for (let i = 0; i < 4; i++) expected.push(row * 12 + block * 4 + i);
    }
    segments.push(indices.length);
  }
  const table = sparsity([0, 1, 2], [1], [{ size: 6 }, { segments, indices }, { size: 4 }], bytes);
  expect([...placesOfSparse(table, [6, 12], expected.length, 'Weight')]).toEqual(expected);
  for (const stored of [expected.length - 1, expected.length + 1])
    expect(() => placesOfSparse(table, [6, 12], stored, 'Weight')).toThrow(LimnError);
});

it('finds the places of columns that are gone through first', () => {
  // 3 × 4, column after column, two numbers in the second and one in the last.
  const levels = [{ size: 4 }, { segments: [0, 0, 2, 2, 3], indices: [0, 2, 1] }];
  const table = sparsity([1, 0], [], levels, 4);
  expect([...placesOfSparse(table, [3, 4], 3, 'Weight')]).toEqual([1, 9, 7]);
});

it.each<[string, readonly number[], readonly Level[]]>([
  ['an order that goes twice through a dimension', [0, 0], [{ size: 3 }, { size: 4 }]],
  ['too few lists', [0, 1], [{ size: 3 }]],
  ['a place beyond the end', [0, 1], [{ size: 3 }, { segments: [0, 1, 1, 1], indices: [9] }]],
  ['a list that ends before it begins', [0, 1], [{ size: 3 }, { segments: [0, 99, 1, 1], indices: [0] }]],
])('refuses %s', (_, order, levels) => {
  expect(() => placesOfSparse(sparsity(order, [], levels, 4), [3, 4], 1, 'Weight')).toThrow(/damaged/);
});
