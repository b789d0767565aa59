import { strFromU8 } from 'fflate';
import { LimnError } from '../../core/errors.ts';
import { fromHalf } from '../../core/numbers/half-float.ts';

/** An array out of a `.npy` file. */
export interface NpyArray {
  /** In C order: the last axis varies fastest. */
  readonly values: Float64Array;
  readonly shape: readonly number[];
}

type ReadNumber = (view: DataView, at: number, isLittle: boolean) => number;

/** The types that are read, by kind and bytes of a number. */
const TYPES: Readonly<Record<string, ReadNumber>> = {
  f2: (view, at, isLittle) => fromHalf(view.getUint16(at, isLittle)),
  f4: (view, at, isLittle) => view.getFloat32(at, isLittle),
  f8: (view, at, isLittle) => view.getFloat64(at, isLittle),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, isLittle) => view.getInt16(at, isLittle),
  i4: (view, at, isLittle) => view.getInt32(at, isLittle),
  i8: (view, at, isLittle) => Number(view.getBigInt64(at, isLittle)),
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, isLittle) => view.getUint16(at, isLittle),
  u4: (view, at, isLittle) => view.getUint32(at, isLittle),
  u8: (view, at, isLittle) => Number(view.getBigUint64(at, isLittle)),
  b1: (view, at) => view.getUint8(at),
};
/** More numbers than these don't fit into memory as 64 bits each. */
const MAXIMUM_NUMBERS = 2 ** 27;
/** Frames, people, keypoints and their numbers. */
const MAXIMUM_AXES = 4;

/**
 * Reads an array of floats, integers or truth values, of any byte order, in C or Fortran order. What it holds is bounded by
 * the bytes that there are, whatever its header says.
 *
 * Format: numpy, numpy/lib/format.py, versions 1.0 to 3.0.
 *
 * @throws {LimnError} naming the array, if it is of another kind, has more than four axes, or is damaged
 */
export function readNpy(bytes: Uint8Array, name: string): NpyArray {
  const { start, ...layout } = readHeader(bytes, name);
  return readNumbers(bytes.subarray(start), layout, name);
}

/** How an array's numbers lie in bytes. */
export interface NumberLayout {
  /** Byte order (`<`, `>`, `|` or `=`; without one, `<`), kind and bytes of a number: `<f4`. */
  readonly type: string;
  readonly isFortran: boolean;
  readonly shape: readonly number[];
}

/** @throws {LimnError} naming the array, if its numbers are of another kind, or not as many as its shape says */
export function readNumbers(
  bytes: Uint8Array,
  { type, isFortran, shape }: NumberLayout,
  name: string,
): NpyArray {
  const parts = /^([<>=|]?)([fiub])(\d)$/.exec(type);
  const [, order = '', kind = '', size = ''] = parts ?? [];
  const read = TYPES[kind + size];
  if (!read) throw isOfAnotherKind(name, type);
  const length = shape.reduce((product, axis) => product * axis, 1);
  if (length * Number(size) !== bytes.length) {
    throw new LimnError(`${name} is cut off or damaged: its length is not the one that it states.`);
  }
  if (length > MAXIMUM_NUMBERS) {
    throw new LimnError(`${name} holds ${length} numbers, more than can be held in memory: split it.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float64Array(length);
  for (let i = 0; i < length; i++) values[i] = read(view, i * Number(size), order !== '>');
  return { values: isFortran ? toCOrder(values, shape) : values, shape };
}

/** Does a `.npy` file hold objects of Python's? Its numbers are then a pickle. */
export function holdsObjects(bytes: Uint8Array, name: string): boolean {
  return /O/.test(readHeader(bytes, name).type);
}

/** Where the numbers of a `.npy` file begin, or the pickle of its objects. @throws {LimnError} if it is damaged */
export function startOfNpy(bytes: Uint8Array, name: string): number {
  return readHeader(bytes, name).start;
}

interface NpyHeader extends NumberLayout {
  /** Where the numbers begin. */
  readonly start: number;
}

const MAGIC = '\x93NUMPY';
const VERSION_AT = 6;
const LENGTH_AT = 8;

function readHeader(bytes: Uint8Array, name: string): NpyHeader {
  const version = bytes[VERSION_AT] ?? 0;
  // Later versions have room for longer headers.
  const headerAt = version === 1 ? LENGTH_AT + 2 : LENGTH_AT + 4;
  const isNpy =
    bytes.length >= headerAt &&
    strFromU8(bytes.subarray(0, MAGIC.length), true) === MAGIC &&
    version >= 1 &&
    version <= 3;
  if (!isNpy) throw new LimnError(`${name} is no NumPy array, or its start is damaged.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start =
    headerAt + (version === 1 ? view.getUint16(LENGTH_AT, true) : view.getUint32(LENGTH_AT, true));
  if (start > bytes.length) throw new LimnError(`${name} is cut off or damaged: it ends in its header.`);
  const header = strFromU8(bytes.subarray(headerAt, start), true);
  const type = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  // Python 2 wrote an L behind long integers.
  const shape = /'shape':\s*\(([\dL,\s]*)\)/.exec(header)?.[1];
  if (type === undefined)
    throw isOfAnotherKind(name, /'descr':\s*\[/.test(header) ? 'a table with columns' : 'unknown');
  if (order === undefined || shape === undefined) {
    throw new LimnError(`${name} has a damaged header: it says no shape. Save it again.`);
  }
  const axes = shape.split(',');
  // Behind the last axis there may be a comma.
  const count = axes.length - (axes.at(-1)?.trim() === '' ? 1 : 0);
  if (count > MAXIMUM_AXES) {
    throw new LimnError(
      `${name} is an array of ${count} axes; Limn reads at most ${MAXIMUM_AXES}: frames × people × keypoints × 2 or 3.`,
    );
  }
  const lengths = axes.slice(0, count).map((axis) => Number(axis.trim().replace(/L$/, '')));
  return { type, isFortran: order === 'True', shape: lengths, start };
}

function isOfAnotherKind(name: string, type: string): LimnError {
  if (/O/.test(type)) {
    return new LimnError(
      `${name} holds Python objects (pickled), which Limn doesn't read, for they could run something: save only the numbers, with numpy.save(file, array.astype('float32')).`,
    );
  }
  return new LimnError(
    `${name} is an array of a kind that Limn doesn't read (${type}): save it as float32, with array.astype('float32').`,
  );
}

/** The first axis varies fastest, before; the last one, after. */
function toCOrder(values: Float64Array, shape: readonly number[]): Float64Array {
  const result = new Float64Array(values.length);
  const place = shape.map(() => 0);
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, each) => product * each, 1));
  for (const value of values) {
    result[place.reduce((at, each, axis) => at + each * (strides[axis] ?? 0), 0)] = value;
    for (let axis = 0; axis < shape.length; axis++) {
      place[axis] = (place[axis] ?? 0) + 1;
      if ((place[axis] ?? 0) < (shape[axis] ?? 0)) break;
      place[axis] = 0;
    }
  }
  return result;
}
