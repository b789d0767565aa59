import { createRandom } from '../../src/core/numbers/random.ts';
import type { Graph, GraphNode, Operation } from '../../src/importers/graph.ts';
import { constant, type NodeWish } from './write-graph-def.ts';

const random = createRandom(3);

/** Numbers from −1 to 1. */
export function noise(length: number): Float32Array {
  return Float32Array.from({ length }, () => random() * 2 - 1);
}

/** A small network of every kind of layer that is read. */
export function sampleNodes(): NodeWish[] {
  const statistics = (name: string, channels: number): NodeWish[] => [
    constant(`${name}/gamma`, [channels], noise(channels)),
    constant(`${name}/beta`, [channels], noise(channels)),
    constant(`${name}/mean`, [channels], noise(channels)),
    constant(
      `${name}/variance`,
      [channels],
      noise(channels).map((value) => value * value + 0.1),
    ),
  ];
  const empty = (name: string): NodeWish => constant(name, [0], new Float32Array(0));
  const window = { strides: { integers: [1, 2, 2, 1] }, padding: { text: 'SAME' } };
  return [
    { name: 'image', op: 'Placeholder', inputs: [], attributes: { shape: { shape: [-1, -1, -1, 3] } } },
    constant('conv/filter', [3, 3, 3, 8], noise(216)),
    { name: 'conv', op: 'Conv2D', inputs: ['image', 'conv/filter'], attributes: window },
    ...statistics('norm', 8),
    {
      name: 'norm',
      op: 'FusedBatchNorm',
      inputs: ['conv', 'norm/gamma', 'norm/beta', 'norm/mean', 'norm/variance'],
      attributes: { is_training: { flag: false }, epsilon: { float: 0.001 } },
    },
    { name: 'relu', op: 'Relu6', inputs: ['norm'], attributes: {} },
    constant('deep/filter', [3, 3, 8, 1], noise(72)),
    { name: 'deep', op: 'DepthwiseConv2dNative', inputs: ['relu:0', 'deep/filter'], attributes: window },
    constant('own/gamma', [8], noise(8)),
    constant('own/beta', [8], noise(8)),
    empty('own/none'),
    {
      name: 'own',
      op: 'FusedBatchNorm',
      inputs: ['deep', 'own/gamma', 'own/beta', 'own/none', 'own/none'],
      attributes: { is_training: { flag: true }, epsilon: { float: 0.001 } },
    },
    { name: 'pass', op: 'Identity', inputs: ['own', '^conv'], attributes: {} },
    { name: 'shape', op: 'Shape', inputs: ['relu'], attributes: {} },
    constant('two', [1], Int32Array.of(1)),
    { name: 'size', op: 'StridedSlice', inputs: ['shape', 'two', 'two', 'two'], attributes: {} },
    {
      name: 'large',
      op: 'ResizeBilinear',
      inputs: ['pass', 'size'],
      attributes: { align_corners: { flag: true } },
    },
    { name: 'sum', op: 'Add', inputs: ['large', 'relu'], attributes: {} },
    constant('bias', [8], noise(8)),
    { name: 'biased', op: 'BiasAdd', inputs: ['sum', 'bias'], attributes: {} },
    {
      name: 'pooled',
      op: 'MaxPool',
      inputs: ['relu'],
      attributes: { ...window, strides: { integers: [1, 1, 1, 1] }, ksize: { integers: [1, 2, 2, 1] } },
    },
    constant('axis', [], Int32Array.of(3)),
    { name: 'out', op: 'ConcatV2', inputs: ['biased', 'pooled', 'axis'], attributes: {} },
    // Nobody takes from it, and it is no map.
    { name: 'unused', op: 'Shape', inputs: ['conv'], attributes: {} },
  ];
}

/** A small network of every operation that there is, in every way that it can be done. */
export function sampleGraph(): Graph {
  const filter = (...shape: number[]) => ({
    shape,
    values: noise(shape.reduce((product, size) => product * size, 1)).map((value) => value * 0.4),
  });
  const around = { top: 1, bottom: 2, left: 0, right: 1 };
  const [strides, dilations] = [[1, 1] as const, [1, 1] as const];
  const plain = { strides, dilations, activation: 'none' } as const;
  const node = (name: string, operation: Operation, ...inputs: string[]): GraphNode => ({
    name,
    operation,
    inputs,
  });
  const scale = { scale: noise(6), shift: noise(6) };
  return {
    nodes: [
      node('in', { kind: 'input', channels: 3 }),
      node(
        'first',
        { kind: 'convolution', ...plain, filter: filter(3, 3, 3, 6), bias: noise(6), padding: around },
        'in',
      ),
      node('prelu', { kind: 'prelu', slopes: noise(6) }, 'first'),
      node(
        'wide',
        {
          kind: 'convolution',
          ...plain,
          dilations: [2, 2],
          filter: filter(3, 3, 6, 6),
          bias: null,
          padding: 'same',
          activation: 'relu6',
        },
        'prelu',
      ),
      node(
        'deep',
        {
          kind: 'depthwise',
          ...plain,
          strides: [2, 2],
          filter: filter(3, 3, 6, 2),
          bias: noise(12),
          padding: { top: 1, bottom: 1, left: 1, right: 1 },
          activation: 'relu',
        },
        'wide',
      ),
      node(
        'valid',
        { kind: 'convolution', ...plain, filter: filter(2, 2, 12, 6), bias: noise(6), padding: 'valid' },
        'deep',
      ),
      node('own', { kind: 'normalize', ...scale, epsilon: 1e-3, activation: 'relu' }, 'valid'),
      node('affine', { kind: 'affine', ...scale, activation: 'relu6' }, 'own'),
      node(
        'large',
        {
          kind: 'transposed',
          filter: filter(4, 4, 5, 6),
          bias: noise(5),
          strides: [2, 2],
          crop: { top: 1, bottom: 1, left: 1, right: 2 },
          activation: 'relu',
        },
        'affine',
      ),
      node(
        'average',
        { kind: 'pool', mode: 'average', size: [2, 2], strides: [2, 2], padding: 'same' },
        'large',
      ),
      node('most', { kind: 'pool', mode: 'max', size: [3, 3], strides: [1, 1], padding: 'valid' }, 'large'),
      node('half', { kind: 'resize', alignCorners: false, halfPixelCenters: true }, 'average', 'most'),
      node('corners', { kind: 'resize', alignCorners: true, halfPixelCenters: false }, 'average', 'most'),
      node('sum', { kind: 'add', activation: 'relu' }, 'half', 'most'),
      node('relu', { kind: 'activation', activation: 'relu' }, 'corners'),
      node('out', { kind: 'concat' }, 'sum', 'relu', 'most'),
    ],
    input: 'in',
    output: 'out',
  };
}
