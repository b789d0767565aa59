import { fromHalf } from '../../core/numbers/half-float.ts';
import { extentOf, type Manifest, matchShards, type NetworkFile, type WeightSpec } from './manifest.ts';

export interface WeightTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** How a number of each kind is read. */
const READERS: Readonly<Record<string, (view: DataView, at: number) => number>> = {
  float32: (view, at) => view.getFloat32(at, true),
  float16: (view, at) => fromHalf(view.getUint16(at, true)),
  int32: (view, at) => view.getInt32(at, true),
  uint16: (view, at) => view.getUint16(at, true),
  uint8: (view, at) => view.getUint8(at),
  bool: (view, at) => view.getUint8(at),
};

/** The weights of a TensorFlow.js model by their names. @throws {LimnError} as {@link matchShards} */
export function readWeights(
  manifest: Manifest,
  files: readonly NetworkFile[],
  fileName: string,
): ReadonlyMap<string, WeightTensor> {
  const weights = new Map<string, WeightTensor>();
  const groups = matchShards(manifest, files, fileName);
  for (const [group, { weights: specs }] of manifest.entries()) {
    const bytes = join(groups[group] ?? []);
    let at = 0;
    for (const spec of specs) {
      const extent = extentOf(spec, fileName);
      weights.set(spec.name, readTensor(spec, extent.count, bytes.subarray(at, at + extent.bytes)));
      at += extent.bytes;
    }
  }
  return weights;
}

function join(shards: readonly NetworkFile[]): Uint8Array {
  const [first] = shards;
  if (first && shards.length === 1) return first.bytes;
  const joined = new Uint8Array(shards.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let at = 0;
  for (const { bytes } of shards) {
    joined.set(bytes, at);
    at += bytes.length;
  }
  return joined;
}

function readTensor(
  { shape, dtype, quantization }: WeightSpec,
  count: number,
  bytes: Uint8Array,
): WeightTensor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stored = quantization?.dtype ?? dtype;
  const number = READERS[stored];
  if (!number) throw new Error(`Nobody has checked that ${stored} is read.`);
  const size = count === 0 ? 0 : bytes.length / count;
  const { scale = 1, min = 0 } = quantization ?? {};
  const read = (_: unknown, i: number): number => number(view, i * size) * scale + min;
  const values =
    dtype === 'int32' ? Int32Array.from({ length: count }, read) : Float32Array.from({ length: count }, read);
  return { shape, values };
}
