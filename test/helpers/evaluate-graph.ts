import type {
  Activation,
  FilterOperation,
  Graph,
  Operation,
  Padding,
  Pair,
} from '../../src/importers/graph.ts';

/** One picture's maps: row by row, pixel by pixel, channel by channel. */
export interface Maps {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: Float32Array;
}

/** Runs a network as plainly as it can be written down: what all engines are held against. */
export function evaluateGraph(graph: Graph, picture: Maps): Maps {
  const results = new Map<string, Maps>();
  const last = new Map<string, string>();
  for (const { name, inputs } of graph.nodes) for (const input of inputs) last.set(input, name);
  for (const { name, operation, inputs } of graph.nodes) {
    const incoming = inputs.map((input) => {
      const maps = results.get(input);
      if (!maps) throw new Error(`${name} comes before ${input}.`);
      return maps;
    });
    results.set(name, operation.kind === 'input' ? picture : run(operation, incoming));
    for (const input of inputs) if (last.get(input) === name) results.delete(input);
  }
  const output = results.get(graph.output);
  if (!output) throw new Error('There is no output.');
  return output;
}

function run(operation: Operation, [first, ...others]: Maps[]): Maps {
  if (!first) throw new Error('Nothing comes in.');
  switch (operation.kind) {
    case 'convolution':
    case 'depthwise':
      return filter(first, operation, operation.kind === 'depthwise');
    case 'transposed':
      return spread(first, operation);
    case 'affine':
      return each(
        first,
        operation.activation,
        (value, c) => value * at(operation.scale, c) + at(operation.shift, c),
      );
    case 'normalize':
      return normalize(first, operation);
    case 'activation':
      return each(first, operation.activation, (value) => value);
    case 'prelu':
      return each(first, 'none', (value, c) => (value < 0 ? value * at(operation.slopes, c) : value));
    case 'add':
      return each(first, operation.activation, (value, _, i) => value + at(others[0]?.values, i));
    case 'concat':
      return concat([first, ...others]);
    case 'resize':
      return resize(first, others[0] ?? first, operation);
    case 'pool':
      return pool(first, operation);
    case 'input':
      return first;
  }
}

function at(values: Float32Array | undefined | null, i: number): number {
  return values?.[i] ?? 0;
}

function activate(value: number, activation: Activation): number {
  if (activation === 'none') return value;
  return Math.min(activation === 'relu6' ? 6 : Number.POSITIVE_INFINITY, Math.max(0, value));
}

function each(
  maps: Maps,
  activation: Activation,
  change: (value: number, channel: number, i: number) => number,
): Maps {
  const { channels, values } = maps;
  return { ...maps, values: values.map((value, i) => activate(change(value, i % channels, i), activation)) };
}

/** The size that comes out, and where the window's first place is. */
function place(
  size: number,
  window: number,
  stride: number,
  dilation: number,
  padding: Padding,
  isVertical: boolean,
) {
  const reach = (window - 1) * dilation + 1;
  if (padding === 'valid') return { size: Math.floor((size - reach) / stride) + 1, before: 0 };
  if (padding === 'same') {
    const out = Math.ceil(size / stride);
    return { size: out, before: Math.floor(Math.max(0, (out - 1) * stride + reach - size) / 2) };
  }
  const [before, after] = isVertical ? [padding.top, padding.bottom] : [padding.left, padding.right];
  return { size: Math.floor((size + before + after - reach) / stride) + 1, before };
}

function filter(
  { height, width, channels, values }: Maps,
  { filter: { shape, values: weights }, bias, strides, dilations, padding, activation }: FilterOperation,
  isDepthwise: boolean,
): Maps {
  const [kh = 1, kw = 1, , last = 1] = shape;
  const outChannels = isDepthwise ? channels * last : last;
  const rows = place(height, kh, strides[0], dilations[0], padding, true);
  const columns = place(width, kw, strides[1], dilations[1], padding, false);
  const result = new Float32Array(rows.size * columns.size * outChannels);
  const sums = new Float64Array(outChannels);
  for (let y = 0; y < rows.size; y++) {
    for (let x = 0; x < columns.size; x++) {
      for (let o = 0; o < outChannels; o++) sums[o] = at(bias, o);
      for (let i = 0; i < kh; i++) {
        const sy = y * strides[0] - rows.before + i * dilations[0];
        if (sy < 0 || sy >= height) continue;
        for (let j = 0; j < kw; j++) {
          const sx = x * strides[1] - columns.before + j * dilations[1];
          if (sx < 0 || sx >= width) continue;
          const source = (sy * width + sx) * channels;
          const weight = (i * kw + j) * channels * last;
          for (let c = 0; c < channels; c++) {
            const value = values[source + c] ?? 0;
            if (value === 0) continue;
            const to = isDepthwise ? c * last : 0;
            for (let o = 0; o < last; o++) {
              sums[to + o] = (sums[to + o] ?? 0) + value * (weights[weight + c * last + o] ?? 0);
            }
          }
        }
      }
      for (let o = 0; o < outChannels; o++) {
        result[(y * columns.size + x) * outChannels + o] = activate(sums[o] ?? 0, activation);
      }
    }
  }
  return { height: rows.size, width: columns.size, channels: outChannels, values: result };
}

/** Every pixel of the input is put, times the filter, onto a larger picture, whose edges are then cut off. */
function spread(
  { height, width, channels, values }: Maps,
  {
    filter: { shape, values: weights },
    bias,
    strides,
    crop,
    activation,
  }: Extract<Operation, { kind: 'transposed' }>,
): Maps {
  const [kh = 1, kw = 1, out = 1] = shape;
  const [tall, wide] = [(height - 1) * strides[0] + kh, (width - 1) * strides[1] + kw];
  const whole = new Float64Array(tall * wide * out);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let i = 0; i < kh; i++)
        for (let j = 0; j < kw; j++)
          for (let o = 0; o < out; o++)
            for (let c = 0; c < channels; c++) {
              const to = ((y * strides[0] + i) * wide + x * strides[1] + j) * out + o;
              const weight = weights[((i * kw + j) * out + o) * channels + c] ?? 0;
              whole[to] = (whole[to] ?? 0) + weight * (values[(y * width + x) * channels + c] ?? 0);
            }
  const [rows, columns] = [tall - crop.top - crop.bottom, wide - crop.left - crop.right];
  const result = new Float32Array(rows * columns * out);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++)
      for (let o = 0; o < out; o++) {
        const value = at(whole as unknown as Float32Array, ((y + crop.top) * wide + x + crop.left) * out + o);
        result[(y * columns + x) * out + o] = activate(value + at(bias, o), activation);
      }
  return { height: rows, width: columns, channels: out, values: result };
}

function normalize(
  maps: Maps,
  { scale, shift, epsilon, activation }: Extract<Operation, { kind: 'normalize' }>,
): Maps {
  const { channels, values } = maps;
  const count = values.length / channels;
  const mean = new Float64Array(channels);
  for (const [i, value] of values.entries()) mean[i % channels] = (mean[i % channels] ?? 0) + value / count;
  const variance = new Float64Array(channels);
  for (const [i, value] of values.entries()) {
    variance[i % channels] = (variance[i % channels] ?? 0) + (value - (mean[i % channels] ?? 0)) ** 2 / count;
  }
  return each(
    maps,
    activation,
    (value, c) =>
      ((value - (mean[c] ?? 0)) / Math.sqrt((variance[c] ?? 0) + epsilon)) * at(scale, c) + at(shift, c),
  );
}

function concat(all: readonly Maps[]): Maps {
  const [{ height, width } = { height: 0, width: 0 }] = all;
  const channels = all.reduce((sum, maps) => sum + maps.channels, 0);
  const values = new Float32Array(height * width * channels);
  for (let pixel = 0, to = 0; pixel < height * width; pixel++) {
    for (const maps of all) {
      values.set(maps.values.subarray(pixel * maps.channels, (pixel + 1) * maps.channels), to);
      to += maps.channels;
    }
  }
  return { height, width, channels, values };
}

function resize(
  { height, width, channels, values }: Maps,
  like: Maps,
  { alignCorners, halfPixelCenters }: Extract<Operation, { kind: 'resize' }>,
): Maps {
  const axis = (from: number, to: number): ((i: number) => number) => {
    const scale = alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
    return (i) => (halfPixelCenters ? Math.max(0, (i + 0.5) * scale - 0.5) : i * scale);
  };
  const [toY, toX] = [axis(height, like.height), axis(width, like.width)];
  const result = new Float32Array(like.height * like.width * channels);
  const read = (y: number, x: number, c: number): number => values[(y * width + x) * channels + c] ?? 0;
  for (let y = 0; y < like.height; y++) {
    const sy = toY(y);
    const [y0, y1] = [Math.floor(sy), Math.min(height - 1, Math.floor(sy) + 1)];
    for (let x = 0; x < like.width; x++) {
      const sx = toX(x);
      const [x0, x1] = [Math.floor(sx), Math.min(width - 1, Math.floor(sx) + 1)];
      for (let c = 0; c < channels; c++) {
        const top = read(y0, x0, c) + (read(y0, x1, c) - read(y0, x0, c)) * (sx - x0);
        const bottom = read(y1, x0, c) + (read(y1, x1, c) - read(y1, x0, c)) * (sx - x0);
        result[(y * like.width + x) * channels + c] = top + (bottom - top) * (sy - y0);
      }
    }
  }
  return { height: like.height, width: like.width, channels, values: result };
}

function pool(
  { height, width, channels, values }: Maps,
  { mode, size, strides, padding }: { mode: 'max' | 'average'; size: Pair; strides: Pair; padding: Padding },
): Maps {
  const rows = place(height, size[0], strides[0], 1, padding, true);
  const columns = place(width, size[1], strides[1], 1, padding, false);
  const result = new Float32Array(rows.size * columns.size * channels);
  for (let y = 0; y < rows.size; y++) {
    for (let x = 0; x < columns.size; x++) {
      for (let c = 0; c < channels; c++) {
        const found: number[] = [];
        for (let i = 0; i < size[0]; i++) {
          for (let j = 0; j < size[1]; j++) {
            const [sy, sx] = [y * strides[0] - rows.before + i, x * strides[1] - columns.before + j];
            if (sy < 0 || sy >= height || sx < 0 || sx >= width) continue;
            found.push(values[(sy * width + sx) * channels + c] ?? 0);
          }
        }
        const value =
          mode === 'max' ? Math.max(...found) : found.reduce((sum, each) => sum + each, 0) / found.length;
        result[(y * columns.size + x) * channels + c] = value;
      }
    }
  }
  return { height: rows.size, width: columns.size, channels, values: result };
}
