import { strToU8 } from 'fflate';

/** What an array's numbers are, as NumPy writes it: little-endian floats, integers. */
const TYPES = [
  [Float32Array, '<f4'],
  [Float64Array, '<f8'],
  [Int32Array, '<i4'],
  [BigInt64Array, '<i8'],
  [Uint8Array, '|u1'],
] as const;

export type NpyArray = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array;

const MAGIC = [0x93, ...strToU8('NUMPY'), 1, 0];
/** The header ends on a multiple of this. */
const ALIGNMENT = 64;

/**
 * An array as a `.npy` file, format version 1.0, C order.
 *
 * Format: numpy, numpy/lib/format.py.
 *
 * @param shape lengths of the axes; their product is the number of values
 */
export function writeNpy(values: NpyArray, shape: readonly number[]): Uint8Array {
  const type = TYPES.find(([kind]) => values instanceof kind)?.[1];
  if (!type) throw new TypeError('There is no NumPy type for this array.');
  return withHeader(type, shape, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

/** An array of Python objects as a `.npy` file. @param pickled the array itself, shape and all */
export function writeNpyObjects(pickled: Uint8Array, shape: readonly number[]): Uint8Array {
  return withHeader('|O', shape, pickled);
}

function withHeader(type: string, shape: readonly number[], content: Uint8Array): Uint8Array {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': (${axes}), }`;
  const unpadded = MAGIC.length + 2 + dictionary.length + 1;
  const padding = (ALIGNMENT - (unpadded % ALIGNMENT)) % ALIGNMENT;
  const header = strToU8(`${dictionary}${' '.repeat(padding)}\n`);
  const start = MAGIC.length + 2 + header.length;
  const bytes = new Uint8Array(start + content.length);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint16(MAGIC.length, header.length, true);
  bytes.set(header, MAGIC.length + 2);
  bytes.set(content, start);
  return bytes;
}
