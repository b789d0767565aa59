import { zipSync } from 'fflate';
import { concat } from '../../src/core/bytes.ts';

export interface CheckpointTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export type CheckpointTensors = Readonly<Record<string, CheckpointTensor>>;

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const word = (value: number): Uint8Array => new Uint8Array(Uint32Array.of(value).buffer);

/** Pickle of protocol 2, written by the opcodes of CPython's Lib/pickletools.py. */
export const op = {
  start: Uint8Array.of(0x80, 2),
  stop: Uint8Array.of(0x2e),
  mark: Uint8Array.of(0x28),
  tuple: Uint8Array.of(0x74),
  reduce: Uint8Array.of(0x52),
  emptyTuple: Uint8Array.of(0x29),
  emptyList: Uint8Array.of(0x5d),
  append: Uint8Array.of(0x61),
  appends: Uint8Array.of(0x65),
  emptyDictionary: Uint8Array.of(0x7d),
  setItems: Uint8Array.of(0x75),
  persistent: Uint8Array.of(0x51),
  false: Uint8Array.of(0x89),
  put: (key: number): Uint8Array => Uint8Array.of(0x71, key),
  get: (key: number): Uint8Array => Uint8Array.of(0x68, key),
  integer: (value: number): Uint8Array =>
    concat([Uint8Array.of(0x4a), new Uint8Array(Int32Array.of(value).buffer)]),
  unicode: (value: string): Uint8Array =>
    concat([Uint8Array.of(0x58), word(text(value).length), text(value)]),
  global: (module: string, name: string): Uint8Array => text(`c${module}\n${name}\n`),
} as const;

function pickle(...parts: readonly Uint8Array[]): Uint8Array {
  return concat([op.start, ...parts, op.stop]);
}

function integers(values: readonly number[]): Uint8Array {
  return concat([op.mark, ...values.map(op.integer), op.tuple]);
}

function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
}

/** A tensor, of which numbers lie in a storage. */
export function rebuild(
  key: string,
  { shape, values }: CheckpointTensor,
  storage: string,
  isLegacy: boolean,
): Uint8Array {
  return concat([
    op.global('torch._utils', '_rebuild_tensor_v2'),
    op.mark,
    op.mark,
    op.unicode('storage'),
    op.global('torch', storage),
    op.unicode(key),
    op.unicode('cpu'),
    op.integer(values.length),
    ...(isLegacy ? [Uint8Array.of(0x4e)] : []),
    op.tuple,
    op.persistent,
    op.integer(0),
    integers(shape),
    integers(stridesOf(shape)),
    op.false,
    op.global('collections', 'OrderedDict'),
    op.emptyTuple,
    op.reduce,
    op.tuple,
    op.reduce,
  ]);
}

/** The dictionary of a checkpoint, `{'epoch': 80, 'model_pos': {…}}`. */
function dictionary(tensors: CheckpointTensors, storage: string, isLegacy: boolean): Uint8Array {
  const entries = Object.entries(tensors).map(([name, tensor], i) =>
    concat([op.unicode(name), rebuild(String(i), tensor, storage, isLegacy)]),
  );
  return concat([
    op.emptyDictionary,
    op.mark,
    op.unicode('epoch'),
    op.integer(80),
    op.unicode('model_pos'),
    op.emptyDictionary,
    op.mark,
    ...entries,
    op.setItems,
    op.setItems,
  ]);
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** Numbers as a storage of 32 or of 16 bits has them. */
export type StorageName = 'FloatStorage' | 'HalfStorage';

/** A file as `torch.save` writes it since PyTorch 1.6: a ZIP of stored entries. */
export function writeZipCheckpoint(
  tensors: CheckpointTensors,
  storage: StorageName = 'FloatStorage',
): Uint8Array {
  return zipPickle(
    pickle(dictionary(tensors, storage, false)),
    Object.values(tensors).map(({ values }) =>
      storage === 'HalfStorage' ? new Uint8Array(Uint16Array.from(values, toHalf).buffer) : bytesOf(values),
    ),
  );
}

/** The nearest number of 16 bits that is no subnormal (IEEE 754-2019, binary16), for numbers that fit. */
function toHalf(value: number): number {
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  if (value === 0 || exponent < -14) return 0;
  const fraction = Math.round((Math.abs(value) / 2 ** exponent - 1) * 1024);
  return (value < 0 ? 0x8000 : 0) + ((exponent + 15) << 10) + fraction;
}

/** A ZIP with any pickle in it. */
export function zipPickle(data: Uint8Array, storages: readonly Uint8Array[] = []): Uint8Array {
  const entries = Object.fromEntries(storages.map((bytes, i) => [`net/data/${i}`, bytes]));
  return zipSync({ 'net/data.pkl': data, ...entries, 'net/version': text('3\n') }, { level: 0 });
}

/** A file as `torch.save` wrote it before: pickles, then the numbers, storage by storage. */
export function writeLegacyCheckpoint(tensors: CheckpointTensors): Uint8Array {
  const magic = Uint8Array.of(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19);
  const list = Object.values(tensors);
  return concat([
    pickle(magic),
    pickle(op.integer(1001)),
    pickle(op.emptyDictionary),
    pickle(dictionary(tensors, 'FloatStorage', true)),
    pickle(op.emptyList, op.mark, ...list.map((_, i) => op.unicode(String(i))), op.appends),
    ...list.flatMap(({ values }) => [
      new Uint8Array(BigUint64Array.of(BigInt(values.length)).buffer),
      bytesOf(values),
    ]),
  ]);
}
