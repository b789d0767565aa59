import { LimnError } from '../../core/errors.ts';
import { channelsOf, type Graph, type GraphNode, type Operation, type Pair } from '../graph.ts';
import { type CaffeLayer, readLayerList, readWeights } from './layers.ts';

/** Layers without meaning once a network is trained. */
const PASSING = new Set(['Dropout', 'Split', 'Silence']);
const PICTURE = 'image';
const PICTURE_CHANNELS = 3;
const MAXIMUM_POOLING = 0;
/** Caffe's own default. */
const USUAL_EPSILON = 1e-5;
const MAXIMUM_NUMBERS = 2 ** 27;

/**
 * Reads a Caffe network: weights (`.caffemodel`), and the list of its layers (`.prototxt`) where there is one; else the
 * weights' own list. Channels come last here.
 *
 * Format: BVLC/caffe, src/caffe/proto/caffe.proto, versions 1 and 2.
 *
 * @param prototxt the layer list, `null`: there is none
 * @throws {LimnError} naming file, layer and what was unexpected
 */
export function readCaffe(bytes: Uint8Array, prototxt: string | null, fileName: string): Graph {
  const weights = readWeights(bytes, fileName);
  const list =
    prototxt === null ? null : readLayerList(prototxt, fileName.replace(/\.caffemodel$/i, '.prototxt'));
  const blobsOf = new Map(weights.map(({ name, blobs }) => [name, blobs]));
  const layers = (list?.layers ?? weights).map((layer) => ({
    ...layer,
    blobs: blobsOf.get(layer.name) ?? layer.blobs,
  }));
  return new Converter(layers, list?.input ?? PICTURE, fileName).convert();
}

class Converter {
  readonly #layers: readonly CaffeLayer[];
  readonly #input: string;
  readonly #fileName: string;
  readonly #nodes: GraphNode[] = [];
  /** By the name of a blob, the node that has written it last: layers may write in place. */
  readonly #writers = new Map<string, string>();

  constructor(layers: readonly CaffeLayer[], input: string, fileName: string) {
    this.#layers = layers;
    this.#input = input;
    this.#fileName = fileName;
  }

  convert(): Graph {
    this.#push(this.#input, { kind: 'input', channels: PICTURE_CHANNELS }, [], [this.#input]);
    for (const layer of this.#layers) this.#add(layer);
    const output = this.#nodes.at(-1)?.name ?? this.#input;
    const graph: Graph = { nodes: this.#nodes, input: this.#input, output };
    channelsOf(graph);
    return graph;
  }

  #add(layer: CaffeLayer): void {
    const { name, type, bottoms, tops } = layer;
    if (type === 'Input' || type === 'Data') return;
    const inputs = bottoms.map((bottom) => {
      const writer = this.#writers.get(bottom);
      if (writer === undefined)
        throw this.#fault(layer, `takes from ${bottom}, which no layer before it gives`);
      return writer;
    });
    const [first] = inputs;
    if (PASSING.has(type) && first !== undefined) {
      for (const top of tops) this.#writers.set(top, first);
      return;
    }
    // A layer may be called as its input is, or as another layer.
    const unique = this.#nodes.some((node) => node.name === name) ? `${name} (${this.#nodes.length})` : name;
    this.#push(unique, this.#toOperation(layer), inputs, tops);
  }

  #push(name: string, operation: Operation, inputs: readonly string[], tops: readonly string[]): void {
    this.#nodes.push({ name, operation, inputs });
    for (const top of tops) this.#writers.set(top, name);
  }

  #fault({ name, type }: CaffeLayer, why: string): LimnError {
    return new LimnError(`Layer ${name} (${type}) of ${this.#fileName} ${why}.`);
  }

  #toOperation(layer: CaffeLayer): Operation {
    switch (layer.type) {
      case 'Convolution':
        return this.#convolution(layer);
      case 'Deconvolution':
        return this.#deconvolution(layer);
      case 'BatchNorm':
        return this.#batchNorm(layer);
      case 'Scale':
        return this.#scale(layer);
      case 'ReLU':
        return { kind: 'activation', activation: 'relu' };
      case 'PReLU':
        return { kind: 'prelu', slopes: this.#blob(layer, 0).values };
      case 'Pooling':
        return this.#pooling(layer);
      case 'Concat': {
        const [axis = 1] = layer.parameters.get('axis') ?? layer.parameters.get('concat_dim') ?? [];
        if (axis !== 1) throw this.#fault(layer, `joins along axis ${axis}, not along the channels`);
        return { kind: 'concat' };
      }
      case 'Eltwise': {
        const [operation = 1] = layer.parameters.get('operation') ?? [];
        if (operation !== 1 || layer.bottoms.length !== 2)
          throw this.#fault(layer, 'does something else than add two maps');
        return { kind: 'add', activation: 'none' };
      }
      default:
        throw this.#fault(layer, 'is of a kind that Limn does not read');
    }
  }

  #blob(layer: CaffeLayer, position: number) {
    const blob = layer.blobs[position];
    if (blob) return blob;
    throw this.#fault(
      layer,
      'has no weights in the file: list and weights are of different networks, or the file is cut off',
    );
  }

  #pair(layer: CaffeLayer, both: string, each: string, usual: number): Pair {
    const { parameters } = layer;
    const [first, second = first] = parameters.get(both) ?? [];
    const height = parameters.get(`${each}_h`)?.[0] ?? first ?? usual;
    const width = parameters.get(`${each}_w`)?.[0] ?? second ?? usual;
    if (!(height >= 0 && height <= 64 && width >= 0 && width <= 64)) {
      throw this.#fault(layer, `has ${both} of ${height} × ${width}`);
    }
    return [height, width];
  }

  #convolution(layer: CaffeLayer): Operation {
    const { out, channels, height, width, values, bias } = this.#filter(layer, 'out');
    const isDepthwise = channels === out && layer.parameters.get('group')?.[0] === out;
    const filter = new Float32Array(isDepthwise ? height * width * out : values.length);
    for (let o = 0, from = 0; o < out; o++) {
      for (let c = 0; c < channels; c++) {
        for (let place = 0; place < height * width; place++, from++) {
          const value = values[from] ?? 0;
          if (!isDepthwise) filter[(place * channels + c) * out + o] = value;
          else if (c === o) filter[place * out + o] = value;
        }
      }
    }
    const [padHeight, padWidth] = this.#pair(layer, 'pad', 'pad', 0);
    return {
      kind: isDepthwise ? 'depthwise' : 'convolution',
      filter: { shape: [height, width, channels, isDepthwise ? 1 : out], values: filter },
      bias,
      strides: this.#pair(layer, 'stride', 'stride', 1),
      dilations: this.#pair(layer, 'dilation', 'dilation', 1),
      padding: { top: padHeight, bottom: padHeight, left: padWidth, right: padWidth },
      activation: 'none',
    };
  }

  /** Filters of Caffe's deconvolutions are in × out × height × width, and what is padding is cut off. */
  #deconvolution(layer: CaffeLayer): Operation {
    const { out: channels, channels: out, height, width, values, bias } = this.#filter(layer, 'in');
    const filter = new Float32Array(values.length);
    for (let c = 0, from = 0; c < channels; c++) {
      for (let o = 0; o < out; o++) {
        for (let place = 0; place < height * width; place++, from++) {
          filter[(place * out + o) * channels + c] = values[from] ?? 0;
        }
      }
    }
    const [padHeight, padWidth] = this.#pair(layer, 'pad', 'pad', 0);
    return {
      kind: 'transposed',
      filter: { shape: [height, width, out, channels], values: filter },
      bias,
      strides: this.#pair(layer, 'stride', 'stride', 1),
      crop: { top: padHeight, bottom: padHeight, left: padWidth, right: padWidth },
      activation: 'none',
    };
  }

  /** (x − mean) / √(variance + eps); the third number is what both are to be divided by. */
  #batchNorm(layer: CaffeLayer): Operation {
    const [mean, variance] = [this.#blob(layer, 0).values, this.#blob(layer, 1).values];
    if (mean.length !== variance.length)
      throw this.#fault(layer, `has ${mean.length} means and ${variance.length} variances`);
    const [total = 1] = layer.blobs[2]?.values ?? [];
    const factor = total === 0 ? 0 : 1 / total;
    const epsilon = layer.parameters.get('eps')?.[0] ?? USUAL_EPSILON;
    const scale = variance.map((value) => 1 / Math.sqrt(value * factor + epsilon));
    return {
      kind: 'affine',
      scale,
      shift: mean.map((value, i) => -value * factor * (scale[i] ?? 1)),
      activation: 'none',
    };
  }

  #scale(layer: CaffeLayer): Operation {
    const scale = this.#blob(layer, 0).values;
    const hasBias = (layer.parameters.get('bias_term')?.[0] ?? 0) !== 0;
    const shift = hasBias ? this.#blob(layer, 1).values : new Float32Array(scale.length);
    if (shift.length !== scale.length)
      throw this.#fault(layer, `has ${scale.length} scales and ${shift.length} shifts`);
    return { kind: 'affine', scale, shift, activation: 'none' };
  }

  /** A filter as it lies in the file, its groups spread over all channels, and its biases. */
  #filter(layer: CaffeLayer, first: 'out' | 'in') {
    const { parameters } = layer;
    const { shape, values: stored } = this.#blob(layer, 0);
    const [out = 0, perGroup = 0, height = 0, width = 0] = shape;
    const [kernelHeight, kernelWidth] = this.#pair(layer, 'kernel_size', 'kernel', 0);
    if (shape.length !== 4 || kernelHeight !== height || kernelWidth !== width) {
      throw this.#fault(
        layer,
        `has a filter of ${shape.join(' × ')} and a kernel of ${kernelHeight} × ${kernelWidth}`,
      );
    }
    const [groups = 1] = parameters.get('group') ?? [];
    if (!(groups >= 1) || out % groups !== 0)
      throw this.#fault(layer, `works in ${groups} groups of ${out} channels`);
    const channels = perGroup * groups;
    const size = perGroup * height * width;
    if (!(out * channels * height * width <= MAXIMUM_NUMBERS))
      throw this.#fault(layer, 'has a filter larger than any network of this kind');
    const values = groups === 1 ? stored : new Float32Array(out * channels * height * width);
    for (let o = 0; o < out && groups > 1; o++) {
      // The rest is 0: a group takes nothing from another's channels.
      const group = Math.floor(o / (out / groups));
      values.set(stored.subarray(o * size, (o + 1) * size), (o * groups + group) * size);
    }
    const hasBias = (parameters.get('bias_term')?.[0] ?? 1) !== 0;
    const bias = hasBias ? this.#blob(layer, 1).values : null;
    const coming = first === 'out' ? out : channels;
    if (bias && bias.length !== coming)
      throw this.#fault(layer, `has ${bias.length} biases for ${coming} channels`);
    return { out, channels, height, width, values, bias };
  }

  #pooling(layer: CaffeLayer): Operation {
    const size = this.#pair(layer, 'kernel_size', 'kernel', 1);
    const strides = this.#pair(layer, 'stride', 'stride', 1);
    const [padHeight, padWidth] = this.#pair(layer, 'pad', 'pad', 0);
    // Caffe rounds sizes up: for windows that meet without overlap, that is what TensorFlow calls SAME.
    const isPlain = padHeight === 0 && padWidth === 0 && size[0] === strides[0] && size[1] === strides[1];
    if (!isPlain || (layer.parameters.get('global_pooling')?.[0] ?? 0) !== 0) {
      throw this.#fault(layer, 'has windows that overlap or are padded, which Limn does not read');
    }
    const [pool = MAXIMUM_POOLING] = layer.parameters.get('pool') ?? [];
    return {
      kind: 'pool',
      mode: pool === MAXIMUM_POOLING ? 'max' : 'average',
      size,
      strides,
      padding: 'same',
    };
  }
}
