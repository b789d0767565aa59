import { LimnError } from '../../core/errors.ts';
import { floatsOf, integersOf, type ProtoField, readFields, textOf } from '../wire/protobuf.ts';
import { readPrototxt, type TextMessage, type TextValue } from './prototxt.ts';

/** A layer's numbers as Caffe keeps them. */
export interface Blob {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A layer, from a layer list or from the file of weights: parameters by Caffe's own names. */
export interface CaffeLayer {
  readonly name: string;
  /** As version 2 names it: `Convolution`. */
  readonly type: string;
  readonly bottoms: readonly string[];
  readonly tops: readonly string[];
  readonly parameters: ReadonlyMap<string, readonly number[]>;
  readonly blobs: readonly Blob[];
}

// Numbers of the fields: BVLC/caffe, src/caffe/proto/caffe.proto.
const NET = { layersV1: 2, layers: 100 } as const;
const LAYER = { name: 1, type: 2, bottom: 3, top: 4, blobs: 7 } as const;
const LAYER_V1 = { bottom: 2, top: 3, name: 4, type: 5, blobs: 6 } as const;
const BLOB = { legacy: [1, 2, 3, 4], data: 5, shape: 7 } as const;
const SHAPE_SIZES = 1;
/** The messages of parameters, by their field in either version, and their fields. */
const PARAMETERS: Readonly<Record<number, Readonly<Record<number, string>>>> = (() => {
  const convolution = {
    1: 'num_output',
    2: 'bias_term',
    3: 'pad',
    4: 'kernel_size',
    5: 'group',
    6: 'stride',
    9: 'pad_h',
    10: 'pad_w',
    11: 'kernel_h',
    12: 'kernel_w',
    13: 'stride_h',
    14: 'stride_w',
    18: 'dilation',
  };
  const pooling = {
    1: 'pool',
    2: 'kernel_size',
    3: 'stride',
    4: 'pad',
    5: 'kernel_h',
    6: 'kernel_w',
    7: 'stride_h',
    8: 'stride_w',
    12: 'global_pooling',
  };
  const concat = { 1: 'concat_dim', 2: 'axis' };
  const eltwise = { 1: 'operation' };
  const batchNorm = { 3: 'eps' };
  const scale = { 4: 'bias_term' };
  return {
    106: convolution,
    10: convolution,
    121: pooling,
    19: pooling,
    104: concat,
    9: concat,
    110: eltwise,
    24: eltwise,
    139: batchNorm,
    142: scale,
  };
})();
/** Parameters that aren't whole numbers. */
const FLOATS = new Set(['eps']);
/** Version 1 numbers its kinds of layers. */
const TYPES_V1: Readonly<Record<number, string>> = {
  3: 'Concat',
  4: 'Convolution',
  6: 'Dropout',
  17: 'Pooling',
  18: 'ReLU',
  22: 'Split',
  25: 'Eltwise',
  39: 'Deconvolution',
};
const MAXIMUM_LAYERS = 10_000;
const MAXIMUM_NUMBERS = 2 ** 27;

/** The layers in a file of weights (`.caffemodel`), of either version. @throws {LimnError} naming file and fault */
export function readWeights(bytes: Uint8Array, fileName: string): CaffeLayer[] {
  const layers: CaffeLayer[] = [];
  for (const field of readFields(bytes, fileName)) {
    const isFirst = field.number === NET.layersV1;
    if ((!isFirst && field.number !== NET.layers) || field.type !== 'bytes') continue;
    layers.push(readLayer(field.bytes, isFirst, fileName));
    if (layers.length > MAXIMUM_LAYERS) throw new LimnError(`${fileName} has over ${MAXIMUM_LAYERS} layers.`);
  }
  if (layers.length === 0) throw new LimnError(`${fileName} is no Caffe model: there are no layers in it.`);
  return layers;
}

function readLayer(bytes: Uint8Array, isFirst: boolean, fileName: string): CaffeLayer {
  const fields = isFirst ? LAYER_V1 : LAYER;
  let name = '';
  let type = '';
  const bottoms: string[] = [];
  const tops: string[] = [];
  const blobs: Blob[] = [];
  const parameters = new Map<string, number[]>();
  for (const field of readFields(bytes, `A layer of ${fileName}`)) {
    if (field.number === fields.name) name = textOf(field);
    else if (field.number === fields.type)
      type = isFirst ? (TYPES_V1[field.integer] ?? `kind ${field.integer}`) : textOf(field);
    else if (field.number === fields.bottom) bottoms.push(textOf(field));
    else if (field.number === fields.top) tops.push(textOf(field));
    else if (field.number === fields.blobs) blobs.push(readBlob(field.bytes, `Layer ${name} of ${fileName}`));
    else if (field.type === 'bytes') readParameters(field, parameters, `Layer ${name} of ${fileName}`);
  }
  return { name, type, bottoms, tops, parameters, blobs };
}

function readParameters(field: ProtoField, parameters: Map<string, number[]>, where: string): void {
  const names = PARAMETERS[field.number];
  if (!names) return;
  for (const part of readFields(field.bytes, where)) {
    const key = names[part.number];
    const numbers = FLOATS.has(key ?? '') ? floatsOf(part) : integersOf(part);
    if (key) parameters.set(key, [...(parameters.get(key) ?? []), ...numbers]);
  }
}

function readBlob(bytes: Uint8Array, where: string): Blob {
  const legacy: number[] = [];
  let shape: number[] | null = null;
  const parts: Float32Array[] = [];
  for (const field of readFields(bytes, where)) {
    if (field.number === BLOB.shape) {
      shape = [...readFields(field.bytes, where)]
        .filter(({ number }) => number === SHAPE_SIZES)
        .flatMap(integersOf);
    } else if (field.number === BLOB.data) parts.push(floatsOf(field));
    else if (BLOB.legacy.some((number) => number === field.number)) legacy[field.number - 1] = field.integer;
  }
  const sizes = shape ?? Array.from({ length: 4 }, (_, i) => legacy[i] ?? 1);
  const count = sizes.reduce((product, size) => product * size, 1);
  const given = parts.reduce((sum, { length }) => sum + length, 0);
  if (!(count >= 0 && count <= MAXIMUM_NUMBERS) || count !== given) {
    throw new LimnError(`${where} has ${given} numbers where ${sizes.join(' × ')} are to be: it is damaged.`);
  }
  const values = new Float32Array(count);
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  return { shape: sizes, values };
}

/** What a layer list says of the picture, and its layers without their numbers. */
export interface LayerList {
  readonly input: string | null;
  readonly layers: readonly CaffeLayer[];
}

/** Words that stand for numbers in layer lists. */
const WORDS: Readonly<Record<string, number>> = { MAX: 0, AVE: 1, PROD: 0, SUM: 1, true: 1, false: 0 };

/** The layers of a layer list (`.prototxt`). @throws {LimnError} naming file and fault */
export function readLayerList(text: string, fileName: string): LayerList {
  const net = readPrototxt(text, fileName);
  const written = [...(net.get('layer') ?? []), ...(net.get('layers') ?? [])];
  const layers = written.filter((value) => value instanceof Map).map(toLayer);
  if (layers.length === 0)
    throw new LimnError(`${fileName} is no layer list of Caffe: there are no layers in it.`);
  return { input: textIn(net, 'input')[0] ?? null, layers };
}

function textIn(message: TextMessage, key: string): string[] {
  return (message.get(key) ?? []).filter((value): value is string => typeof value === 'string');
}

function toLayer(message: TextMessage): CaffeLayer {
  const parameters = new Map<string, number[]>();
  for (const [key, values] of message) {
    if (!key.endsWith('_param')) continue;
    for (const value of values) {
      if (!(value instanceof Map)) continue;
      for (const [name, numbers] of value as TextMessage) parameters.set(name, numbers.flatMap(toNumber));
    }
  }
  const [type = ''] = textIn(message, 'type');
  return {
    name: textIn(message, 'name')[0] ?? '',
    // Version 1 writes them large.
    type: Object.values(TYPES_V1).find((known) => known.toUpperCase() === type) ?? type,
    bottoms: textIn(message, 'bottom'),
    tops: textIn(message, 'top'),
    parameters,
    blobs: [],
  };
}

function toNumber(value: TextValue): number[] {
  if (typeof value === 'number') return [value];
  const word = typeof value === 'string' ? WORDS[value] : undefined;
  return word === undefined ? [] : [word];
}
