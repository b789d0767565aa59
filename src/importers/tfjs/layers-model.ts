import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import type { Activation, Graph, GraphNode, Operation, Padding, Pair, Tensor } from '../graph.ts';
import { channelsOf } from '../graph.ts';
import type { WeightTensor } from './weights.ts';

const pairSchema = v.union([v.number(), v.pipe(v.array(v.unknown()), v.minLength(1))]);
const configSchema = v.looseObject({
  name: v.optional(v.string()),
  strides: v.optional(pairSchema),
  pool_size: v.optional(pairSchema),
  dilation_rate: v.optional(pairSchema),
  padding: v.optional(v.unknown()),
  size: v.optional(pairSchema),
  interpolation: v.optional(v.string()),
  activation: v.optional(v.unknown()),
  use_bias: v.optional(v.boolean()),
  max_value: v.optional(v.nullable(v.number())),
  alpha: v.optional(v.number()),
  epsilon: v.optional(v.number()),
  axis: v.optional(v.union([v.number(), v.array(v.number())])),
  data_format: v.optional(v.string()),
  batch_input_shape: v.optional(v.array(v.nullable(v.number()))),
});
type Config = v.InferOutput<typeof configSchema>;
const layerSchema = v.object({
  class_name: v.string(),
  name: v.optional(v.string()),
  config: configSchema,
  inbound_nodes: v.optional(v.array(v.unknown())),
});
type Layer = v.InferOutput<typeof layerSchema>;

/** Form: what Keras' `to_json` writes, as tfjs-layers reads it (tfjs-layers/src/keras_format). */
export const layersSchema = v.object({
  class_name: v.string(),
  config: v.union([
    v.array(layerSchema),
    v.looseObject({ layers: v.array(layerSchema), output_layers: v.optional(v.array(v.unknown())) }),
  ]),
});

/** Layers that only hand on what comes in. */
const PASSING = new Set([
  'Dropout',
  'SpatialDropout2D',
  'GaussianNoise',
  'GaussianDropout',
  'ActivityRegularization',
]);
/** Keras' own default. */
const USUAL_EPSILON = 1e-3;
/** Of LeakyReLU. */
const USUAL_ALPHA = 0.3;
const PICTURE_CHANNELS = 3;

/** A layers model of TensorFlow.js, or of Keras. @throws {LimnError} naming layer and what was unexpected */
export function readLayersModel(
  { config }: v.InferOutput<typeof layersSchema>,
  weights: ReadonlyMap<string, WeightTensor>,
  fileName: string,
): Graph {
  const reader = new LayersReader(weights, fileName);
  const layers = Array.isArray(config) ? config : config.layers;
  let previous: string | null = null;
  for (const layer of layers) {
    const name = layer.config.name ?? layer.name ?? layer.class_name;
    const inputs = inboundOf(layer);
    reader.add(name, layer, inputs.length > 0 || previous === null ? inputs : [previous]);
    previous = name;
  }
  const [first] = Array.isArray(config) ? [] : (config.output_layers ?? []);
  const output = firstText(first) ?? previous ?? '';
  return reader.finish(output);
}

/** The first text in lists of lists. */
function firstText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? firstText(value[0]) : null;
}

/** Names of the layers whose maps come in: [[["name", 0, 0, {}], …]]. */
function inboundOf({ inbound_nodes: nodes = [] }: Layer): string[] {
  const [first] = nodes;
  if (!Array.isArray(first)) return [];
  return first.map(firstText).filter((name) => name !== null);
}

class LayersReader {
  readonly #weights: ReadonlyMap<string, WeightTensor>;
  readonly #fileName: string;
  readonly #nodes: GraphNode[] = [];
  /** By the name of a layer, the node that gives its maps. */
  readonly #outputs = new Map<string, string>();
  /** Rows and columns of zeros that a layer puts around what comes from a node. */
  readonly #padded = new Map<string, Exclude<Padding, string>>();
  #input: string | null = null;

  constructor(weights: ReadonlyMap<string, WeightTensor>, fileName: string) {
    this.#weights = weights;
    this.#fileName = fileName;
  }

  add(name: string, layer: Layer, inbound: readonly string[]): void {
    const { class_name: kind, config } = layer;
    if (config.data_format === 'channels_first') throw this.#fault(name, kind, 'has channels first');
    if (this.#input === null) {
      this.#addInput(kind === 'InputLayer' ? name : `${name}/input`, config);
      if (kind === 'InputLayer') return;
      inbound = [`${name}/input`];
    }
    const inputs = inbound.map((each) => {
      const output = this.#outputs.get(each);
      if (output !== undefined) return output;
      throw this.#fault(name, kind, `takes from ${each}, which no layer before it gives`);
    });
    const [first = ''] = inputs;
    if (PASSING.has(kind)) {
      this.#outputs.set(name, first);
      return;
    }
    if (kind === 'ZeroPadding2D') {
      const padded = this.#push(`${name}/pad`, { kind: 'activation', activation: 'none' }, [first]);
      this.#padded.set(padded, this.#aroundOf(name, config));
      this.#outputs.set(name, padded);
      return;
    }
    this.#outputs.set(name, this.#convert(name, kind, config, inputs));
  }

  finish(output: string): Graph {
    const node = this.#outputs.get(output);
    if (node === undefined || this.#input === null)
      throw new LimnError(`${this.#fileName} has no layer ${output}, whose maps are to come out.`);
    const graph: Graph = { nodes: this.#nodes, input: this.#input, output: node };
    channelsOf(graph);
    return graph;
  }

  #fault(name: string, kind: string, why: string): LimnError {
    return new LimnError(`Layer ${name} (${kind}) of ${this.#fileName} ${why}.`);
  }

  #push(name: string, operation: Operation, inputs: readonly string[]): string {
    this.#nodes.push({ name, operation, inputs });
    return name;
  }

  #addInput(name: string, { batch_input_shape: shape }: Config): void {
    const channels = shape?.at(-1) ?? PICTURE_CHANNELS;
    if (channels !== PICTURE_CHANNELS)
      throw this.#fault(name, 'InputLayer', `takes ${channels} channels; pictures have three`);
    this.#input = this.#push(name, { kind: 'input', channels }, []);
    this.#outputs.set(name, name);
  }

  #convert(name: string, kind: string, config: Config, inputs: readonly string[]): string {
    const [first = ''] = inputs;
    switch (kind) {
      case 'Conv2D':
        return this.#filtered(name, kind, config, first, 'convolution', 'kernel');
      case 'DepthwiseConv2D':
        return this.#filtered(name, kind, config, first, 'depthwise', 'depthwise_kernel');
      case 'SeparableConv2D': {
        const without = { ...config, use_bias: false, activation: 'linear' };
        const depth = this.#filtered(
          `${name}/depthwise`,
          kind,
          without,
          first,
          'depthwise',
          'depthwise_kernel',
          name,
        );
        const plain = { ...config, strides: 1, dilation_rate: 1, padding: 'same' };
        return this.#filtered(name, kind, plain, depth, 'convolution', 'pointwise_kernel');
      }
      case 'Conv2DTranspose':
        return this.#transposed(name, kind, config, first);
      case 'BatchNormalization':
        return this.#normalization(name, kind, config, first);
      case 'Activation':
        return this.#push(name, { kind: 'activation', activation: this.#activation(name, kind, config) }, [
          first,
        ]);
      case 'ReLU': {
        const { max_value: most } = config;
        if (most !== undefined && most !== null && most !== 6)
          throw this.#fault(name, kind, `ends at ${most}, which Limn does not read`);
        return this.#push(name, { kind: 'activation', activation: most === 6 ? 'relu6' : 'relu' }, [first]);
      }
      case 'LeakyReLU': {
        const channels = channelsOf({ nodes: this.#nodes, input: this.#input ?? '', output: first });
        const slopes = new Float32Array(channels.get(first) ?? 0).fill(config.alpha ?? USUAL_ALPHA);
        return this.#push(name, { kind: 'prelu', slopes }, [first]);
      }
      case 'PReLU':
        return this.#push(name, { kind: 'prelu', slopes: this.#slopes(name, kind) }, [first]);
      case 'Add':
        if (inputs.length !== 2) throw this.#fault(name, kind, `adds ${inputs.length} maps, not two`);
        return this.#push(name, { kind: 'add', activation: 'none' }, inputs);
      case 'Concatenate':
        return this.#push(name, { kind: 'concat' }, inputs);
      case 'MaxPooling2D':
      case 'AveragePooling2D': {
        const size = this.#pair(name, kind, config.pool_size ?? 2);
        const strides = config.strides === undefined ? size : this.#pair(name, kind, config.strides);
        const padding = config.padding === 'same' ? 'same' : 'valid';
        return this.#push(
          name,
          { kind: 'pool', mode: kind === 'MaxPooling2D' ? 'max' : 'average', size, strides, padding },
          [first],
        );
      }
      default:
        throw this.#fault(name, kind, 'is of a kind that Limn does not read');
    }
  }

  #weight(name: string, kind: string, part: string): WeightTensor & { readonly values: Float32Array } {
    const tensor = this.#weights.get(`${name}/${part}`);
    const { values, shape } = tensor ?? {};
    if (values instanceof Float32Array && shape) return { values, shape };
    throw this.#fault(name, kind, `has no "${part}" among the weights`);
  }

  #slopes(name: string, kind: string): Float32Array {
    const { values, shape } = this.#weight(name, kind, 'alpha');
    if (shape.slice(0, -1).some((each) => each !== 1))
      throw this.#fault(name, kind, 'has a slope for every pixel; Limn reads one a channel');
    return values;
  }

  #filtered(
    name: string,
    kind: string,
    config: Config,
    input: string,
    operation: 'convolution' | 'depthwise',
    part: string,
    weightsOf = name,
  ): string {
    const filter: Tensor = this.#weight(weightsOf, kind, part);
    if (filter.shape.length !== 4)
      throw this.#fault(name, kind, `has a filter of ${filter.shape.join(' × ')}`);
    const bias = config.use_bias === false ? null : this.#weight(weightsOf, kind, 'bias').values;
    const around = this.#padded.get(input);
    if (around && config.padding === 'same') throw this.#fault(name, kind, 'pads what is padded already');
    const source = around ? (this.#nodes.find((node) => node.name === input)?.inputs[0] ?? input) : input;
    const padding: Padding = around ?? (config.padding === 'same' ? 'same' : 'valid');
    return this.#push(
      name,
      {
        kind: operation,
        filter,
        bias,
        strides: this.#pair(name, kind, config.strides ?? 1),
        dilations: this.#pair(name, kind, config.dilation_rate ?? 1),
        padding,
        activation: this.#activation(name, kind, config),
      },
      [source],
    );
  }

  /** What TensorFlow calls SAME is as many times larger as the stride: half of what is more is cut off on each side. */
  #transposed(name: string, kind: string, config: Config, input: string): string {
    const filter: Tensor = this.#weight(name, kind, 'kernel');
    const strides = this.#pair(name, kind, config.strides ?? 1);
    const [height = 0, width = 0] = filter.shape;
    if (filter.shape.length !== 4 || height < strides[0] || width < strides[1])
      throw this.#fault(
        name,
        kind,
        `has a filter of ${filter.shape.join(' × ')} and strides of ${strides.join(' × ')}`,
      );
    const more = config.padding === 'same' ? [height - strides[0], width - strides[1]] : [0, 0];
    const [top, left] = [Math.floor((more[0] ?? 0) / 2), Math.floor((more[1] ?? 0) / 2)];
    return this.#push(
      name,
      {
        kind: 'transposed',
        filter,
        bias: config.use_bias === false ? null : this.#weight(name, kind, 'bias').values,
        strides,
        crop: { top, left, bottom: (more[0] ?? 0) - top, right: (more[1] ?? 0) - left },
        activation: this.#activation(name, kind, config),
      },
      [input],
    );
  }

  #normalization(name: string, kind: string, { epsilon = USUAL_EPSILON }: Config, input: string): string {
    const mean = this.#weight(name, kind, 'moving_mean').values;
    const variance = this.#weight(name, kind, 'moving_variance').values;
    const gamma = this.#weights.get(`${name}/gamma`)?.values;
    const beta = this.#weights.get(`${name}/beta`)?.values;
    const scale = variance.map((value, i) => (gamma?.[i] ?? 1) / Math.sqrt(value + epsilon));
    const shift = mean.map((value, i) => (beta?.[i] ?? 0) - value * (scale[i] ?? 1));
    return this.#push(name, { kind: 'affine', scale, shift, activation: 'none' }, [input]);
  }

  #activation(name: string, kind: string, { activation }: Config): Activation {
    switch (activation) {
      case undefined:
      case null:
      case 'linear':
        return 'none';
      case 'relu':
      case 'relu6':
        return activation;
      default:
        throw this.#fault(name, kind, `has activation "${String(activation)}", which Limn does not read`);
    }
  }

  #pair(name: string, kind: string, value: unknown): Pair {
    const [height, width = height] = Array.isArray(value) ? (value as unknown[]) : [value];
    const isSize = (side: unknown): side is number =>
      Number.isInteger(side) && Number(side) >= 1 && Number(side) <= 64;
    if (isSize(height) && isSize(width)) return [height, width];
    throw this.#fault(name, kind, `has a size of ${String(height)} × ${String(width)}`);
  }

  /** 1, [1, 1] or [[top, bottom], [left, right]]. */
  #aroundOf(name: string, { padding = 1 }: Config): Exclude<Padding, string> {
    const sides = (value: unknown): readonly [number, number] => {
      const [before, after = before] = Array.isArray(value) ? (value as unknown[]) : [value];
      if (
        typeof before === 'number' &&
        typeof after === 'number' &&
        before >= 0 &&
        after >= 0 &&
        before + after <= 128
      )
        return [before, after];
      throw this.#fault(name, 'ZeroPadding2D', `has a padding of ${String(value)}`);
    };
    const [vertical, horizontal = vertical] = Array.isArray(padding) ? (padding as unknown[]) : [padding];
    const [[top, bottom], [left, right]] = [sides(vertical), sides(horizontal)];
    return { top, bottom, left, right };
  }
}
