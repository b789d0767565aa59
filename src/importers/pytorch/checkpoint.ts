import { inflateSync, strFromU8 } from 'fflate';
import { LimnError } from '../../core/errors.ts';
import {
  type PickleMeaning,
  PythonName,
  type Unpickled,
  type UnpickledObject,
  unpickle,
} from '../../core/pickle/unpickle.ts';
import { unzip } from '../../core/zip/unzip.ts';
import type { Tensor } from '../graph.ts';
import { isZip } from '../recognize/zip-names.ts';
import { type StorageKind, storageKindOf } from './storages.ts';

/** Numbers of a file that tensors are views of. */
interface Storage extends UnpickledObject {
  readonly kind: 'storage';
  readonly type: StorageKind;
  readonly key: string;
  /** How many numbers the file says there are. */
  readonly length: number;
}

/** Part of a storage. */
interface TensorView extends UnpickledObject {
  readonly kind: 'tensor';
  readonly storage: Storage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** Something of the training that no network needs: it is passed over. */
const PASSED_OVER: UnpickledObject = { kind: 'passed over' };

/** The first pickle of a legacy file, and the version that follows (PyTorch, torch/serialization.py). */
const LEGACY_MAGIC = 0x1950a86a20f9469cfc6cn;
const LEGACY_VERSION = 1001;
const MAXIMUM_AXES = 8;
/** Parts of what calls are given, all together: a list may be given to any number of them. */
const MAXIMUM_PARAMETERS = 5_000_000;
/** A network's dictionary lies in that of the checkpoint, or is the file itself. */
const MAXIMUM_DEPTH = 3;
/** Names of what VideoPose3D's and other trainers put beside their weights: states of random generators. */
const TRAINING_STATE =
  /^(numpy\.random\.(mtrand\.(RandomState|__RandomState_ctor)|_pickle\.\w+|_mt19937\.\w+)|numpy\.(_?core\.multiarray\.(_reconstruct|scalar)|ndarray|dtype)|_codecs\.encode)$/;

/**
 * Reads the tensors of a file that `torch.save` has written: a ZIP of a pickle and storages, or, before PyTorch 1.6, a
 * sequence of pickles and raw storages. Nothing of it is run: names other than those of tensors and dictionaries are
 * refused.
 *
 * @param name of the file, for sentences
 * @param isWanted says by the names of some tensors whether a dictionary is the one that is looked for
 * @returns the tensors of the first such dictionary, by name, `module.` in front of names left out
 * @throws {LimnError} if it is damaged, made to do harm, or holds no such dictionary
 */
export function readCheckpoint(
  bytes: Uint8Array,
  name: string,
  isWanted: (names: ReadonlySet<string>) => boolean,
): ReadonlyMap<string, Tensor> {
  const { value, storages } = isZip(bytes) ? readZip(bytes, name) : readLegacy(bytes, name);
  const views = findDictionary(value, isWanted);
  if (!views) {
    throw new LimnError(
      `${name} is a file of PyTorch's, but holds no network of VideoPose3D's kind: there is no expand_conv.weight in it. Limn reads no others of PyTorch's: export the network as TFLite, or as a frozen graph.`,
    );
  }
  // Each number is of a byte at least. Any number of tensors may be views of the same ones, but none of a network's are.
  const most = [...storages.values()].reduce((sum, { length }) => sum + length, 0);
  if ([...views.values()].reduce((sum, { shape }) => sum + countOf(shape), 0) > most) {
    throw new LimnError(`${name} is damaged: its tensors have more numbers than are in it.`);
  }
  return new Map(
    [...views].map(([key, view]) => [
      key,
      { shape: view.shape, values: readTensor(view, storages, name, key) },
    ]),
  );
}

interface ReadFile {
  readonly value: Unpickled;
  /** Raw numbers by key. */
  readonly storages: ReadonlyMap<string, Uint8Array>;
}

function readZip(bytes: Uint8Array, name: string): ReadFile {
  const inflate = (packed: Uint8Array, size: number): Uint8Array =>
    inflateSync(packed, { out: new Uint8Array(size) });
  const entries = unzip(bytes, { name, isWanted: () => true, inflate });
  const pickled = [...entries.keys()].find((path) => /(^|\/)data\.pkl$/.test(path));
  const pickle = pickled === undefined ? undefined : entries.get(pickled);
  if (pickled === undefined || !pickle) {
    throw new LimnError(`${name} is a ZIP, but none that PyTorch has written: there is no data.pkl in it.`);
  }
  const folder = pickled.slice(0, -'data.pkl'.length);
  const order = entries.get(`${folder}byteorder`);
  if (order && strFromU8(order) === 'big') throw bigEndian(name);
  const storages = new Map(
    [...entries].flatMap(([path, content]) =>
      path.startsWith(`${folder}data/`) ? [[path.slice(folder.length + 5), content] as const] : [],
    ),
  );
  return { value: unpickle(pickle, 0, name, createMeaning(name)).value, storages };
}

function readLegacy(bytes: Uint8Array, name: string): ReadFile {
  const meaning = createMeaning(name);
  const known = new Map<string, Storage>();
  const noting: PickleMeaning = {
    ...meaning,
    persistent: (id) => {
      const storage = meaning.persistent(id);
      if (isStorage(storage)) known.set(storage.key, storage);
      return storage;
    },
  };
  let at = 0;
  const next = (): Unpickled => {
    const { value, end } = unpickle(bytes, at, name, noting);
    at = end;
    return value;
  };
  if (next() !== LEGACY_MAGIC || next() !== LEGACY_VERSION) {
    throw new LimnError(`${name} is a pickle, but none that PyTorch has written.`);
  }
  const system = next();
  if (system instanceof Map && system.get('little_endian') === false) throw bigEndian(name);
  const value = next();
  const keys = next();
  if (!Array.isArray(keys)) throw new LimnError(`${name} is damaged: it doesn't list its numbers.`);
  const storages = new Map<string, Uint8Array>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const key of keys) {
    const storage = typeof key === 'string' ? known.get(key) : undefined;
    if (!storage || at + 8 > bytes.length) throw cutOff(name);
    const length = Number(view.getBigUint64(at, true));
    at += 8;
    const size = length * storage.type.bytes;
    if (length !== storage.length || !(size <= bytes.length - at)) throw cutOff(name);
    storages.set(storage.key, bytes.subarray(at, at + size));
    at += size;
  }
  return { value, storages };
}

function bigEndian(name: string): LimnError {
  return new LimnError(`${name} was written on a big-endian machine, which Limn does not read.`);
}

function cutOff(name: string): LimnError {
  return new LimnError(`${name} is cut off or damaged: numbers that it names are not in it.`);
}

function createMeaning(name: string): PickleMeaning {
  const isTrainingState = (asked: PythonName): boolean => TRAINING_STATE.test(asked.text);
  let parts = 0;
  return {
    isKnown: (asked) => CALLS.has(asked.text) || storageKindOf(asked.text) !== null || isTrainingState(asked),
    call: (asked, parameters) => {
      if (isTrainingState(asked)) return PASSED_OVER;
      for (const parameter of parameters) parts += Array.isArray(parameter) ? parameter.length : 1;
      if (parts > MAXIMUM_PARAMETERS) {
        throw new LimnError(`${name} is damaged or made to do harm: it is made of more than any network is.`);
      }
      const call = CALLS.get(asked.text);
      const result = call?.(parameters);
      if (result === undefined)
        throw new LimnError(`${name} is damaged: ${asked.text} can't be made of what it says.`);
      return result;
    },
    refusal: (asked) =>
      new LimnError(
        `${name} is refused: it asks for ${asked.text.slice(0, 100)}, which is no part of a network. Nothing of it was run. Of PyTorch's files Limn reads weights that were saved by themselves (a state_dict), of VideoPose3D.`,
      ),
    persistent: (id) => {
      const [word, type, key, , length] = Array.isArray(id) ? id : [];
      const kind = type instanceof PythonName ? storageKindOf(type.text) : null;
      if (word !== 'storage' || !kind || typeof key !== 'string' || !isCount(length)) {
        throw new LimnError(`${name} is damaged: it refers to numbers in an unknown way.`);
      }
      return { kind: 'storage', type: kind, key, length } satisfies Storage as Storage;
    },
  };
}

/** What may be called, and what that gives; `undefined`: the parameters don't fit. */
const CALLS: ReadonlyMap<string, (parameters: readonly Unpickled[]) => Unpickled | undefined> = new Map([
  ['collections.OrderedDict', orderedDictionary],
  ['torch._utils._rebuild_tensor_v2', rebuildTensor],
  ['torch._utils._rebuild_tensor', rebuildTensor],
  ['torch._utils._rebuild_parameter', ([data]: readonly Unpickled[]) => data],
  ['torch.Size', ([sizes]: readonly Unpickled[]) => sizes],
  ['torch.device', () => PASSED_OVER],
]);

function orderedDictionary([pairs]: readonly Unpickled[]): Unpickled | undefined {
  if (pairs === undefined) return new Map();
  if (!Array.isArray(pairs)) return undefined;
  const entries = pairs.filter(
    (pair): pair is [Unpickled, Unpickled] => Array.isArray(pair) && pair.length === 2,
  );
  return entries.length === pairs.length ? new Map(entries) : undefined;
}

function rebuildTensor([storage, offset, shape, strides]: readonly Unpickled[]): Unpickled | undefined {
  if (!isStorage(storage) || !isCount(offset) || !isCounts(shape) || !isCounts(strides)) return undefined;
  if (shape.length !== strides.length) return undefined;
  return { kind: 'tensor', storage, offset, shape, strides } satisfies TensorView as TensorView;
}

function isCount(value: Unpickled | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isCounts(value: Unpickled | undefined): value is number[] {
  return Array.isArray(value) && value.length <= MAXIMUM_AXES && value.every(isCount);
}

function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function isObject(value: Unpickled | undefined): value is UnpickledObject {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

function isStorage(value: Unpickled | undefined): value is Storage {
  return isObject(value) && value.kind === 'storage';
}

function isTensor(value: Unpickled): value is TensorView {
  return isObject(value) && value.kind === 'tensor';
}

/** The dictionary itself, or one that it holds. */
function findDictionary(
  value: Unpickled,
  isWanted: (names: ReadonlySet<string>) => boolean,
  depth = 0,
  seen: Set<Unpickled> = new Set(),
): ReadonlyMap<string, TensorView> | null {
  // Dictionaries may hold the same one any number of times.
  if (!(value instanceof Map) || depth > MAXIMUM_DEPTH || seen.has(value)) return null;
  seen.add(value);
  const tensors = new Map<string, TensorView>();
  for (const [key, entry] of value) {
    if (typeof key === 'string' && isTensor(entry)) tensors.set(key.replace(/^module\./, ''), entry);
  }
  if (isWanted(new Set(tensors.keys()))) return tensors;
  for (const entry of value.values()) {
    const found = findDictionary(entry, isWanted, depth + 1, seen);
    if (found) return found;
  }
  return null;
}

/** A tensor's numbers in the order of its axes. */
function readTensor(
  { storage, offset, shape, strides }: TensorView,
  storages: ReadonlyMap<string, Uint8Array>,
  name: string,
  key: string,
): Float32Array {
  const bytes = storages.get(storage.key);
  const count = countOf(shape);
  const last = shape.reduce((sum, size, axis) => sum + Math.max(0, size - 1) * (strides[axis] ?? 0), offset);
  const isWithin = count === 0 || last < storage.length;
  if (!bytes || !isWithin || count > storage.length || storage.length * storage.type.bytes > bytes.length) {
    throw new LimnError(`${name} is cut off or damaged: ${key} has more numbers than are in it.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(count);
  const position = shape.map(() => 0);
  let at = offset;
  for (let i = 0; i < count; i++) {
    values[i] = storage.type.read(view, at * storage.type.bytes);
    // On to the next place, the last axis first.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const [size = 1, stride = 0, current = 0] = [shape[axis], strides[axis], position[axis]];
      at += stride;
      if (current + 1 < size) {
        position[axis] = current + 1;
        break;
      }
      at -= stride * size;
      position[axis] = 0;
    }
  }
  return values;
}
