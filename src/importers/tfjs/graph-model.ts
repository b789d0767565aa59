import { base64 } from '@scure/base';
import { strFromU8 } from 'fflate';
import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import type { Graph } from '../graph.ts';
import { convertGraph } from '../tensorflow/frozen-graph.ts';
import type { Attribute, TensorFlowNode } from '../tensorflow/graph-def.ts';
import { JOINED_HEADS, joinHeads } from '../tensorflow/join-heads.ts';
import type { WeightTensor } from './weights.ts';

const MAXIMUM_NODES = 100_000;
const text = v.union([v.string(), v.number()]);
const dimensions = v.object({ dim: v.optional(v.array(v.object({ size: text }))) });
const attributeSchema = v.object({
  s: v.optional(v.string()),
  i: v.optional(text),
  f: v.optional(v.number()),
  b: v.optional(v.boolean()),
  shape: v.optional(dimensions),
  list: v.optional(v.object({ i: v.optional(v.array(text)), s: v.optional(v.array(v.string())) })),
});

/** Form: tfjs, tfjs-converter/src/data/compiled_api.ts. */
export const topologySchema = v.object({
  node: v.pipe(
    v.array(
      v.object({
        name: v.string(),
        op: v.string(),
        input: v.optional(v.array(v.string())),
        attr: v.optional(v.record(v.string(), attributeSchema)),
      }),
    ),
    v.minLength(1),
    v.maxLength(MAXIMUM_NODES),
  ),
});

/**
 * A graph model of TensorFlow.js: a TensorFlow graph as JSON, its constants apart.
 *
 * @param heads layers at which it is cut off: their maps come out, joined along the channels; `null`: all of it is read
 * @throws {LimnError}
 */
export function readGraphModel(
  topology: v.InferOutput<typeof topologySchema>,
  weights: ReadonlyMap<string, WeightTensor>,
  fileName: string,
  heads: readonly string[] | null = null,
): Graph {
  const nodes = topology.node.map(({ name, op, input = [], attr = {} }): TensorFlowNode => {
    const attributes = new Map(
      Object.entries(attr).map(([key, value]) => [key, toAttribute(value, `${name} of ${fileName}`)]),
    );
    const tensor = op === 'Const' ? weights.get(name) : undefined;
    if (op === 'Const') {
      if (!tensor)
        throw new LimnError(`Layer ${name} (Const) of ${fileName} has no numbers among the weights.`);
      attributes.set('value', { tensor });
    }
    return { name, op, inputs: input, attributes };
  });
  return heads
    ? convertGraph(joinHeads(nodes, heads), fileName, JOINED_HEADS)
    : convertGraph(nodes, fileName);
}

function toAttribute(value: v.InferOutput<typeof attributeSchema>, where: string): Attribute {
  const shape = value.shape?.dim?.map(({ size }) => Number(size));
  return {
    ...(value.s !== undefined && { text: fromBase64(value.s, where) }),
    ...(value.i !== undefined && { integer: Number(value.i) }),
    ...(value.f !== undefined && { float: value.f }),
    ...(value.b !== undefined && { flag: value.b }),
    ...(shape && { shape }),
    ...(value.list?.i && { integers: value.list.i.map(Number) }),
    ...(value.list?.s && { texts: value.list.s.map((each) => fromBase64(each, where)) }),
  };
}

function fromBase64(encoded: string, where: string): string {
  try {
    return strFromU8(base64.decode(encoded));
  } catch {
    throw new LimnError(`Layer ${where} has a text that is no base64.`);
  }
}
