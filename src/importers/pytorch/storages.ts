import { fromHalf } from '../../core/numbers/half-float.ts';

/** What the numbers of a storage are. */
export interface StorageKind {
  /** Bytes of a number. */
  readonly bytes: number;
  read(view: DataView, at: number): number;
}

/** The upper half of a float of 32 bits. */
const BRAIN_FLOAT_SHIFT = 16;
const float32 = new Float32Array(1);
const word32 = new Uint32Array(float32.buffer);

function fromBrainFloat(bits: number): number {
  word32[0] = bits << BRAIN_FLOAT_SHIFT;
  return float32[0] ?? Number.NaN;
}

/** By PyTorch's names of them (torch/storage.py). */
const KINDS: Readonly<Record<string, StorageKind>> = {
  Float: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  Double: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  Half: { bytes: 2, read: (view, at) => fromHalf(view.getUint16(at, true)) },
  BFloat16: { bytes: 2, read: (view, at) => fromBrainFloat(view.getUint16(at, true)) },
  Long: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  Int: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  Short: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  Char: { bytes: 1, read: (view, at) => view.getInt8(at) },
  Byte: { bytes: 1, read: (view, at) => view.getUint8(at) },
  Bool: { bytes: 1, read: (view, at) => view.getUint8(at) },
};

/** @param name as a pickle has it, e.g. `torch.FloatStorage`; `null`: it is no storage */
export function storageKindOf(name: string): StorageKind | null {
  const kind = /^torch(?:\.cuda)?\.(\w+)Storage$/.exec(name)?.[1] ?? '';
  return Object.hasOwn(KINDS, kind) ? (KINDS[kind] ?? null) : null;
}
