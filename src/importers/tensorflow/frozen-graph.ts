import { LimnError } from '../../core/errors.ts';
import { append } from '../../core/lists.ts';
import type { Activation, Graph, GraphNode, Operation, Padding, Pair, Tensor } from '../graph.ts';
import { channelsOf } from '../graph.ts';
import { findOutput, nameOf } from './find-output.ts';
import { type ConstTensor, readGraphDef, type TensorFlowNode } from './graph-def.ts';

/** Layers that only hand on what comes in. */
const PASSING = new Set(['Identity', 'StopGradient', 'CheckNumerics', 'PlaceholderWithDefault', 'Dropout']);
const PADDING = new Set(['Pad', 'PadV2']);
const FUSED = new Set(['_FusedConv2D', 'FusedDepthwiseConv2dNative']);
/** Arithmetic with a number, or one a channel. */
const SCALING = new Set(['Mul', 'Sub', 'RealDiv', 'Div']);
const ADDING = new Set(['Add', 'AddV2']);
const NORMALIZING = new Set(['FusedBatchNorm', 'FusedBatchNormV2', 'FusedBatchNormV3']);
/** TensorFlow's own default. */
const USUAL_EPSILON = 1e-4;
const USUAL_LEAK = 0.2;
const PICTURE_CHANNELS = 3;

/**
 * Reads a TensorFlow frozen graph (`.pb`), nothing of it being run: its picture in, its maps out, and the layers
 * between. A batch norm that was frozen while training has no statistics: it takes those of the picture.
 *
 * Format: tensorflow, tensorflow/core/framework/graph.proto; what operations mean: tensorflow.org/api_docs/python/tf/raw_ops.
 *
 * @throws {LimnError} naming file, layer and what was unexpected
 */
export function readFrozenGraph(bytes: Uint8Array, fileName: string): Graph {
  return convertGraph(readGraphDef(bytes, fileName), fileName);
}

/**
 * A network out of TensorFlow's nodes, wherever they came from.
 *
 * @param output the layer whose maps come out; default: the one that nobody takes from
 * @throws {LimnError} as {@link readFrozenGraph}
 */
export function convertGraph(nodes: readonly TensorFlowNode[], fileName: string, output?: string): Graph {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const converter = new Converter(byName, fileName);
  const last = output ?? findOutput(nodes, byName, fileName);
  converter.convert(last);
  return converter.finish(last);
}

class Converter {
  readonly #byName: ReadonlyMap<string, TensorFlowNode>;
  readonly #fileName: string;
  readonly #nodes: GraphNode[] = [];
  readonly #done = new Set<string>();
  #input: string | null = null;

  constructor(byName: ReadonlyMap<string, TensorFlowNode>, fileName: string) {
    this.#byName = byName;
    this.#fileName = fileName;
  }

  /** Converts a layer and all that it takes from, in that order. Without recursion: files may be deep. */
  convert(output: string): void {
    const open = new Set<string>();
    const stack = [this.#resolve(output)];
    while (stack.length > 0) {
      const name = stack.at(-1) ?? '';
      if (this.#done.has(name)) {
        stack.pop();
        continue;
      }
      const node = this.#find(name, name);
      const waiting = this.#mapInputs(node).filter((input) => !this.#done.has(input));
      if (waiting.length === 0) {
        this.#nodes.push({ name, operation: this.#toOperation(node), inputs: this.#mapInputs(node) });
        this.#done.add(name);
        open.delete(name);
        stack.pop();
        continue;
      }
      if (open.has(name)) throw this.#fault(node, 'takes from itself, over others');
      open.add(name);
      append(stack, waiting);
    }
  }

  finish(output: string): Graph {
    const input = this.#input;
    if (input === null)
      throw new LimnError(`${this.#fileName} takes no picture: it has no layer "Placeholder".`);
    const graph: Graph = { nodes: this.#nodes, input, output: this.#resolve(output) };
    channelsOf(graph);
    return graph;
  }

  /** The layer behind those that only hand on. */
  #resolve(input: string): string {
    let name = nameOf(input);
    for (let steps = 0; steps <= this.#byName.size; steps++) {
      const node = this.#byName.get(name);
      const [first] = node?.inputs ?? [];
      if (!node || first === undefined) return name;
      const before = nameOf(first);
      // A picture is given in whole numbers where the network makes floats of them itself.
      const isPictureCast = node.op === 'Cast' && this.#byName.get(before)?.op === 'Placeholder';
      if (!PASSING.has(node.op) && !isPictureCast) return name;
      name = before;
    }
    throw new LimnError(`${this.#fileName} is damaged: layer ${input} hands on what it gets from itself.`);
  }

  #find(name: string, wantedBy: string): TensorFlowNode {
    const node = this.#byName.get(name);
    if (node) return node;
    throw new LimnError(
      `${this.#fileName} is damaged: layer ${wantedBy} takes from ${name}, which isn't in it.`,
    );
  }

  #fault({ name, op }: TensorFlowNode, why: string): LimnError {
    return new LimnError(`Layer ${name} (${op}) of ${this.#fileName} ${why}.`);
  }

  /** Names of the nodes whose maps a layer takes; constants and shapes are none. */
  #mapInputs(node: TensorFlowNode): string[] {
    const inputs = node.inputs.filter((input) => !input.startsWith('^')).map((input) => this.#resolve(input));
    switch (node.op) {
      case 'Placeholder':
        return [];
      case 'ConcatV2':
        return inputs.slice(0, -1);
      case 'ResizeBilinear':
        return [inputs[0] ?? '', this.#sizeSource(node, inputs[1] ?? '')];
      case 'Add':
      case 'AddV2':
        return this.#constantOf(inputs[1]) ? inputs.slice(0, 1) : inputs.slice(0, 2);
      case 'Mul':
        return this.#constantOf(inputs[0]) ? inputs.slice(1, 2) : inputs.slice(0, 1);
      default:
        return [this.#beforePadding(inputs[0] ?? '')];
    }
  }

  /** Zeros around a picture become part of the layer that they are for. */
  #beforePadding(name: string): string {
    const node = this.#byName.get(name);
    return node && PADDING.has(node.op) ? this.#resolve(node.inputs[0] ?? '') : name;
  }

  /** How many channels come out of a layer that is converted already. */
  #channelsOf(name: string): number {
    return channelsOf({ nodes: this.#nodes, input: '', output: '' }).get(name) ?? 0;
  }

  /**
   * Whose size a picture is to have: `Shape` of it, cut to height and width. If that is multiplied, the picture is made
   * larger to be added to another one, which has the size then.
   */
  #sizeSource(node: TensorFlowNode, size: string): string {
    const scaled = this.#find(size, node.name);
    const other = scaled.op === 'Mul' ? this.#addedTo(node) : null;
    if (other !== null) return other;
    let name = size;
    for (let steps = 0; steps < 8; steps++) {
      const shaping = this.#find(name, node.name);
      const [first] = shaping.inputs;
      if (shaping.op === 'Shape' && first !== undefined) return this.#resolve(first);
      if (shaping.op !== 'StridedSlice' && shaping.op !== 'Slice' && shaping.op !== 'Cast') break;
      if (first === undefined) break;
      name = this.#resolve(first);
    }
    throw this.#fault(node, 'has a size that is not that of another layer, which Limn does not read');
  }

  /** What a layer's map is added to; `null`: it isn't. */
  #addedTo({ name }: TensorFlowNode): string | null {
    for (const { op, inputs } of this.#byName.values()) {
      if (!ADDING.has(op) || inputs.length !== 2) continue;
      const [a = '', b = ''] = inputs.map((input) => this.#resolve(input));
      if (a === name || b === name) return a === name ? b : a;
    }
    return null;
  }

  #constantOf(name: string | undefined): ConstTensor | null {
    const node = name === undefined ? null : this.#byName.get(this.#resolve(name));
    return node?.op === 'Const' ? (node.attributes.get('value')?.tensor ?? null) : null;
  }

  #constant(node: TensorFlowNode, position: number): ConstTensor {
    const tensor = this.#constantOf(node.inputs[position]);
    if (tensor) return tensor;
    throw this.#fault(node, `has no constant as its input ${position}, where Limn expects its numbers`);
  }

  #filter(node: TensorFlowNode): Tensor {
    const { shape, values } = this.#constant(node, 1);
    if (shape.length !== 4 || !(values instanceof Float32Array)) {
      throw this.#fault(
        node,
        `has a filter of ${shape.join(' × ')}; it must be height × width × in × out, of floats`,
      );
    }
    return { shape, values };
  }

  #vector(node: TensorFlowNode, position: number): Float32Array {
    const { values } = this.#constant(node, position);
    if (values instanceof Float32Array) return values;
    throw this.#fault(node, 'has integers where floats are to be');
  }

  #toOperation(node: TensorFlowNode): Operation {
    const { op, attributes } = node;
    if (NORMALIZING.has(op)) return this.#normalization(node);
    if (ADDING.has(op)) return this.#addition(node);
    if (FUSED.has(op)) return this.#fused(node);
    if (SCALING.has(op)) return this.#scaling(node);
    switch (op) {
      case 'Placeholder':
        return this.#placeholder(node);
      case 'Conv2D':
        return { kind: 'convolution', ...this.#filtered(node) };
      case 'DepthwiseConv2dNative':
        return { kind: 'depthwise', ...this.#filtered(node) };
      case 'BiasAdd': {
        const shift = this.#vector(node, 1);
        return { kind: 'affine', scale: new Float32Array(shift.length).fill(1), shift, activation: 'none' };
      }
      case 'Relu':
        return { kind: 'activation', activation: 'relu' };
      case 'Relu6':
        return { kind: 'activation', activation: 'relu6' };
      case 'LeakyRelu': {
        const slope = attributes.get('alpha')?.float ?? USUAL_LEAK;
        const channels = this.#channelsOf(this.#mapInputs(node)[0] ?? '');
        return { kind: 'prelu', slopes: new Float32Array(channels).fill(slope) };
      }
      case 'Prelu':
        return { kind: 'prelu', slopes: this.#vector(node, 1) };
      case 'ConcatV2': {
        const [axis] = this.#constant(
          node,
          node.inputs.filter((input) => !input.startsWith('^')).length - 1,
        ).values;
        if (axis !== 3 && axis !== -1)
          throw this.#fault(node, `joins along axis ${axis}, not along the channels`);
        return { kind: 'concat' };
      }
      case 'ResizeBilinear':
        return {
          kind: 'resize',
          alignCorners: attributes.get('align_corners')?.flag ?? false,
          halfPixelCenters: attributes.get('half_pixel_centers')?.flag ?? false,
        };
      case 'MaxPool':
      case 'AvgPool':
        return {
          kind: 'pool',
          mode: op === 'MaxPool' ? 'max' : 'average',
          size: this.#pair(node, 'ksize'),
          strides: this.#pair(node, 'strides'),
          padding: this.#padding(node),
        };
      default:
        throw this.#fault(node, 'is of a kind that Limn does not read');
    }
  }

  #placeholder(node: TensorFlowNode): Operation {
    if (this.#input !== null)
      throw this.#fault(node, `is a second input beside ${this.#input}; Limn gives one picture`);
    this.#input = node.name;
    const channels = node.attributes.get('shape')?.shape?.[3] ?? PICTURE_CHANNELS;
    if (channels !== PICTURE_CHANNELS)
      throw this.#fault(node, `takes ${channels} channels; pictures have three`);
    return { kind: 'input', channels };
  }

  #filtered(node: TensorFlowNode) {
    const filter = this.#filter(node);
    const padding = this.#padding(node);
    const strides = this.#pair(node, 'strides');
    const dilations: Pair = node.attributes.get('dilations')?.integers
      ? this.#pair(node, 'dilations')
      : [1, 1];
    return { filter, padding, strides, dilations, bias: null, activation: 'none' as Activation };
  }

  #padding(node: TensorFlowNode): Padding {
    const padding = node.attributes.get('padding')?.text;
    const before = this.#byName.get(this.#resolve(node.inputs[0] ?? ''));
    if (before && PADDING.has(before.op)) {
      if (padding === 'VALID') return this.#around(before);
      throw this.#fault(node, 'pads what is padded already');
    }
    if (padding === 'EXPLICIT') {
      const [, , top = 0, bottom = 0, left = 0, right = 0] =
        node.attributes.get('explicit_paddings')?.integers ?? [];
      return this.#checkedAround(node, top, bottom, left, right);
    }
    if (padding === 'SAME') return 'same';
    if (padding === 'VALID') return 'valid';
    throw this.#fault(node, `has padding "${padding ?? ''}", which Limn does not read`);
  }

  #pair(node: TensorFlowNode, key: string): Pair {
    if (node.attributes.get('data_format')?.text === 'NCHW') {
      throw this.#fault(node, 'has channels first (NCHW); freeze the graph with channels last');
    }
    const [, height = 0, width = 0] = node.attributes.get(key)?.integers ?? [];
    if (!(height >= 1 && height <= 64 && width >= 1 && width <= 64)) {
      throw this.#fault(node, `has ${key} of ${height} × ${width}`);
    }
    return [height, width];
  }

  /** Rows and columns that a layer puts around a picture: [[0, 0], [top, bottom], [left, right], [0, 0]]. */
  #around(node: TensorFlowNode): Padding {
    const [batchBefore, batchAfter, top = 0, bottom = 0, left = 0, right = 0, ...channels] = this.#constant(
      node,
      1,
    ).values;
    if (batchBefore !== 0 || batchAfter !== 0 || channels.some((count) => count !== 0))
      throw this.#fault(node, 'pads something else than rows and columns');
    return this.#checkedAround(node, top, bottom, left, right);
  }

  #checkedAround(node: TensorFlowNode, top: number, bottom: number, left: number, right: number): Padding {
    if ([top, bottom, left, right].some((count) => !(count >= 0 && count <= 64)))
      throw this.#fault(node, `pads by ${top}, ${bottom}, ${left}, ${right}`);
    return { top, bottom, left, right };
  }

  /** A convolution with its biases and activation in it. */
  #fused(node: TensorFlowNode): Operation {
    const [first, activation = '', ...more] = node.attributes.get('fused_ops')?.texts ?? [];
    const activations: Readonly<Record<string, Activation>> = { '': 'none', Relu: 'relu', Relu6: 'relu6' };
    const known = activations[activation];
    if (first !== 'BiasAdd' || known === undefined || more.length > 0)
      throw this.#fault(node, 'has other steps in it than biases and an activation');
    return {
      kind: node.op === '_FusedConv2D' ? 'convolution' : 'depthwise',
      ...this.#filtered(node),
      bias: this.#vector(node, 2),
      activation: known,
    };
  }

  /** Times, minus or divided by a number, or one a channel. */
  #scaling(node: TensorFlowNode): Operation {
    const isSecond = this.#constantOf(node.inputs[1]) !== null;
    if (!isSecond && node.op !== 'Mul')
      throw this.#fault(node, 'works on two maps, which Limn does not read');
    const numbers = this.#vector(node, isSecond ? 1 : 0);
    const channels = this.#channelsOf(this.#mapInputs(node)[0] ?? '');
    if (numbers.length !== 1 && numbers.length !== channels)
      throw this.#fault(node, `has ${numbers.length} numbers for ${channels} channels`);
    const each = Float32Array.from(
      { length: channels },
      (_, i) => numbers[numbers.length === 1 ? 0 : i] ?? 0,
    );
    const isShift = node.op === 'Sub';
    return {
      kind: 'affine',
      scale: isShift
        ? new Float32Array(channels).fill(1)
        : node.op === 'Mul'
          ? each
          : each.map((value) => 1 / value),
      shift: isShift ? each.map((value) => -value) : new Float32Array(channels),
      activation: 'none',
    };
  }

  #addition(node: TensorFlowNode): Operation {
    const constant = this.#constantOf(node.inputs[1]);
    if (!constant) return { kind: 'add', activation: 'none' };
    const { values } = constant;
    if (!(values instanceof Float32Array) || constant.shape.filter((size) => size > 1).length > 1) {
      throw this.#fault(node, 'adds something else than one number a channel');
    }
    const channels = this.#channelsOf(this.#mapInputs(node)[0] ?? '');
    const shift = values.length === 1 ? new Float32Array(channels).fill(values[0] ?? 0) : values;
    return { kind: 'affine', scale: new Float32Array(shift.length).fill(1), shift, activation: 'none' };
  }

  #normalization(node: TensorFlowNode): Operation {
    const epsilon = node.attributes.get('epsilon')?.float ?? USUAL_EPSILON;
    const [gamma, beta] = [this.#vector(node, 1), this.#vector(node, 2)];
    if (gamma.length !== beta.length) throw this.#fault(node, 'has another number of scales than of shifts');
    if (node.attributes.get('is_training')?.flag ?? true) {
      return { kind: 'normalize', scale: gamma, shift: beta, epsilon, activation: 'none' };
    }
    const [mean, variance] = [this.#vector(node, 3), this.#vector(node, 4)];
    if (mean.length !== gamma.length || variance.length !== gamma.length) {
      throw this.#fault(node, 'has statistics of another number of channels');
    }
    const scale = gamma.map((value, i) => value / Math.sqrt((variance[i] ?? 0) + epsilon));
    const shift = beta.map((value, i) => value - (mean[i] ?? 0) * (scale[i] ?? 0));
    return { kind: 'affine', scale, shift, activation: 'none' };
  }
}
