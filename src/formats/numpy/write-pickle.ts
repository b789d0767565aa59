import { strToU8 } from 'fflate';
import { concat } from '../../core/bytes.ts';

/** What can be pickled here: what VideoPose3D's files are made of. */
export type Pickled = number | string | null | PickledArray | readonly Pickled[] | PickledDictionary;

/** A NumPy array of floats, or of objects. */
export interface PickledArray {
  readonly shape: readonly number[];
  readonly values: Float32Array | readonly Pickled[];
}

export interface PickledDictionary {
  readonly entries: readonly (readonly [string, Pickled])[];
}

const PROTOCOL = 3;
const OP = {
  proto: 0x80,
  stop: 0x2e,
  none: 0x4e,
  global: 0x63,
  mark: 0x28,
  tuple: 0x74,
  emptyTuple: 0x29,
  emptyList: 0x5d,
  appends: 0x65,
  emptyDictionary: 0x7d,
  setItems: 0x75,
  reduce: 0x52,
  build: 0x62,
  integer: 0x4a,
  float: 0x47,
  text: 0x58,
  bytes: 0x42,
  true: 0x88,
  false: 0x89,
} as const;

/**
 * Python's pickle of arrays, lists, dictionaries, texts and numbers, as `numpy.load` with `allow_pickle` reads it.
 *
 * Format: CPython, Lib/pickletools.py; what arrays are made of: numpy, `ndarray.__reduce__` and `dtype.__reduce__`.
 */
export function pickle(value: Pickled): Uint8Array {
  const out = new PickleWriter();
  out.write(value);
  return out.finish();
}

class PickleWriter {
  readonly #parts: Uint8Array[] = [Uint8Array.of(OP.proto, PROTOCOL)];

  write(value: Pickled): void {
    if (value === null) this.#op(OP.none);
    else if (typeof value === 'number') this.#number(value);
    else if (typeof value === 'string') this.#text(value);
    else if (isList(value)) this.#list(value);
    else if ('entries' in value) this.#dictionary(value);
    else this.#array(value);
  }

  finish(): Uint8Array {
    this.#op(OP.stop);
    return concat(this.#parts);
  }

  #op(...codes: number[]): void {
    this.#parts.push(Uint8Array.from(codes));
  }

  #number(value: number): void {
    const isInteger = Number.isInteger(value) && Math.abs(value) < 2 ** 31;
    const view = new DataView(new ArrayBuffer(isInteger ? 5 : 9));
    view.setUint8(0, isInteger ? OP.integer : OP.float);
    if (isInteger) view.setInt32(1, value, true);
    else view.setFloat64(1, value, false);
    this.#parts.push(new Uint8Array(view.buffer));
  }

  #text(value: string): void {
    this.#sized(OP.text, strToU8(value));
  }

  #sized(op: number, bytes: Uint8Array): void {
    const head = new DataView(new ArrayBuffer(5));
    head.setUint8(0, op);
    head.setUint32(1, bytes.length, true);
    this.#parts.push(new Uint8Array(head.buffer), bytes);
  }

  #global(module: string, name: string): void {
    this.#op(OP.global);
    this.#parts.push(strToU8(`${module}\n${name}\n`));
  }

  #list(values: readonly Pickled[]): void {
    this.#op(OP.emptyList, OP.mark);
    for (const value of values) this.write(value);
    this.#op(OP.appends);
  }

  #dictionary({ entries }: PickledDictionary): void {
    this.#op(OP.emptyDictionary, OP.mark);
    for (const [key, value] of entries) {
      this.#text(key);
      this.write(value);
    }
    this.#op(OP.setItems);
  }

  #array({ shape, values }: PickledArray): void {
    const isFloats = values instanceof Float32Array;
    this.#global('numpy.core.multiarray', '_reconstruct');
    this.#op(OP.mark);
    this.#global('numpy', 'ndarray');
    this.#op(OP.mark);
    this.#number(0);
    this.#op(OP.tuple);
    this.#sized(OP.bytes, strToU8('b'));
    this.#op(OP.tuple, OP.reduce, OP.mark);
    this.#number(1);
    this.#op(OP.mark);
    for (const axis of shape) this.#number(axis);
    this.#op(OP.tuple);
    this.#type(isFloats);
    this.#op(OP.false);
    if (isFloats) {
      this.#sized(OP.bytes, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    } else {
      this.#list(values);
    }
    this.#op(OP.tuple, OP.build);
  }

  /** `numpy.dtype`: little-endian floats of 32 bits, or objects. */
  #type(isFloats: boolean): void {
    this.#global('numpy', 'dtype');
    this.#op(OP.mark);
    this.#text(isFloats ? 'f4' : 'O8');
    this.#op(OP.false, OP.true, OP.tuple, OP.reduce, OP.mark);
    this.#number(PROTOCOL);
    this.#text(isFloats ? '<' : '|');
    this.#op(OP.none, OP.none, OP.none);
    this.#number(-1);
    this.#number(-1);
    this.#number(isFloats ? 0 : OBJECT_FLAGS);
    this.#op(OP.tuple, OP.build);
  }
}

/** NumPy's NPY_OBJECT_DTYPE_FLAGS. */
const OBJECT_FLAGS = 63;

function isList(value: object): value is readonly Pickled[] {
  return Array.isArray(value);
}
