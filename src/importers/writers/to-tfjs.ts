import { base64 } from '@scure/base';
import { strToU8 } from 'fflate';
import type { Activation, FilterOperation, Graph, GraphNode, Operation, Padding } from '../graph.ts';
import { type MapShape, shapesOf } from '../shapes.ts';

/** A value of an attribute, as TensorFlow.js' graph models write it. */
type AttributeValue =
  | { readonly type: string }
  | { readonly s: string }
  | { readonly i: string }
  | { readonly f: number }
  | { readonly b: boolean }
  | { readonly shape: { readonly dim: readonly { readonly size: string }[] } }
  | { readonly list: { readonly i: readonly string[] } }
  | { readonly list: { readonly s: readonly string[] } };

/** A node of a graph model's topology. */
export interface TfjsNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, AttributeValue>>;
}

export interface TfjsWeightSpec {
  readonly name: string;
  readonly shape: number[];
  readonly dtype: 'float32' | 'int32';
}

/** A network as TensorFlow.js' graph model: what `model.json` and its shards hold. */
export interface TfjsModel {
  readonly nodes: readonly TfjsNode[];
  readonly weightSpecs: readonly TfjsWeightSpec[];
  /** One buffer a weight, in the order of their specs. */
  readonly weights: readonly ArrayBuffer[];
  /** Names of the picture that goes in and of the maps that come out. */
  readonly input: string;
  readonly output: string;
}

const FLOAT: AttributeValue = { type: 'DT_FLOAT' };
const ACTIVATION_OPS: Readonly<Record<Activation, string | null>> = {
  none: null,
  relu: 'Relu',
  relu6: 'Relu6',
};
const CHANNEL_AXIS = 3;

/**
 * A network as a graph model of TensorFlow.js, for a picture of one size: batch 1, channels last, floats.
 *
 * Form: tfjs, tfjs-converter/src/data/api.ts and src/operations/op_list: texts as base64, integers as strings.
 *
 * @throws {LimnError} if the picture is too small
 */
export function toTfjs(graph: Graph, height: number, width: number): TfjsModel {
  const writer = new TfjsWriter(shapesOf(graph, height, width));
  for (const node of graph.nodes) writer.add(node);
  return writer.finish(graph.input, graph.output);
}

class TfjsWriter {
  readonly #shapes: ReadonlyMap<string, MapShape>;
  readonly #nodes: TfjsNode[] = [];
  readonly #specs: TfjsWeightSpec[] = [];
  readonly #weights: ArrayBuffer[] = [];
  /** By the name of a node, the one here that gives its maps. */
  readonly #outputs = new Map<string, string>();

  constructor(shapes: ReadonlyMap<string, MapShape>) {
    this.#shapes = shapes;
  }

  add({ name, operation, inputs }: GraphNode): void {
    const sources = inputs.map((input) => this.#outputs.get(input) ?? input);
    this.#outputs.set(name, this.#write(operation, sources, name));
  }

  finish(input: string, output: string): TfjsModel {
    return {
      nodes: this.#nodes,
      weightSpecs: this.#specs,
      weights: this.#weights,
      input: this.#outputs.get(input) ?? input,
      output: this.#outputs.get(output) ?? output,
    };
  }

  #write(operation: Operation, inputs: readonly string[], name: string): string {
    const [first = '', second = ''] = inputs;
    switch (operation.kind) {
      case 'input': {
        const { height, width, channels } = this.#shapeOf(name);
        const dim = [1, height, width, channels].map((size) => ({ size: String(size) }));
        return this.#push('Placeholder', [], { dtype: FLOAT, shape: { shape: { dim } } });
      }
      case 'convolution':
      case 'depthwise':
        return this.#writeFilter(operation, first);
      case 'transposed':
        return this.#writeTransposed(operation, first, name);
      case 'affine': {
        const scaled = this.#push('Mul', [first, this.#floats(operation.scale)]);
        return this.#activate(
          this.#push('AddV2', [scaled, this.#floats(operation.shift)]),
          operation.activation,
        );
      }
      case 'normalize':
        return this.#writeNormalization(operation, first);
      case 'activation':
        return operation.activation === 'none'
          ? this.#push('Identity', [first])
          : this.#activate(first, operation.activation);
      case 'prelu': {
        const { slopes } = operation;
        return this.#push('Prelu', [first, this.#floats(slopes, [1, 1, slopes.length])]);
      }
      case 'add':
        return this.#activate(this.#push('AddV2', [first, second]), operation.activation);
      case 'concat':
        return this.#push('ConcatV2', [...inputs, this.#integers([CHANNEL_AXIS], [])], {
          N: { i: String(inputs.length) },
          Tidx: { type: 'DT_INT32' },
        });
      case 'resize': {
        const { height, width } = this.#shapeOf(name);
        return this.#push('ResizeBilinear', [first, this.#integers([height, width])], {
          align_corners: { b: operation.alignCorners },
          half_pixel_centers: { b: operation.halfPixelCenters },
        });
      }
      case 'pool': {
        const { mode, size, strides, padding } = operation;
        return this.#push(mode === 'max' ? 'MaxPool' : 'AvgPool', [first], {
          ...paddingAttributes(padding),
          ksize: list([1, ...size, 1]),
          strides: list([1, ...strides, 1]),
          data_format: { s: toBase64('NHWC') },
        });
      }
    }
  }

  #shapeOf(name: string): MapShape {
    return this.#shapes.get(name) ?? { height: 1, width: 1, channels: 1 };
  }

  #push(
    op: string,
    input: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
  ): string {
    const name = `n${this.#nodes.length}`;
    this.#nodes.push({ name, op, input, attr: { T: FLOAT, ...attributes } });
    return name;
  }

  #constant(values: Float32Array | Int32Array, shape: readonly number[]): string {
    const isFloat = values instanceof Float32Array;
    const name = `n${this.#nodes.length}`;
    const dtype = { type: isFloat ? 'DT_FLOAT' : 'DT_INT32' };
    const dim = shape.map((size) => ({ size: String(size) }));
    this.#nodes.push({ name, op: 'Const', input: [], attr: { dtype, shape: { shape: { dim } } } });
    this.#specs.push({ name, shape: [...shape], dtype: isFloat ? 'float32' : 'int32' });
    this.#weights.push(toBuffer(values));
    return name;
  }

  #floats(values: Float32Array, shape: readonly number[] = [values.length]): string {
    return this.#constant(values, shape);
  }

  #integers(values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.#constant(Int32Array.from(values), shape);
  }

  #activate(input: string, activation: Activation): string {
    const op = ACTIVATION_OPS[activation];
    return op === null ? input : this.#push(op, [input]);
  }

  #writeFilter(
    { kind, filter, bias, strides, dilations, padding, activation }: FilterOperation,
    input: string,
  ): string {
    const [, , channels = 1, last = 1] = filter.shape;
    const isDepthwise = kind === 'depthwise';
    const biases = bias ?? new Float32Array(isDepthwise ? channels * last : last);
    const fused = ['BiasAdd', ACTIVATION_OPS[activation]].filter((op) => op !== null);
    return this.#push(
      isDepthwise ? 'FusedDepthwiseConv2dNative' : '_FusedConv2D',
      [input, this.#floats(filter.values, filter.shape), this.#floats(biases)],
      {
        ...paddingAttributes(padding),
        strides: list([1, ...strides, 1]),
        dilations: list([1, ...dilations, 1]),
        data_format: { s: toBase64('NHWC') },
        fused_ops: { list: { s: fused.map(toBase64) } },
        num_args: { i: '1' },
        epsilon: { f: 0 },
      },
    );
  }

  #writeTransposed(
    { filter, bias, strides, crop, activation }: Extract<Operation, { kind: 'transposed' }>,
    input: string,
    name: string,
  ): string {
    const { height, width, channels } = this.#shapeOf(name);
    const whole = [1, height + crop.top + crop.bottom, width + crop.left + crop.right, channels];
    const spread = this.#push(
      'Conv2DBackpropInput',
      [this.#integers(whole), this.#floats(filter.values, filter.shape), input],
      {
        ...paddingAttributes('valid'),
        strides: list([1, ...strides, 1]),
        data_format: { s: toBase64('NHWC') },
      },
    );
    const begin = this.#integers([0, crop.top, crop.left, 0]);
    const cut = this.#push('Slice', [spread, begin, this.#integers([1, height, width, channels])]);
    const biased = bias ? this.#push('AddV2', [cut, this.#floats(bias)]) : cut;
    return this.#activate(biased, activation);
  }

  #writeNormalization(
    { scale, shift, epsilon, activation }: Extract<Operation, { kind: 'normalize' }>,
    input: string,
  ): string {
    const axes = this.#integers([1, 2]);
    const mean = this.#push('Mean', [input, axes], { keep_dims: { b: true } });
    const centred = this.#push('Sub', [input, mean]);
    const squared = this.#push('Mul', [centred, centred]);
    const variance = this.#push('Mean', [squared, axes], { keep_dims: { b: true } });
    const safe = this.#push('AddV2', [variance, this.#floats(Float32Array.of(epsilon))]);
    const factor = this.#push('Mul', [this.#push('Rsqrt', [safe]), this.#floats(scale)]);
    const scaled = this.#push('Mul', [centred, factor]);
    return this.#activate(this.#push('AddV2', [scaled, this.#floats(shift)]), activation);
  }
}

function list(values: readonly number[]): AttributeValue {
  return { list: { i: values.map(String) } };
}

function paddingAttributes(padding: Padding): Record<string, AttributeValue> {
  if (padding === 'same' || padding === 'valid') return { padding: { s: toBase64(padding.toUpperCase()) } };
  const { top, bottom, left, right } = padding;
  return {
    padding: { s: toBase64('EXPLICIT') },
    explicit_paddings: list([0, 0, top, bottom, left, right, 0, 0]),
  };
}

/** Its own numbers only: an array may be a part of a larger buffer. */
function toBuffer(values: Float32Array | Int32Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = values;
  if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) return buffer;
  return new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength)).buffer;
}

function toBase64(text: string): string {
  return base64.encode(strToU8(text));
}
