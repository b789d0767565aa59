import { LimnError } from '../../core/errors.ts';
import {
  type PickleMeaning,
  type Unpickled,
  type UnpickledObject,
  unpickle,
} from '../../core/pickle/unpickle.ts';
import { type NpyArray, readNumbers, startOfNpy } from './read-array.ts';

/** NumPy's type of numbers, or of objects. */
class PickledType implements UnpickledObject {
  readonly kind = 'type';
  readonly code: string;
  order = '|';

  constructor(code: string) {
    this.code = code;
  }
}

/** An array out of a pickle. Its numbers are only made of its bytes when they are asked for. */
export class PickledArray implements UnpickledObject {
  readonly kind = 'array';
  shape: readonly number[] = [];
  /** Of an array of objects, in C order; `null`: it holds numbers. */
  objects: readonly Unpickled[] | null = null;
  type = '';
  isFortran = false;
  bytes: Uint8Array = new Uint8Array();

  /** @throws {LimnError} naming the array, if it holds no numbers, or not as many as its shape says */
  numbers(name: string): NpyArray {
    return readNumbers(this.bytes, { type: this.type, isFortran: this.isFortran, shape: this.shape }, name);
  }
}

/** A dictionary's entries; `null`: it is none. */
export function toDictionary(value: Unpickled | undefined): ReadonlyMap<Unpickled, Unpickled> | null {
  return value instanceof Map ? value : null;
}

const MULTIARRAY = /^numpy\._?core\.multiarray\.(_reconstruct|scalar)$/;
const OTHERS = ['numpy.ndarray', 'numpy.dtype', '_codecs.encode'];
const TYPE = /^([fiub]\d|O\d?)$/;

/**
 * The objects of a `.npy` file whose array is one of objects. What is in its pickle is numbers, texts, lists, dictionaries and
 * arrays; whatever else it names is refused, and nothing of it is run.
 *
 * Format: numpy, `ndarray.__reduce__`, `ndarray.__setstate__`, `dtype.__reduce__`.
 *
 * @throws {LimnError} naming the array, if it is damaged or made to do harm
 */
export function readNpyObjects(bytes: Uint8Array, name: string): PickledArray {
  const { value } = unpickle(bytes, startOfNpy(bytes, name), name, meaningFor(name));
  if (!(value instanceof PickledArray) || value.objects === null)
    throw damaged(name, 'its objects are in no array');
  return value;
}

function meaningFor(name: string): PickleMeaning {
  return {
    isKnown: ({ text }) => MULTIARRAY.test(text) || OTHERS.includes(text),
    call: ({ text }, parameters) => {
      if (text.endsWith('._reconstruct')) return new PickledArray();
      if (text === 'numpy.dtype') return toType(parameters, name);
      if (text === '_codecs.encode') return toBytes(parameters, name);
      if (text.endsWith('.scalar')) return toNumber(parameters, name);
      throw damaged(name, `${text} makes nothing`);
    },
    build: (target, state) => {
      if (!Array.isArray(state)) throw damaged(name, 'something in it has no state');
      if (target instanceof PickledType) {
        const [, order] = state;
        if (typeof order === 'string') target.order = order;
      } else if (target instanceof PickledArray) {
        fill(target, state, name);
      } else {
        throw damaged(name, 'something in it has a state that has none');
      }
    },
    persistent: () => {
      throw damaged(name, 'it refers to something outside');
    },
    refusal: (asked) =>
      new LimnError(
        `${name} is refused: it asks for ${asked.text.slice(0, 100)}, which is no part of an array. Nothing of it was run. Save only the numbers, with numpy.save(file, array.astype('float32')).`,
      ),
  };
}

function damaged(name: string, why: string): LimnError {
  return new LimnError(`${name} is damaged: ${why}.`);
}

function toType([code]: readonly Unpickled[], name: string): PickledType {
  if (typeof code !== 'string' || !TYPE.test(code)) {
    throw damaged(name, `it holds numbers of a kind that Limn doesn't read (${String(code).slice(0, 20)})`);
  }
  return new PickledType(code);
}

/** Bytes as Python 3 writes them for Python 2: as a text of characters up to 255. */
function toBytes([text, encoding]: readonly Unpickled[], name: string): Uint8Array {
  const bytes = typeof text === 'string' && encoding === 'latin1' ? fromCharacters(text) : null;
  if (!bytes) throw damaged(name, 'bytes in it are in an unknown encoding');
  return bytes;
}

/** `null`: a character is no byte. */
function fromCharacters(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0xff) return null;
    bytes[i] = code;
  }
  return bytes;
}

function toNumber([type, data]: readonly Unpickled[], name: string): number {
  const bytes = bytesOf(data);
  if (!(type instanceof PickledType) || !bytes) throw damaged(name, 'a number in it is none');
  const layout = { type: type.order + type.code, isFortran: false, shape: [] };
  return readNumbers(bytes, layout, name).values[0] ?? Number.NaN;
}

function bytesOf(data: Unpickled | undefined): Uint8Array | null {
  if (data instanceof Uint8Array) return data;
  return typeof data === 'string' ? fromCharacters(data) : null;
}

function fill(
  array: PickledArray,
  [, shape, type, isFortran, data]: readonly Unpickled[],
  name: string,
): void {
  const isShape =
    Array.isArray(shape) && shape.every((axis) => Number.isSafeInteger(axis) && Number(axis) >= 0);
  if (!isShape || !(type instanceof PickledType))
    throw damaged(name, 'an array in it has no shape or no type');
  array.shape = shape.map(Number);
  array.isFortran = isFortran === true;
  if (type.code.startsWith('O')) {
    const count = array.shape.reduce((product, axis) => product * axis, 1);
    if (!Array.isArray(data) || data.length !== count) throw damaged(name, 'an array in it lacks objects');
    array.objects = data;
    return;
  }
  const bytes = bytesOf(data);
  if (!bytes) throw damaged(name, 'an array in it has no numbers');
  array.type = type.order + type.code;
  array.bytes = bytes;
}
