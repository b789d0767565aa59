import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';

/** A file of several that make a network. */
export interface NetworkFile {
  readonly name: string;
  readonly bytes: Uint8Array;
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
export type Manifest = v.InferOutput<typeof manifestSchema>;
export type WeightSpec = Manifest[number]['weights'][number];

const pathsSchema = v.object({ weightsManifest: v.array(v.object({ paths: v.array(v.string()) })) });

/** The paths of the shards that a `model.json` names; `null`: it is none. @param json as it was parsed */
export function shardPaths(json: unknown): string[] | null {
  const parsed = v.safeParse(pathsSchema, json);
  return parsed.success ? parsed.output.weightsManifest.flatMap(({ paths }) => paths) : null;
}

/** Bytes of a number of each kind. */
export const NUMBER_BYTES: Readonly<Record<string, number>> = {
  float32: 4,
  float16: 2,
  int32: 4,
  uint16: 2,
  uint8: 1,
  bool: 1,
};

/** How many numbers a weight has, and how many bytes they take. @throws {LimnError} if they are of a kind that isn't read */
export function extentOf(
  { name, shape, dtype, quantization }: WeightSpec,
  fileName: string,
): { readonly count: number; readonly bytes: number } {
  const each = NUMBER_BYTES[quantization?.dtype ?? dtype];
  if (each === undefined)
    throw new LimnError(
      `Weight ${name} of ${fileName} has numbers of a kind that Limn does not read (${dtype}).`,
    );
  const count = shape.reduce((product, side) => product * side, 1);
  if (!(count <= MAXIMUM_NUMBERS))
    throw new LimnError(
      `Weight ${name} of ${fileName} has ${shape.join(' × ')} numbers: the file is damaged.`,
    );
  return { count, bytes: count * each };
}

/** The folder of a path, with the slash behind it. */
const folderOf = (path: string): string => path.replace(/[^/]*$/, '');
const baseOf = (path: string): string => path.replace(/^.*\//, '');

/**
 * The file that a `model.json` means by a path: the one there, seen from its own folder, or the only one of that name.
 * `null`: it isn't among them.
 */
export function shardOf<File extends { readonly name: string }>(
  path: string,
  modelName: string,
  files: readonly File[],
): File | null {
  const wanted = folderOf(modelName) + path.replace(/^\.\//, '');
  const exact = files.find(({ name }) => name === wanted);
  if (exact) return exact;
  const alike = files.filter(({ name }) => baseOf(name) === baseOf(path));
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

/**
 * The shards that a manifest names, whatever they are called, group by group, each as long as its weights need.
 *
 * @throws {LimnError} naming the shard that is missing, cut off or of another model
 */
export function matchShards(
  manifest: Manifest,
  files: readonly NetworkFile[],
  fileName: string,
): readonly (readonly NetworkFile[])[] {
  return manifest.map(({ paths, weights }) => {
    const shards = paths.map((path) => {
      const shard = shardOf(path, fileName, files);
      if (shard) return shard;
      const beside = paths.length === 1 ? '' : `${paths.length} files, one of them `;
      throw new LimnError(
        `${baseOf(fileName)} has its weights in ${beside}${baseOf(path)}, which isn't there. Drop all files of the model together.`,
      );
    });
    const needed = weights.reduce((sum, spec) => sum + extentOf(spec, baseOf(fileName)).bytes, 0);
    checkLengths(shards, needed, baseOf(fileName));
    return shards;
  });
}

function checkLengths(shards: readonly NetworkFile[], needed: number, fileName: string): void {
  const pointer = shards.find(({ bytes }) => startsWith(bytes, GIT_LFS));
  if (pointer)
    throw new LimnError(
      `${baseOf(pointer.name)} is a pointer of Git LFS to the weights, not the weights: fetch the file itself.`,
    );
  const page = shards.find(({ bytes }) => startsWith(bytes, '<!DOCTYPE') || startsWith(bytes, '<html'));
  if (page) throw new LimnError(`${baseOf(page.name)} is a web page, not weights: download the file itself.`);
  const found = shards.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const odd = oddShard(shards);
  if (found === needed && odd === null) return;
  const [first] = shards;
  const suspect = odd ?? (shards.length === 1 ? first : undefined);
  const who = suspect ? `${baseOf(suspect.name)} (${suspect.bytes.length} bytes)` : 'one of them';
  const why =
    found === needed
      ? `${who} is not as long as the others, which only the last may be: shards are swapped, or of another model`
      : `its weights need ${needed} bytes, and ${found} are there: ${who} is ${found < needed ? 'cut off, or of another model' : 'of another model'}`;
  throw new LimnError(`${fileName} doesn't fit its shards: ${why}. Copy all of them again.`);
}

const GIT_LFS = 'version https://git-lfs';
/** As TensorFlow.js' converter names them: it fills every shard but the last. */
const NUMBERED = /shard\d+of\d+(\.bin)?$/i;

/** The first shard that isn't as long as the converter makes it; `null`: all are, or something else has written them. */
function oddShard(shards: readonly NetworkFile[]): NetworkFile | null {
  if (shards.length < 2 || !shards.every(({ name }) => NUMBERED.test(name))) return null;
  const longest = shards.reduce((most, { bytes }) => Math.max(most, bytes.length), 0);
  return shards.slice(0, -1).find(({ bytes }) => bytes.length !== longest) ?? null;
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((character, i) => bytes[i] === character.charCodeAt(0));
}
