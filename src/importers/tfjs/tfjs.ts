import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import type { Graph } from '../graph.ts';
import { readGraphModel, topologySchema } from './graph-model.ts';
import { layersSchema, readLayersModel } from './layers-model.ts';
import { manifestSchema, type NetworkFile, readWeights } from './weights.ts';

const modelSchema = v.object({
  modelTopology: v.looseObject({}),
  weightsManifest: v.optional(manifestSchema, []),
});

/**
 * Reads a model of TensorFlow.js: `model.json`, and its shards beside it. Both kinds: graph models and layers models.
 *
 * @throws {LimnError} naming file, layer and what was unexpected
 */
export function readTfjs(json: unknown, files: readonly NetworkFile[], fileName: string): Graph {
  const model = v.safeParse(modelSchema, json);
  if (!model.success) {
    const path = v.getDotPath(model.issues[0]) ?? 'its beginning';
    throw new LimnError(`${fileName} is no model of TensorFlow.js: it is not as one at ${path}.`);
  }
  const { modelTopology, weightsManifest } = model.output;
  const weights = readWeights(weightsManifest, files, fileName);
  if ('node' in modelTopology) {
    return readGraphModel(checked(topologySchema, modelTopology, fileName), weights, fileName);
  }
  const config = 'model_config' in modelTopology ? modelTopology.model_config : modelTopology;
  return readLayersModel(checked(layersSchema, config, fileName), weights, fileName);
}

function checked<T>(schema: v.GenericSchema<unknown, T>, value: unknown, fileName: string): T {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const path = v.getDotPath(result.issues[0]) ?? 'its beginning';
  throw new LimnError(`${fileName} is damaged: its layers are not as TensorFlow.js writes them at ${path}.`);
}
