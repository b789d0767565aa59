import { Builder, type Offset } from 'flatbuffers';
import type { Activation, FilterOperation, Graph, GraphNode, Operation, Padding } from '../graph.ts';
import { type MapShape, shapesOf } from '../shapes.ts';
import {
  ACTIVATIONS,
  empty,
  FLOAT_32,
  IDENTIFIER,
  INT_32,
  integers,
  keepDimensions,
  OPERATORS,
  OPTIONS,
  type Operator,
  SCHEMA_VERSION,
  type WrittenOperator,
  type WrittenTensor,
  withActivation,
  writeBuffer,
  writeCode,
  writeOperator,
  writeTensor,
} from './tflite-tables.ts';

const CHANNEL_AXIS = 3;

/**
 * A network as a TFLite file, for a picture of one size: batch 1, channels last, floats.
 *
 * @throws {LimnError} if the picture is too small
 */
export function toTflite(graph: Graph, height: number, width: number): Uint8Array<ArrayBuffer> {
  const writer = new TfliteWriter(shapesOf(graph, height, width));
  for (const node of graph.nodes) writer.add(node);
  return writer.finish(graph.input, graph.output);
}

class TfliteWriter {
  readonly #shapes: ReadonlyMap<string, MapShape>;
  readonly #tensors: WrittenTensor[] = [];
  readonly #buffers: Uint8Array[] = [new Uint8Array(0)];
  readonly #operators: WrittenOperator[] = [];
  /** By the name of a node, the tensor of its maps. */
  readonly #maps = new Map<string, number>();

  constructor(shapes: ReadonlyMap<string, MapShape>) {
    this.#shapes = shapes;
  }

  add(node: GraphNode): void {
    const { name, operation } = node;
    const inputs = node.inputs.map((input) => this.#maps.get(input) ?? 0);
    const [first = 0, second = 0] = inputs;
    const output = this.#map(name);
    switch (operation.kind) {
      case 'input':
        return;
      case 'convolution':
      case 'depthwise':
        this.#addFilter(node, operation, first, output);
        return;
      case 'transposed':
        this.#addTransposed(name, operation, first, output);
        return;
      case 'affine': {
        const scaled = this.#like(name, 'scaled');
        this.#multiply(first, this.#constant(`${name}/scale`, operation.scale), scaled);
        this.#sum(scaled, this.#constant(`${name}/shift`, operation.shift), output, operation.activation);
        return;
      }
      case 'normalize':
        this.#addNormalization(name, operation, first, output);
        return;
      case 'activation': {
        if (operation.activation === 'none') {
          this.#sum(first, this.#constant(`${name}/zero`, new Float32Array(1)), output, 'none');
          return;
        }
        this.#push(operation.activation, [first], output, null);
        return;
      }
      case 'prelu':
        this.#push(
          'prelu',
          [first, this.#constant(`${name}/slopes`, operation.slopes, [1, 1, operation.slopes.length])],
          output,
          null,
        );
        return;
      case 'add':
        this.#sum(first, second, output, operation.activation);
        return;
      case 'concat':
        this.#push('concatenation', inputs, output, {
          type: OPTIONS.concatenation,
          write: (builder) => {
            builder.startObject(2);
            builder.addFieldInt32(0, CHANNEL_AXIS, 0);
            return builder.endObject();
          },
        });
        return;
      case 'resize':
        this.#addResize(name, operation, first, output);
        return;
      case 'pool':
        this.#addPool(name, operation, first, output);
        return;
    }
  }

  finish(input: string, output: string): Uint8Array<ArrayBuffer> {
    const builder = new Builder(2 ** 20);
    const used = [...new Set(this.#operators.map(({ operator }) => operator))];
    const codes = this.#vector(
      builder,
      used.map((operator) => writeCode(builder, OPERATORS[operator])),
    );
    const tensors = this.#vector(
      builder,
      this.#tensors.map((tensor) => writeTensor(builder, tensor)),
    );
    const operators = this.#vector(
      builder,
      this.#operators.map((operator) => writeOperator(builder, operator, used.indexOf(operator.operator))),
    );
    const ends = [input, output].map((name) => integers(builder, [this.#maps.get(name) ?? 0]));
    builder.startObject(5);
    builder.addFieldOffset(0, tensors, 0);
    builder.addFieldOffset(1, ends[0] ?? 0, 0);
    builder.addFieldOffset(2, ends[1] ?? 0, 0);
    builder.addFieldOffset(3, operators, 0);
    const subgraphs = this.#vector(builder, [builder.endObject()]);
    const buffers = this.#vector(
      builder,
      this.#buffers.map((content) => writeBuffer(builder, content)),
    );
    const description = builder.createString('Written by Limn');
    builder.startObject(8);
    builder.addFieldInt32(0, SCHEMA_VERSION, 0);
    builder.addFieldOffset(1, codes, 0);
    builder.addFieldOffset(2, subgraphs, 0);
    builder.addFieldOffset(3, description, 0);
    builder.addFieldOffset(4, buffers, 0);
    builder.finish(builder.endObject(), IDENTIFIER);
    return new Uint8Array(builder.asUint8Array());
  }

  #vector(builder: Builder, offsets: readonly Offset[]): Offset {
    builder.startVector(4, offsets.length, 4);
    for (const offset of [...offsets].reverse()) builder.addOffset(offset);
    return builder.endVector();
  }

  /** The tensor of a node's maps. */
  #map(name: string): number {
    const { height, width, channels } = this.#shapeOf(name);
    const tensor = this.#tensor(name, [1, height, width, channels], FLOAT_32, 0);
    this.#maps.set(name, tensor);
    return tensor;
  }

  #shapeOf(name: string): MapShape {
    return this.#shapes.get(name) ?? { height: 1, width: 1, channels: 1 };
  }

  /** Maps within a node, as large as those that come out. */
  #like(name: string, part: string): number {
    const { height, width, channels } = this.#shapeOf(name);
    return this.#tensor(`${name}/${part}`, [1, height, width, channels], FLOAT_32, 0);
  }

  #tensor(name: string, shape: readonly number[], type: number, buffer: number): number {
    this.#tensors.push({ name, shape, type, buffer });
    return this.#tensors.length - 1;
  }

  #constant(
    name: string,
    values: Float32Array | Int32Array,
    shape: readonly number[] = [values.length],
  ): number {
    this.#buffers.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    const type = values instanceof Float32Array ? FLOAT_32 : INT_32;
    return this.#tensor(name, shape, type, this.#buffers.length - 1);
  }

  #push(
    operator: Operator,
    inputs: readonly number[],
    output: number,
    options: WrittenOperator['options'],
  ): void {
    this.#operators.push({ operator, inputs, output, options });
  }

  #sum(a: number, b: number, output: number, activation: Activation): void {
    this.#push('add', [a, b], output, withActivation(OPTIONS.add, 2, activation));
  }

  #multiply(a: number, b: number, output: number): void {
    this.#push('multiply', [a, b], output, withActivation(OPTIONS.multiply, 1, 'none'));
  }

  #addFilter(
    { name, inputs }: GraphNode,
    { kind, filter, bias, strides, dilations, padding, activation }: FilterOperation,
    input: number,
    output: number,
  ): void {
    const [height = 1, width = 1, channels = 1, last = 1] = filter.shape;
    const isDepthwise = kind === 'depthwise';
    const count = isDepthwise ? channels * last : last;
    const weights = isDepthwise
      ? this.#constant(`${name}/filter`, filter.values, [1, height, width, count])
      : this.#constant(`${name}/filter`, outFirst(filter.values, height * width * channels, last), [
          last,
          height,
          width,
          channels,
        ]);
    const biases = this.#constant(`${name}/bias`, bias ?? new Float32Array(count));
    const padded = this.#pad(name, inputs[0] ?? '', padding, input);
    this.#push(kind, [padded, weights, biases], output, {
      type: isDepthwise ? OPTIONS.depthwise : OPTIONS.convolution,
      write: (builder) => {
        builder.startObject(7);
        builder.addFieldInt8(0, padding === 'same' ? 0 : 1, 0);
        builder.addFieldInt32(1, strides[1], 0);
        builder.addFieldInt32(2, strides[0], 0);
        const next = isDepthwise ? 4 : 3;
        if (isDepthwise) builder.addFieldInt32(3, last, 0);
        builder.addFieldInt8(next, ACTIVATIONS[activation], 0);
        builder.addFieldInt32(next + 1, dilations[1], 1);
        builder.addFieldInt32(next + 2, dilations[0], 1);
        return builder.endObject();
      },
    });
  }

  #addTransposed(
    name: string,
    { filter, bias, strides, crop, activation }: Extract<Operation, { kind: 'transposed' }>,
    input: number,
    output: number,
  ): void {
    const [kernelHeight = 1, kernelWidth = 1, out = 1, channels = 1] = filter.shape;
    const { height, width } = this.#shapeOf(name);
    const shape = [1, height + crop.top + crop.bottom, width + crop.left + crop.right, out];
    const spread = this.#tensor(`${name}/spread`, shape, FLOAT_32, 0);
    const weights = new Float32Array(filter.values.length);
    for (let place = 0; place < kernelHeight * kernelWidth; place++) {
      for (let o = 0; o < out; o++) {
        const from = (place * out + o) * channels;
        weights.set(
          filter.values.subarray(from, from + channels),
          (o * kernelHeight * kernelWidth + place) * channels,
        );
      }
    }
    const inputs = [
      this.#constant(`${name}/shape`, Int32Array.from(shape)),
      this.#constant(`${name}/filter`, weights, [out, kernelHeight, kernelWidth, channels]),
      input,
    ];
    this.#push('transposed', inputs, spread, {
      type: OPTIONS.transposed,
      write: (builder) => {
        builder.startObject(3);
        builder.addFieldInt8(0, 1, 0);
        builder.addFieldInt32(1, strides[1], 0);
        builder.addFieldInt32(2, strides[0], 0);
        return builder.endObject();
      },
    });
    const cut = this.#like(name, 'cut');
    const begin = this.#constant(`${name}/begin`, Int32Array.of(0, crop.top, crop.left, 0));
    const size = this.#constant(`${name}/size`, Int32Array.of(1, height, width, out));
    this.#push('slice', [spread, begin, size], cut, empty(OPTIONS.slice));
    const biases = this.#constant(`${name}/bias`, bias ?? new Float32Array(out));
    this.#sum(cut, biases, output, activation);
  }

  /** So many rows and columns of zeros around, where TensorFlow's ways of padding don't do. */
  #pad(name: string, source: string, padding: Padding, input: number): number {
    if (padding === 'same' || padding === 'valid') return input;
    const { top, bottom, left, right } = padding;
    if (top + bottom + left + right === 0) return input;
    const { height, width, channels } = this.#shapeOf(source);
    const shape = [1, height + top + bottom, width + left + right, channels];
    const padded = this.#tensor(`${name}/padded`, shape, FLOAT_32, 0);
    const around = this.#constant(
      `${name}/padding`,
      Int32Array.of(0, 0, top, bottom, left, right, 0, 0),
      [4, 2],
    );
    this.#push('pad', [input, around], padded, empty(OPTIONS.pad));
    return padded;
  }

  #addNormalization(
    name: string,
    { scale, shift, epsilon, activation }: Extract<Operation, { kind: 'normalize' }>,
    input: number,
    output: number,
  ): void {
    const { channels } = this.#shapeOf(name);
    const each = (part: string): number => this.#tensor(`${name}/${part}`, [1, 1, 1, channels], FLOAT_32, 0);
    const axes = this.#constant(`${name}/axes`, Int32Array.of(1, 2));
    const [mean, variance, safe, inverse, factor] = ['mean', 'variance', 'safe', 'inverse', 'factor'].map(
      each,
    );
    const [centred, squared, scaled] = ['centred', 'squared', 'scaled'].map((part) => this.#like(name, part));
    if (mean === undefined || variance === undefined || safe === undefined || inverse === undefined) return;
    if (factor === undefined || centred === undefined || squared === undefined || scaled === undefined)
      return;
    this.#push('mean', [input, axes], mean, keepDimensions);
    this.#push('subtract', [input, mean], centred, withActivation(OPTIONS.subtract, 2, 'none'));
    this.#multiply(centred, centred, squared);
    this.#push('mean', [squared, axes], variance, keepDimensions);
    this.#sum(variance, this.#constant(`${name}/epsilon`, Float32Array.of(epsilon)), safe, 'none');
    this.#push('inverseRoot', [safe], inverse, null);
    this.#multiply(inverse, this.#constant(`${name}/scale`, scale), factor);
    this.#multiply(centred, factor, scaled);
    this.#sum(scaled, this.#constant(`${name}/shift`, shift), output, activation);
  }

  #addResize(
    name: string,
    { alignCorners, halfPixelCenters }: Extract<Operation, { kind: 'resize' }>,
    input: number,
    output: number,
  ): void {
    const { height, width } = this.#shapeOf(name);
    const size = this.#constant(`${name}/size`, Int32Array.of(height, width));
    this.#push('resizeBilinear', [input, size], output, {
      type: OPTIONS.resizeBilinear,
      write: (builder) => {
        builder.startObject(4);
        builder.addFieldInt8(2, alignCorners ? 1 : 0, 0);
        builder.addFieldInt8(3, halfPixelCenters ? 1 : 0, 0);
        return builder.endObject();
      },
    });
  }

  #addPool(
    _: string,
    { mode, size, strides, padding }: Extract<Operation, { kind: 'pool' }>,
    input: number,
    output: number,
  ): void {
    this.#push(mode === 'max' ? 'maxPool' : 'averagePool', [input], output, {
      type: OPTIONS.pool,
      write: (builder) => {
        builder.startObject(6);
        builder.addFieldInt8(0, padding === 'same' ? 0 : 1, 0);
        builder.addFieldInt32(1, strides[1], 0);
        builder.addFieldInt32(2, strides[0], 0);
        builder.addFieldInt32(3, size[1], 0);
        builder.addFieldInt32(4, size[0], 0);
        return builder.endObject();
      },
    });
  }
}

/** height × width × in × out as out × height × width × in. */
function outFirst(values: Float32Array, inside: number, out: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let i = 0; i < inside; i++) {
    for (let o = 0; o < out; o++) result[o * inside + i] = values[i * out + o] ?? 0;
  }
  return result;
}
