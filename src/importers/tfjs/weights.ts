import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import { fromHalf } from '../half-float.ts';

/** A file of several that make a network. */
export interface NetworkFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface WeightTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

const MAXIMUM_NUMBERS = 2 ** 27;
const size = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAXIMUM_NUMBERS));

/** Form: tfjs, tfjs-core/src/io/types.ts (WeightsManifestConfig). */
export const manifestSchema = v.array(
  v.object({
    paths: v.array(v.string()),
    weights: v.array(
      v.object({
        name: v.string(),
        shape: v.array(size),
        dtype: v.string(),
        quantization: v.optional(
          v.object({ dtype: v.string(), scale: v.optional(v.number()), min: v.optional(v.number()) }),
        ),
      }),
    ),
  }),
);
type Manifest = v.InferOutput<typeof manifestSchema>;
type Spec = Manifest[number]['weights'][number];

/** Bytes of a number of each kind, and how it is read. */
const TYPES: Readonly<
  Record<string, { readonly size: number; readonly read: (view: DataView, at: number) => number }>
> = {
  float32: { size: 4, read: (view, at) => view.getFloat32(at, true) },
  float16: { size: 2, read: (view, at) => fromHalf(view.getUint16(at, true)) },
  int32: { size: 4, read: (view, at) => view.getInt32(at, true) },
  uint16: { size: 2, read: (view, at) => view.getUint16(at, true) },
  uint8: { size: 1, read: (view, at) => view.getUint8(at) },
  bool: { size: 1, read: (view, at) => view.getUint8(at) },
};

/** The weights of a TensorFlow.js model by their names. @throws {LimnError} naming the shard that is missing or cut off */
export function readWeights(
  manifest: Manifest,
  files: readonly NetworkFile[],
  fileName: string,
): ReadonlyMap<string, WeightTensor> {
  const weights = new Map<string, WeightTensor>();
  for (const { paths, weights: specs } of manifest) {
    const bytes = joinShards(paths, files, fileName);
    let at = 0;
    for (const spec of specs) {
      const { tensor, length } = readTensor(spec, bytes, at, fileName);
      weights.set(spec.name, tensor);
      at += length;
    }
  }
  return weights;
}

function joinShards(paths: readonly string[], files: readonly NetworkFile[], fileName: string): Uint8Array {
  const shards = paths.map((path) => {
    const base = path.replace(/^.*\//, '');
    const file = files.find(({ name }) => name.replace(/^.*\//, '') === base);
    if (file) return file.bytes;
    throw new LimnError(
      `${fileName} has its weights in ${paths.length === 1 ? '' : `${paths.length} files, one of them `}${base}, which isn't there. Drop all files of the model together.`,
    );
  });
  const [first] = shards;
  if (first && shards.length === 1) return first;
  const joined = new Uint8Array(shards.reduce((sum, shard) => sum + shard.length, 0));
  let at = 0;
  for (const shard of shards) {
    joined.set(shard, at);
    at += shard.length;
  }
  return joined;
}

function readTensor(
  { name, shape, dtype, quantization }: Spec,
  bytes: Uint8Array,
  at: number,
  fileName: string,
): { tensor: WeightTensor; length: number } {
  const where = `Weight ${name} of ${fileName}`;
  const type = TYPES[quantization?.dtype ?? dtype];
  if (!type) throw new LimnError(`${where} has numbers of a kind that Limn does not read (${dtype}).`);
  const count = shape.reduce((product, each) => product * each, 1);
  const length = count * type.size;
  if (!(count <= MAXIMUM_NUMBERS) || at + length > bytes.length) {
    throw new LimnError(
      `${where} needs ${length} bytes, and ${Math.max(0, bytes.length - at)} are left: a shard is cut off.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, length);
  const { scale = 1, min = 0 } = quantization ?? {};
  const read = (_: unknown, i: number): number => type.read(view, i * type.size) * scale + min;
  const values =
    dtype === 'int32' ? Int32Array.from({ length: count }, read) : Float32Array.from({ length: count }, read);
  return { tensor: { shape, values }, length };
}
