import { LimnError } from '../../core/errors.ts';
import {
  type Activation,
  channelsOf,
  type Graph,
  type GraphNode,
  type Operation,
  type Padding,
  type Pair,
} from '../graph.ts';
import { refuseKnown } from '../recognize/known-models.ts';
import type { FlatTable } from '../wire/flatbuffer.ts';
import { readModel, type TfliteModel, type TfliteOperator } from './model.ts';

// Numbers of operators and of their options' fields: tensorflow, tensorflow/compiler/mlir/lite/schema/schema.fbs.
const ADD = 0;
const AVERAGE_POOL = 1;
const CONCATENATION = 2;
const CONVOLUTION = 3;
const DEPTHWISE = 4;
const DEQUANTIZE = 6;
const MAX_POOL = 17;
const MULTIPLY = 18;
const RELU = 19;
const RELU_6 = 21;
const RESIZE_BILINEAR = 23;
const PAD = 34;
const PRELU = 54;
const DENSIFY = 124;
const ACTIVATIONS: ReadonlyMap<number, Activation> = new Map([
  [0, 'none'],
  [1, 'relu'],
  [3, 'relu6'],
]);
const PICTURE_CHANNELS = 3;

/**
 * Reads a TFLite network with floats in and out: weights of 32 or 16 bits, or of 8 bits with their scales, which become
 * floats. The picture's size in the file doesn't bind the network that comes out.
 *
 * Format: tensorflow, tensorflow/compiler/mlir/lite/schema/schema.fbs.
 *
 * @throws {LimnError} naming file, layer and what was unexpected
 */
export function readTflite(bytes: Uint8Array, fileName: string): Graph {
  return new Converter(readModel(bytes, fileName), fileName).convert();
}

class Converter {
  readonly #model: TfliteModel;
  readonly #fileName: string;
  readonly #nodes: GraphNode[] = [];
  /** By tensor, the node whose maps it is. */
  readonly #maps = new Map<number, string>();
  /** By tensor, zeros that are to be put around what it was made from. */
  readonly #padded = new Map<number, { readonly source: number; readonly padding: Padding }>();
  /** By tensor, a constant that an operator only hands on. */
  readonly #constants = new Map<number, () => Float32Array>();

  constructor(model: TfliteModel, fileName: string) {
    this.#model = model;
    this.#fileName = fileName;
  }

  convert(): Graph {
    const { inputs, outputs, operators, tensors } = this.#model;
    refuseKnown(
      {
        inputs: inputs.map((tensor) => this.#shape(tensor)),
        outputs: outputs.map((tensor) => this.#shape(tensor)),
        outputNames: outputs.map((tensor) => tensors[tensor]?.name ?? ''),
      },
      this.#fileName,
    );
    const [input] = inputs;
    if (input === undefined || inputs.length !== 1) {
      throw new LimnError(`${this.#fileName} takes ${inputs.length} inputs; Limn gives one picture.`);
    }
    const channels = this.#shape(input)[3] ?? 0;
    if (channels !== PICTURE_CHANNELS) {
      throw new LimnError(`${this.#fileName} takes ${channels} channels; pictures have three.`);
    }
    this.#push(input, { kind: 'input', channels }, []);
    for (const operator of operators) this.#add(operator);
    const output = outputs[0] === undefined ? undefined : this.#maps.get(outputs[0]);
    if (output === undefined) throw new LimnError(`${this.#fileName} gives an output that no layer makes.`);
    const graph: Graph = { nodes: this.#nodes, input: this.#nodes[0]?.name ?? '', output };
    channelsOf(graph);
    return graph;
  }

  #shape(tensor: number): readonly number[] {
    return this.#model.tensors[tensor]?.shape ?? [];
  }

  #push(tensor: number, operation: Operation, inputs: readonly string[]): void {
    // Names may be the same, or missing.
    const name = `${this.#model.tensors[tensor]?.name || 'layer'} #${tensor}`;
    this.#nodes.push({ name, operation, inputs });
    this.#maps.set(tensor, name);
  }

  #fault(operator: TfliteOperator, why: string): LimnError {
    const name = this.#model.tensors[operator.outputs[0] ?? -1]?.name ?? '';
    return new LimnError(`Layer ${name} (operator ${operator.code}) of ${this.#fileName} ${why}.`);
  }

  #constant(operator: TfliteOperator, position: number): Float32Array {
    const tensor = operator.inputs[position] ?? -1;
    const read = this.#constants.get(tensor) ?? this.#model.tensors[tensor]?.constant;
    if (!read) throw this.#fault(operator, `has no numbers as its input ${position}`);
    return read();
  }

  #isConstant(tensor: number | undefined): boolean {
    if (tensor === undefined || this.#maps.has(tensor)) return false;
    return this.#constants.has(tensor) || (this.#model.tensors[tensor]?.constant ?? null) !== null;
  }

  #map(operator: TfliteOperator, position: number): string {
    const name = this.#maps.get(operator.inputs[position] ?? -1);
    if (name !== undefined) return name;
    throw this.#fault(operator, `takes something as its input ${position} that no layer before it makes`);
  }

  #activation(operator: TfliteOperator, field: number): Activation {
    const activation = ACTIVATIONS.get(operator.options?.integer(field, 1) ?? 0);
    if (activation) return activation;
    throw this.#fault(operator, 'has an activation that Limn does not read');
  }

  #add(operator: TfliteOperator): void {
    const { code, inputs, outputs } = operator;
    const [output] = outputs;
    const [input] = inputs;
    if (output === undefined || input === undefined) throw this.#fault(operator, 'has no input or no output');
    switch (code) {
      case DEQUANTIZE:
      case DENSIFY:
        if (!this.#isConstant(input))
          throw this.#fault(operator, 'makes floats of maps: Limn reads networks of floats');
        this.#constants.set(output, () => this.#constant(operator, 0));
        return;
      case CONVOLUTION:
      case DEPTHWISE:
        this.#addFilter(operator, output, code === DEPTHWISE);
        return;
      case PAD:
        this.#padded.set(output, { source: input, padding: this.#paddingOf(operator) });
        return;
      case ADD:
      case MULTIPLY:
        this.#addArithmetic(operator, output);
        return;
      case RELU:
        this.#push(output, { kind: 'activation', activation: 'relu' }, [this.#map(operator, 0)]);
        return;
      case RELU_6:
        this.#push(output, { kind: 'activation', activation: 'relu6' }, [this.#map(operator, 0)]);
        return;
      case PRELU:
        this.#push(output, { kind: 'prelu', slopes: this.#constant(operator, 1) }, [this.#map(operator, 0)]);
        return;
      case CONCATENATION: {
        const axis = operator.options?.integer(0, 4) ?? 0;
        if (axis !== 3 && axis !== -1)
          throw this.#fault(operator, `joins along axis ${axis}, not along the channels`);
        this.#push(
          output,
          { kind: 'concat' },
          inputs.map((_, position) => this.#map(operator, position)),
        );
        return;
      }
      case RESIZE_BILINEAR:
        this.#addResize(operator, output);
        return;
      case MAX_POOL:
      case AVERAGE_POOL:
        this.#addPool(operator, output, code === MAX_POOL ? 'max' : 'average');
        return;
      default:
        throw this.#fault(operator, 'is of a kind that Limn does not read');
    }
  }

  #options(operator: TfliteOperator): FlatTable {
    if (operator.options) return operator.options;
    throw this.#fault(operator, 'has none of its options');
  }

  #pair(operator: TfliteOperator, height: number, width: number, otherwise: number): Pair {
    const options = this.#options(operator);
    const pair: Pair = [options.integer(height, 4, otherwise), options.integer(width, 4, otherwise)];
    if (pair.every((value) => value >= 1 && value <= 64)) return pair;
    throw this.#fault(operator, `has a step or window of ${pair.join(' × ')}`);
  }

  /** The maps that come in, and zeros that an operator before has put around them. */
  #padding(operator: TfliteOperator): { readonly source: string; readonly padding: Padding } {
    const padded = this.#padded.get(operator.inputs[0] ?? -1);
    const isSame = (operator.options?.integer(0, 1) ?? 0) === 0;
    if (!padded) return { source: this.#map(operator, 0), padding: isSame ? 'same' : 'valid' };
    const source = this.#maps.get(padded.source);
    if (isSame || source === undefined) throw this.#fault(operator, 'pads what is padded');
    return { source, padding: padded.padding };
  }

  #paddingOf(operator: TfliteOperator): Padding {
    const [beforeAll = 0, afterAll = 0, top = 0, bottom = 0, left = 0, right = 0, ...channels] =
      this.#constant(operator, 1);
    const isPlain = [beforeAll, afterAll, ...channels].every((value) => value === 0);
    if (isPlain && [top, bottom, left, right].every((value) => value >= 0 && value <= 64))
      return { top, bottom, left, right };
    throw this.#fault(operator, 'puts zeros elsewhere than around the picture');
  }

  #addFilter(operator: TfliteOperator, output: number, isDepthwise: boolean): void {
    const { source, padding } = this.#padding(operator);
    const [first = 0, height = 0, width = 0, last = 0] = this.#shape(operator.inputs[1] ?? -1);
    const stored = this.#constant(operator, 1);
    if (stored.length !== first * height * width * last)
      throw this.#fault(operator, 'has a filter of another shape');
    const bias =
      operator.inputs[2] === undefined || operator.inputs[2] < 0 ? null : this.#constant(operator, 2);
    const next = isDepthwise ? 4 : 3;
    const common = {
      bias,
      padding,
      strides: this.#pair(operator, 2, 1, 0),
      dilations: this.#pair(operator, next + 2, next + 1, 1),
      activation: this.#activation(operator, next),
    };
    if (isDepthwise) {
      const times = this.#options(operator).integer(3, 4, 1);
      if (!(times >= 1) || last % times !== 0)
        throw this.#fault(operator, `gives ${last} channels, not a multiple of ${times}`);
      const filter = { shape: [height, width, last / times, times], values: stored };
      this.#push(output, { kind: 'depthwise', filter, ...common }, [source]);
      return;
    }
    const values = new Float32Array(stored.length);
    const inside = height * width * last;
    for (let o = 0; o < first; o++) {
      for (let i = 0; i < inside; i++) values[i * first + o] = stored[o * inside + i] ?? 0;
    }
    this.#push(
      output,
      { kind: 'convolution', filter: { shape: [height, width, last, first], values }, ...common },
      [source],
    );
  }

  /** The sum of two maps, or a number a channel by which maps are moved or multiplied. */
  #addArithmetic(operator: TfliteOperator, output: number): void {
    const activation = this.#activation(operator, 0);
    const isSum = operator.code === ADD;
    const position = [0, 1].find((each) => this.#isConstant(operator.inputs[each]));
    if (position === undefined) {
      if (!isSum) throw this.#fault(operator, 'multiplies maps with maps, which Limn does not read');
      this.#push(output, { kind: 'add', activation }, [this.#map(operator, 0), this.#map(operator, 1)]);
      return;
    }
    const channels = this.#shape(output)[3] ?? 0;
    const given = this.#constant(operator, position);
    if (given.length !== channels && given.length !== 1)
      throw this.#fault(operator, 'has not one number a channel');
    const values = given.length === channels ? given : new Float32Array(channels).fill(given[0] ?? 0);
    const source = this.#map(operator, 1 - position);
    const [scale, shift] = isSum
      ? [new Float32Array(channels).fill(1), values]
      : [values, new Float32Array(channels)];
    this.#push(output, { kind: 'affine', scale, shift, activation }, [source]);
  }

  /** The size stands in the file as numbers: that of a layer before, which it has to be whatever the picture's size. */
  #addResize(operator: TfliteOperator, output: number): void {
    const [, height, width] = this.#shape(output);
    const like = [...this.#maps.entries()].findLast(([tensor]) => {
      const [, h, w] = this.#shape(tensor);
      return h === height && w === width;
    });
    if (!like) throw this.#fault(operator, 'resizes to a size that no layer before it has');
    const options = this.#options(operator);
    this.#push(
      output,
      {
        kind: 'resize',
        alignCorners: options.integer(2, 1) !== 0,
        halfPixelCenters: options.integer(3, 1) !== 0,
      },
      [this.#map(operator, 0), like[1]],
    );
  }

  #addPool(operator: TfliteOperator, output: number, mode: 'max' | 'average'): void {
    const { source, padding } = this.#padding(operator);
    if (this.#activation(operator, 5) !== 'none')
      throw this.#fault(operator, 'has an activation behind its windows');
    const size = this.#pair(operator, 4, 3, 0);
    this.#push(output, { kind: 'pool', mode, size, strides: this.#pair(operator, 2, 1, 0), padding }, [
      source,
    ]);
  }
}
