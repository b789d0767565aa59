import type { Activation, Graph, Operation, Padding } from './graph.ts';
import { type MapShape, shapesOf } from './shapes.ts';

/** One picture's maps: row by row, pixel by pixel, channel by channel. */
interface Maps extends MapShape {
  readonly values: Float32Array;
}

/**
 * The maps of a network for one picture, computed in plain JavaScript without any runtime: slow, and what engines are
 * compared with.
 *
 * @param picture height × width × 3 numbers, as the network wants them
 * @returns the output's maps, pixel by pixel, channel by channel
 * @throws {LimnError} if the picture is too small for the network
 */
export function computeReference(
  graph: Graph,
  picture: Float32Array,
  height: number,
  width: number,
): Float32Array {
  const shapes = shapesOf(graph, height, width);
  const results = new Map<string, Float32Array>();
  // Maps are let go with the last node that takes from them.
  const lastUse = new Map(graph.nodes.flatMap(({ name, inputs }) => inputs.map((input) => [input, name])));
  const empty: Maps = { height: 0, width: 0, channels: 0, values: new Float32Array(0) };
  const mapsOf = (name: string): Maps => {
    const [shape, values] = [shapes.get(name), results.get(name)];
    return shape && values ? { ...shape, values } : empty;
  };
  for (const { name, operation, inputs } of graph.nodes) {
    const shape = shapes.get(name) ?? empty;
    results.set(name, compute(operation, inputs.map(mapsOf), shape, picture));
    for (const input of inputs) {
      if (lastUse.get(input) === name && input !== graph.output) results.delete(input);
    }
  }
  return results.get(graph.output) ?? empty.values;
}

function compute(
  operation: Operation,
  inputs: readonly Maps[],
  shape: MapShape,
  picture: Float32Array,
): Float32Array {
  const [first, second] = inputs;
  if (operation.kind === 'input' || !first) return picture;
  switch (operation.kind) {
    case 'convolution':
      return convolve(operation, first, shape);
    case 'depthwise':
      return convolveDepthwise(operation, first, shape);
    case 'transposed':
      return convolveTransposed(operation, first, shape);
    case 'affine': {
      const { scale, shift, activation } = operation;
      return perChannel(first, (value, c) => value * (scale[c] ?? 1) + (shift[c] ?? 0), activation);
    }
    case 'normalize':
      return normalize(operation, first);
    case 'activation':
      return perChannel(first, (value) => value, operation.activation);
    case 'prelu': {
      const { slopes } = operation;
      return perChannel(first, (value, c) => (value < 0 ? value * (slopes[c] ?? 0) : value), 'none');
    }
    case 'add': {
      const sum = first.values.map((value, i) => value + (second?.values[i] ?? 0));
      return activateAll(sum, operation.activation);
    }
    case 'concat':
      return concatenate(inputs, shape);
    case 'resize':
      return resize(operation, first, shape);
    case 'pool':
      return pool(operation, first, shape);
  }
}

function activateAll(values: Float32Array, activation: Activation): Float32Array {
  if (activation === 'none') return values;
  const most = activation === 'relu6' ? 6 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    values[i] = value < 0 ? 0 : value > most ? most : value;
  }
  return values;
}

function perChannel(
  { values, channels }: Maps,
  change: (value: number, channel: number) => number,
  activation: Activation,
): Float32Array {
  const result = new Float32Array(values.length);
  for (let i = 0, c = 0; i < values.length; i++) {
    result[i] = change(values[i] ?? 0, c);
    if (++c === channels) c = 0;
  }
  return activateAll(result, activation);
}

/** Rows or columns before the first one of a picture that a window begins at. */
function before(
  padding: Padding,
  axis: 'top' | 'left',
  size: number,
  out: number,
  stride: number,
  reach: number,
): number {
  if (padding === 'valid') return 0;
  if (padding === 'same') return Math.floor(Math.max(0, (out - 1) * stride + reach - size) / 2);
  return padding[axis];
}

type Filtered<K extends 'convolution' | 'depthwise'> = Extract<Operation, { kind: K }>;

function convolve(
  { filter, bias, strides, dilations, padding, activation }: Filtered<'convolution'>,
  { height, width, channels, values }: Maps,
  shape: MapShape,
): Float32Array {
  const [kernelHeight = 1, kernelWidth = 1] = filter.shape;
  const weights = filter.values;
  const out = shape.channels;
  const top = before(padding, 'top', height, shape.height, strides[0], (kernelHeight - 1) * dilations[0] + 1);
  const left = before(padding, 'left', width, shape.width, strides[1], (kernelWidth - 1) * dilations[1] + 1);
  const result = new Float32Array(shape.height * shape.width * out);
  const sums = new Float64Array(out);
  for (let y = 0, at = 0; y < shape.height; y++) {
    for (let x = 0; x < shape.width; x++, at += out) {
      sums.fill(0);
      if (bias) sums.set(bias);
      for (let i = 0; i < kernelHeight; i++) {
        const row = y * strides[0] - top + i * dilations[0];
        if (row < 0 || row >= height) continue;
        for (let j = 0; j < kernelWidth; j++) {
          const column = x * strides[1] - left + j * dilations[1];
          if (column < 0 || column >= width) continue;
          const source = (row * width + column) * channels;
          let weight = (i * kernelWidth + j) * channels * out;
          for (let c = 0; c < channels; c++, weight += out) {
            const value = values[source + c] ?? 0;
            if (value === 0) continue;
            for (let o = 0; o < out; o++) sums[o] = (sums[o] ?? 0) + value * (weights[weight + o] ?? 0);
          }
        }
      }
      result.set(sums, at);
    }
  }
  return activateAll(result, activation);
}

function convolveDepthwise(
  { filter, bias, strides, dilations, padding, activation }: Filtered<'depthwise'>,
  { height, width, channels, values }: Maps,
  shape: MapShape,
): Float32Array {
  const [kernelHeight = 1, kernelWidth = 1, , times = 1] = filter.shape;
  const weights = filter.values;
  const out = shape.channels;
  const top = before(padding, 'top', height, shape.height, strides[0], (kernelHeight - 1) * dilations[0] + 1);
  const left = before(padding, 'left', width, shape.width, strides[1], (kernelWidth - 1) * dilations[1] + 1);
  const result = new Float32Array(shape.height * shape.width * out);
  for (let y = 0, at = 0; y < shape.height; y++) {
    for (let x = 0; x < shape.width; x++) {
      for (let c = 0; c < channels; c++) {
        for (let t = 0; t < times; t++, at++) {
          const o = c * times + t;
          let sum = bias?.[o] ?? 0;
          for (let i = 0; i < kernelHeight; i++) {
            const row = y * strides[0] - top + i * dilations[0];
            if (row < 0 || row >= height) continue;
            for (let j = 0; j < kernelWidth; j++) {
              const column = x * strides[1] - left + j * dilations[1];
              if (column < 0 || column >= width) continue;
              sum +=
                (values[(row * width + column) * channels + c] ?? 0) *
                (weights[((i * kernelWidth + j) * channels + c) * times + t] ?? 0);
            }
          }
          result[at] = sum;
        }
      }
    }
  }
  return activateAll(result, activation);
}

function convolveTransposed(
  { filter, bias, strides, crop, activation }: Extract<Operation, { kind: 'transposed' }>,
  { height, width, channels, values }: Maps,
  shape: MapShape,
): Float32Array {
  const [kernelHeight = 1, kernelWidth = 1, out = 1] = filter.shape;
  const result = new Float32Array(shape.height * shape.width * out);
  for (let i = 0; i < result.length; i++) result[i] = bias?.[i % out] ?? 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const source = (y * width + x) * channels;
      for (let i = 0; i < kernelHeight; i++) {
        const row = y * strides[0] + i - crop.top;
        if (row < 0 || row >= shape.height) continue;
        for (let j = 0; j < kernelWidth; j++) {
          const column = x * strides[1] + j - crop.left;
          if (column < 0 || column >= shape.width) continue;
          const target = (row * shape.width + column) * out;
          for (let o = 0; o < out; o++) {
            const weight = ((i * kernelWidth + j) * out + o) * channels;
            let sum = 0;
            for (let c = 0; c < channels; c++)
              sum += (values[source + c] ?? 0) * (filter.values[weight + c] ?? 0);
            result[target + o] = (result[target + o] ?? 0) + sum;
          }
        }
      }
    }
  }
  return activateAll(result, activation);
}

function normalize(
  { scale, shift, epsilon, activation }: Extract<Operation, { kind: 'normalize' }>,
  maps: Maps,
): Float32Array {
  const { values, channels } = maps;
  const pixels = values.length / channels;
  const means = new Float64Array(channels);
  const variances = new Float64Array(channels);
  for (let i = 0; i < values.length; i++)
    means[i % channels] = (means[i % channels] ?? 0) + (values[i] ?? 0) / pixels;
  for (let i = 0; i < values.length; i++) {
    const c = i % channels;
    variances[c] = (variances[c] ?? 0) + ((values[i] ?? 0) - (means[c] ?? 0)) ** 2 / pixels;
  }
  const factors = variances.map((variance, c) => (scale[c] ?? 1) / Math.sqrt(variance + epsilon));
  return perChannel(
    maps,
    (value, c) => (value - (means[c] ?? 0)) * (factors[c] ?? 1) + (shift[c] ?? 0),
    activation,
  );
}

function concatenate(inputs: readonly Maps[], { height, width, channels }: MapShape): Float32Array {
  const result = new Float32Array(height * width * channels);
  let first = 0;
  for (const maps of inputs) {
    for (let pixel = 0; pixel < height * width; pixel++) {
      const at = pixel * maps.channels;
      result.set(maps.values.subarray(at, at + maps.channels), pixel * channels + first);
    }
    first += maps.channels;
  }
  return result;
}

function resize(
  { alignCorners, halfPixelCenters }: Extract<Operation, { kind: 'resize' }>,
  { height, width, channels, values }: Maps,
  shape: MapShape,
): Float32Array {
  const place = (i: number, size: number, out: number): number => {
    if (alignCorners) return out > 1 ? (i * (size - 1)) / (out - 1) : 0;
    return halfPixelCenters ? Math.max(0, ((i + 0.5) * size) / out - 0.5) : (i * size) / out;
  };
  const result = new Float32Array(shape.height * shape.width * channels);
  for (let y = 0, at = 0; y < shape.height; y++) {
    const sourceY = place(y, height, shape.height);
    const [upper, lower] = [Math.floor(sourceY), Math.min(height - 1, Math.floor(sourceY) + 1)];
    for (let x = 0; x < shape.width; x++) {
      const sourceX = place(x, width, shape.width);
      const [left, right] = [Math.floor(sourceX), Math.min(width - 1, Math.floor(sourceX) + 1)];
      for (let c = 0; c < channels; c++, at++) {
        const read = (row: number, column: number): number =>
          values[(row * width + column) * channels + c] ?? 0;
        const above = read(upper, left) * (left + 1 - sourceX) + read(upper, right) * (sourceX - left);
        const below = read(lower, left) * (left + 1 - sourceX) + read(lower, right) * (sourceX - left);
        result[at] = above * (upper + 1 - sourceY) + below * (sourceY - upper);
      }
    }
  }
  return result;
}

function pool(
  { mode, size, strides, padding }: Extract<Operation, { kind: 'pool' }>,
  { height, width, channels, values }: Maps,
  shape: MapShape,
): Float32Array {
  const top = before(padding, 'top', height, shape.height, strides[0], size[0]);
  const left = before(padding, 'left', width, shape.width, strides[1], size[1]);
  const result = new Float32Array(shape.height * shape.width * channels);
  for (let y = 0, at = 0; y < shape.height; y++) {
    for (let x = 0; x < shape.width; x++) {
      for (let c = 0; c < channels; c++, at++) {
        let [most, sum, count] = [Number.NEGATIVE_INFINITY, 0, 0];
        for (let row = y * strides[0] - top; row < y * strides[0] - top + size[0]; row++) {
          if (row < 0 || row >= height) continue;
          for (let column = x * strides[1] - left; column < x * strides[1] - left + size[1]; column++) {
            if (column < 0 || column >= width) continue;
            const value = values[(row * width + column) * channels + c] ?? 0;
            most = Math.max(most, value);
            sum += value;
            count++;
          }
        }
        result[at] = mode === 'max' ? most : sum / count;
      }
    }
  }
  return result;
}
