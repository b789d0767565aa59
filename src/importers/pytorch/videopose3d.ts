import { LimnError } from '../../core/errors.ts';
import type { Graph, GraphNode, Tensor } from '../graph.ts';
import { readCheckpoint } from './checkpoint.ts';

/** A network that makes 3-D joints of a stretch of 2-D keypoints. */
export interface TemporalNetwork {
  /**
   * One row, a column a frame, a channel a coordinate: x, y of the first keypoint, x, y of the second … come in, x, y, z
   * of the joints come out, of `receptiveField − 1` frames less.
   */
  readonly graph: Graph;
  readonly jointsIn: number;
  readonly jointsOut: number;
  /** Frames that one result is made of. */
  readonly receptiveField: number;
  /** Does a result belong to the last of its frames? Else to the one in the middle. */
  readonly isCausal: boolean;
  /** Width of the filters of each step, in frames: VideoPose3D's `-arc`. */
  readonly filterWidths: readonly number[];
  /** Are filters as wide as what they span, in place of a few frames far apart? */
  readonly isDense: boolean;
  readonly channels: number;
}

/** What the weights don't say. */
export interface TemporalNetworkOptions {
  /** The same weights fit both ways; default: whether the file's name says `causal`. */
  readonly isCausal?: boolean;
}

/** PyTorch's BatchNorm1d (torch.nn.modules.batchnorm). */
const EPSILON = 1e-5;
/** Wider networks, or longer ones, than anybody has trained: the file is damaged or made to do harm. */
const MAXIMUM_CHANNELS = 8192;
const MAXIMUM_FIELD = 10_000;
const COORDINATES_IN = 2;
const COORDINATES_OUT = 3;
/** In front of the first filter nothing has been skipped yet. */
const INPUT = 'keypoints';
const EXPAND = 'expand';
const SHRINK = 'joints';

/**
 * Reads a network of VideoPose3D from a checkpoint (`torch.save`). Its architecture follows from its weights: the
 * widths of filters, how many channels and joints, filters dense or dilated.
 *
 * A filter of a later step is dense if it is as wide as a filter of odd width, three frames at least, that skips as far as
 * the steps before it see. A dilated filter of just that width reads the same; VideoPose3D's own widths are 3.
 *
 * Architecture: Pavllo et al., "3D human pose estimation in video with temporal convolutions and semi-supervised
 * training", CVPR 2019, and facebookresearch/VideoPose3D, common/model.py.
 *
 * @throws {LimnError} naming the layer that is missing or doesn't fit
 */
export function readVideoPose3d(
  bytes: Uint8Array,
  name: string,
  { isCausal = /causal/i.test(name) }: TemporalNetworkOptions = {},
): TemporalNetwork {
  const tensors = readCheckpoint(bytes, name, (names) => names.has('expand_conv.weight'));
  return buildTemporalNetwork(new Weights(tensors, name), isCausal);
}

function buildTemporalNetwork(weights: Weights, isCausal: boolean): TemporalNetwork {
  const [channels, channelsIn, firstWidth] = weights.filter('expand_conv');
  const [channelsOut] = weights.filter('shrink');
  if (channelsIn % COORDINATES_IN !== 0) throw weights.unfit('expand_conv', 'takes half a keypoint');
  if (channelsOut % COORDINATES_OUT !== 0) throw weights.unfit('shrink', 'gives a part of a joint');
  if (channels > MAXIMUM_CHANNELS)
    throw weights.unfit('expand_conv', 'has more channels than any such network');
  weights.expectOdd('expand_conv', firstWidth);
  const steps = countSteps(weights);
  const widths = steps.map((step) => weights.filter(`layers_conv.${2 * step}`)[2]);
  const isDense =
    widths.length > 0 && widths.every((width, i) => isDenseWidth(width, firstWidth, widths.slice(0, i)));
  const nodes: GraphNode[] = [
    { name: INPUT, operation: { kind: 'input', channels: channelsIn }, inputs: [] },
    weights.convolution(EXPAND, INPUT, 'expand_conv', 'expand_bn', channelsIn, 1),
  ];
  const filterWidths = [firstWidth];
  /** Frames that the steps so far see; a dilated filter skips as far. */
  let seen = firstWidth;
  let field = firstWidth;
  let last = EXPAND;
  for (const [step, width] of widths.entries()) {
    const layer = `layers_conv.${2 * step}`;
    weights.expectOdd(layer, width);
    const dilation = isDense ? 1 : seen;
    const [wide, narrow, skipped, sum] = ['wide', 'narrow', 'skipped', 'sum'].map(
      (part) => `${part} ${step}`,
    ) as [string, string, string, string];
    nodes.push(
      weights.convolution(wide, last, layer, `layers_bn.${2 * step}`, channels, dilation),
      weights.convolution(
        narrow,
        wide,
        `layers_conv.${2 * step + 1}`,
        `layers_bn.${2 * step + 1}`,
        channels,
        1,
      ),
      skip(skipped, last, channels, width, dilation, isCausal),
      { name: sum, operation: { kind: 'add', activation: 'none' }, inputs: [skipped, narrow] },
    );
    field += (width - 1) * dilation;
    if (field > MAXIMUM_FIELD) throw weights.unfit(layer, 'sees more frames than any such network');
    const filterWidth = isDense ? (width - 1) / seen + 1 : width;
    filterWidths.push(filterWidth);
    seen *= filterWidth;
    last = sum;
  }
  nodes.push(weights.output(SHRINK, last, 'shrink', channels));
  return {
    graph: { nodes, input: INPUT, output: SHRINK },
    jointsIn: channelsIn / COORDINATES_IN,
    jointsOut: channelsOut / COORDINATES_OUT,
    receptiveField: field,
    isCausal,
    filterWidths,
    isDense,
    channels,
  };
}

/** Is a filter as wide as one of an odd width of three or more that skips as far as the steps before see? */
function isDenseWidth(width: number, firstWidth: number, before: readonly number[]): boolean {
  let seen = firstWidth;
  for (const each of before) seen *= (each - 1) / seen + 1;
  const filterWidth = (width - 1) / seen + 1;
  return Number.isInteger(filterWidth) && filterWidth >= 3 && filterWidth % 2 === 1;
}

function countSteps(weights: Weights): number[] {
  let count = 0;
  while (weights.has(`layers_conv.${2 * count}.weight`)) count++;
  return Array.from({ length: count }, (_, step) => step);
}

/**
 * What goes past a step: of the frames that its filter sees, the middle one, or the last one of a causal network. A
 * filter with a single 1 a channel does that on every engine, and needs no operation of its own.
 */
function skip(
  name: string,
  input: string,
  channels: number,
  width: number,
  dilation: number,
  isCausal: boolean,
): GraphNode {
  const values = new Float32Array(width * channels);
  const taken = isCausal ? width - 1 : (width - 1) / 2;
  values.fill(1, taken * channels, (taken + 1) * channels);
  return {
    name,
    operation: {
      kind: 'depthwise',
      filter: { shape: [1, width, channels, 1], values },
      bias: null,
      strides: [1, 1],
      dilations: [1, dilation],
      padding: 'valid',
      activation: 'none',
    },
    inputs: [input],
  };
}

/** The tensors of a checkpoint as layers. */
class Weights {
  readonly #tensors: ReadonlyMap<string, Tensor>;
  readonly #name: string;

  constructor(tensors: ReadonlyMap<string, Tensor>, name: string) {
    this.#tensors = tensors;
    this.#name = name;
  }

  has(key: string): boolean {
    return this.#tensors.has(key);
  }

  /** How many channels a filter gives and takes, and how many frames wide it is. */
  filter(layer: string): readonly [out: number, taken: number, width: number] {
    const [out = 0, taken = 0, width = 0, ...more] = this.#get(`${layer}.weight`).shape;
    if (!(out > 0 && taken > 0 && width > 0) || more.length > 0) {
      throw this.unfit(layer, 'is no filter over time');
    }
    return [out, taken, width];
  }

  /** A filter over time with its normalisation, and ReLU. */
  convolution(
    name: string,
    input: string,
    layer: string,
    normalisation: string,
    channels: number,
    dilation: number,
  ): GraphNode {
    const [out] = this.filter(layer);
    const read = (part: string): Float32Array => this.#vector(`${normalisation}.${part}`, out);
    const [scale, shift, mean, variance] = [
      read('weight'),
      read('bias'),
      read('running_mean'),
      read('running_var'),
    ];
    const factors = scale.map((value, i) => value / Math.sqrt((variance[i] ?? 0) + EPSILON));
    const bias = shift.map((value, i) => value - (mean[i] ?? 0) * (factors[i] ?? 0));
    return this.#node(name, input, layer, channels, dilation, bias, factors);
  }

  output(name: string, input: string, layer: string, channels: number): GraphNode {
    const [out] = this.filter(layer);
    return this.#node(name, input, layer, channels, 1, this.#vector(`${layer}.bias`, out), null);
  }

  expectOdd(layer: string, width: number): void {
    if (width % 2 === 0) throw this.unfit(layer, `is ${width} frames wide; such networks have odd widths`);
  }

  unfit(layer: string, why: string): LimnError {
    return new LimnError(`${this.#name} is no network of VideoPose3D's kind: ${layer} ${why}.`);
  }

  /** @param factors by which each channel that comes out is multiplied; then it is cut at 0 */
  #node(
    name: string,
    input: string,
    layer: string,
    channels: number,
    dilation: number,
    bias: Float32Array,
    factors: Float32Array | null,
  ): GraphNode {
    const [out, taken, width] = this.filter(layer);
    if (taken !== channels) throw this.unfit(layer, `takes ${taken} channels, and ${channels} come in`);
    const { values: source } = this.#get(`${layer}.weight`);
    const values = new Float32Array(source.length);
    for (let o = 0; o < out; o++) {
      const factor = factors?.[o] ?? 1;
      for (let c = 0; c < taken; c++) {
        for (let k = 0; k < width; k++) {
          values[(k * taken + c) * out + o] = (source[(o * taken + c) * width + k] ?? 0) * factor;
        }
      }
    }
    return {
      name,
      operation: {
        kind: 'convolution',
        filter: { shape: [1, width, taken, out], values },
        bias,
        strides: [1, 1],
        dilations: [1, dilation],
        padding: 'valid',
        activation: factors ? 'relu' : 'none',
      },
      inputs: [input],
    };
  }

  #vector(key: string, length: number): Float32Array {
    const { values } = this.#get(key);
    if (values.length !== length) {
      throw this.unfit(key, `has ${values.length} numbers in place of ${length}`);
    }
    return values;
  }

  #get(key: string): Tensor {
    const tensor = this.#tensors.get(key);
    if (!tensor)
      throw new LimnError(`${this.#name} is no network of VideoPose3D's kind: ${key} is not in it.`);
    if (!tensor.values.every(Number.isFinite)) throw this.unfit(key, 'holds something that is no number');
    return tensor;
  }
}
