import { strFromU8 } from 'fflate';
import { LimnError } from '../core/errors.ts';

/** An array out of a `.npy` file. */
export interface NpyArray {
  /** In C order: the last axis varies fastest. */
  readonly values: Float64Array;
  readonly shape: readonly number[];
}

const HEADER_AT = 10;
/** The types that are read, with the bytes of a number. */
const TYPES: Readonly<Record<string, (view: DataView, at: number) => number>> = {
  '<f4': (view, at) => view.getFloat32(at, true),
  '<f8': (view, at) => view.getFloat64(at, true),
  '<i4': (view, at) => view.getInt32(at, true),
  '|u1': (view, at) => view.getUint8(at),
  '<i8': (view, at) => Number(view.getBigInt64(at, true)),
};

/**
 * Reads an array of floats or integers, format version 1.0, C order.
 *
 * Format: numpy, numpy/lib/format.py.
 *
 * @throws {LimnError} naming the array, if it is of another kind or damaged
 */
export function readNpy(bytes: Uint8Array, name: string): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_AT || bytes[0] !== 0x93 || strFromU8(bytes.subarray(1, 6), true) !== 'NUMPY') {
    throw new LimnError(`${name} is no NumPy array, or its start is damaged.`);
  }
  const start = HEADER_AT + view.getUint16(8, true);
  const header = strFromU8(bytes.subarray(HEADER_AT, start), true);
  const type = /'descr':\s*'([^']*)'/.exec(header)?.[1] ?? '';
  const shapeText = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  const read = TYPES[type];
  if (bytes[6] !== 1 || !read || shapeText === undefined || !/'fortran_order':\s*False/.test(header)) {
    throw new LimnError(
      `${name} is an array of a kind that Limn doesn't read (${type || 'unknown'}): export it as float32.`,
    );
  }
  const shape = shapeText
    .split(',')
    .filter((axis) => axis.trim() !== '')
    .map(Number);
  const size = Number(type.at(-1));
  const length = shape.reduce((product, axis) => product * axis, 1);
  if (start + length * size !== bytes.length) {
    throw new LimnError(`${name} is cut off or damaged: its length is not the one that it states.`);
  }
  return { values: Float64Array.from({ length }, (_, i) => read(view, start + i * size)), shape };
}
