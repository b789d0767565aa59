import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import type { Graph } from '../graph.ts';
import { type ModelShapes, refuseKnown } from '../recognize/known-models.ts';
import { readGraphModel, topologySchema } from './graph-model.ts';
import { layersSchema, readLayersModel } from './layers-model.ts';
import { manifestSchema, matchShards, type NetworkFile } from './manifest.ts';
import { readWeights } from './weights.ts';

const side = v.union([v.string(), v.number()]);
const tensors = v.record(
  v.string(),
  v.object({ tensorShape: v.optional(v.object({ dim: v.optional(v.array(v.object({ size: side })), []) })) }),
);
/** What a signature isn't read of says nothing: then layers do. */
const signature = v.fallback(
  v.optional(v.object({ inputs: v.optional(tensors, {}), outputs: v.optional(tensors, {}) })),
  undefined,
);
const modelSchema = v.object({
  modelTopology: v.looseObject({}),
  weightsManifest: v.optional(manifestSchema, []),
  signature,
  userDefinedMetadata: v.fallback(v.optional(v.object({ signature })), undefined),
});

type Model = v.InferOutput<typeof modelSchema>;

/**
 * Reads a model of TensorFlow.js: `model.json`, and its shards beside it. Both kinds: graph models and layers models.
 *
 * @throws {LimnError} naming file, layer and what was unexpected
 */
export function readTfjs(json: unknown, files: readonly NetworkFile[], fileName: string): Graph {
  const model = checkModel(json, fileName);
  refuseKnown(shapesOf(model), fileName);
  const { modelTopology, weightsManifest } = model;
  const weights = readWeights(weightsManifest, files, fileName);
  if ('node' in modelTopology) {
    return readGraphModel(checked(topologySchema, modelTopology, fileName), weights, fileName);
  }
  const config = 'model_config' in modelTopology ? modelTopology.model_config : modelTopology;
  return readLayersModel(checked(layersSchema, config, fileName), weights, fileName);
}

/**
 * Reads a graph model of TensorFlow.js up to some of its layers, the heads, whose maps come out joined along the channels:
 * what is done with them behind that is somebody else's.
 *
 * @throws {LimnError} naming file, layer and what was unexpected
 */
export function readTfjsHeads(
  json: unknown,
  files: readonly NetworkFile[],
  fileName: string,
  heads: readonly string[],
): Graph {
  const { modelTopology, weightsManifest } = checkModel(json, fileName);
  const weights = readWeights(weightsManifest, files, fileName);
  return readGraphModel(checked(topologySchema, modelTopology, fileName), weights, fileName, heads);
}

/** What goes in and comes out, as the converter has noted it. */
function shapesOf({ signature: own, userDefinedMetadata }: Model): ModelShapes {
  const { inputs = {}, outputs = {} } = own ?? userDefinedMetadata?.signature ?? {};
  const shapes = (all: v.InferOutput<typeof tensors>): number[][] =>
    Object.values(all).map(({ tensorShape }) => (tensorShape?.dim ?? []).map(({ size }) => Number(size)));
  return { inputs: shapes(inputs), outputs: shapes(outputs), outputNames: Object.keys(outputs) };
}

/** The shards that a model names, in its order, each as long as it must be. @throws {LimnError} as {@link matchShards} */
export function shardsOf(json: unknown, files: readonly NetworkFile[], fileName: string): NetworkFile[] {
  const { weightsManifest } = checkModel(json, fileName);
  return [...new Set(matchShards(weightsManifest, files, fileName).flat())];
}

function checkModel(json: unknown, fileName: string): Model {
  const model = v.safeParse(modelSchema, json);
  if (model.success) return model.output;
  const path = v.getDotPath(model.issues[0]) ?? 'its beginning';
  throw new LimnError(`${fileName} is no model of TensorFlow.js: it is not as one at ${path}.`);
}

function checked<T>(schema: v.GenericSchema<unknown, T>, value: unknown, fileName: string): T {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const path = v.getDotPath(result.issues[0]) ?? 'its beginning';
  throw new LimnError(`${fileName} is damaged: its layers are not as TensorFlow.js writes them at ${path}.`);
}
