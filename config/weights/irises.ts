import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { concat } from '../../src/core/bytes.ts';
import { readTfjsHeads } from '../../src/importers/tfjs/tfjs.ts';
import { toTflite } from '../../src/importers/writers/to-tflite.ts';
import { packageFolder } from './package-folder.ts';

/** Side of the picture of an eye that the network gets. */
const SIDE = 64;
/** The layer that gives the iris, beside one for the eye's outline: five points, x, y, z in pixels of the picture. */
const IRIS_HEAD = 'StatefulPartitionedCall/model/conv_iris/BiasAdd';
const BIAS_AND_PRELU = ['BiasAdd', 'Prelu'];

const layerSchema = v.looseObject({
  name: v.string(),
  op: v.string(),
  input: v.optional(v.array(v.string()), []),
  attr: v.optional(
    v.looseObject({
      fused_ops: v.optional(v.object({ list: v.object({ s: v.optional(v.array(v.string()), []) }) })),
    }),
    {},
  ),
});
type Layer = v.InferOutput<typeof layerSchema>;
const modelSchema = v.looseObject({
  modelTopology: v.looseObject({ node: v.array(layerSchema) }),
  weightsManifest: v.tuple([
    v.looseObject({
      weights: v.array(v.looseObject({ name: v.string(), shape: v.array(v.number()), dtype: v.string() })),
    }),
  ]),
});

const ZERO = 'limn/zero';
const CHANNELS_AXIS = 'limn/channels-axis';

/**
 * MediaPipe's network for irises, as `@vladmandic/human` has it for TensorFlow.js, for LiteRT. Two things are put otherwise for
 * the importer, which computes the same: activations that stand inside convolutions stand behind them, and a map that is
 * padded to twice its channels is joined with itself times zero.
 */
export async function readIrisNetwork(): Promise<Uint8Array> {
  const folder = join(packageFolder('@vladmandic/human'), 'models');
  const [text, weights] = await Promise.all([
    readFile(join(folder, 'iris.json'), 'utf8'),
    readFile(join(folder, 'iris.bin')),
  ]);
  const { json, bytes } = toPlainLayers(JSON.parse(text), weights);
  const graph = readTfjsHeads(json, [{ name: 'iris.bin', bytes }], 'iris.json', [IRIS_HEAD]);
  return toTflite(graph, SIDE, SIDE);
}

/** @throws if it isn't the model that is expected */
export function toPlainLayers(model: unknown, weights: Uint8Array): { json: object; bytes: Uint8Array } {
  const { modelTopology, weightsManifest, ...rest } = v.parse(modelSchema, model);
  const [group] = weightsManifest;
  const constants = [
    { name: ZERO, shape: [1], dtype: 'float32' },
    { name: CHANNELS_AXIS, shape: [], dtype: 'int32' },
  ];
  const node = [
    ...constants.map(({ name }) => ({ name, op: 'Const', input: [], attr: {} })),
    ...modelTopology.node.flatMap(plainLayers),
  ];
  return {
    json: {
      ...rest,
      modelTopology: { ...modelTopology, node },
      weightsManifest: [{ ...group, weights: [...group.weights, ...constants] }],
    },
    bytes: concat([
      weights,
      new Uint8Array(Float32Array.of(0).buffer),
      new Uint8Array(Int32Array.of(3).buffer),
    ]),
  };
}

function plainLayers(layer: Layer): Layer[] {
  const { name, op, input, attr } = layer;
  const fused = attr.fused_ops?.list.s.map((each) => Buffer.from(each, 'base64').toString()) ?? [];
  if (fused.join() === BIAS_AND_PRELU.join()) {
    const [map = '', filter = '', bias = '', slopes = ''] = input;
    const first = attr.fused_ops?.list.s.slice(0, 1) ?? [];
    const inner = `${name}/biased`;
    return [
      {
        ...layer,
        name: inner,
        input: [map, filter, bias],
        attr: { ...attr, fused_ops: { list: { s: first } } },
      },
      { name, op: 'Prelu', input: [inner, slopes], attr: {} },
    ];
  }
  if (op === 'Pad') {
    const [map = ''] = input;
    const zeros = `${name}/zeros`;
    return [
      { name: zeros, op: 'Mul', input: [map, ZERO], attr: {} },
      { name, op: 'ConcatV2', input: [map, zeros, CHANNELS_AXIS], attr: {} },
    ];
  }
  return [layer];
}
