import { createRandom } from '../../src/sources/actor/random.ts';
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
