import type { NamedBytes } from '../../src/core/named-bytes.ts';
import { createRandom } from '../../src/core/numbers/random.ts';

/** The six heads and their channels, as MoveNet multipose has them. */
const HEADS = [
  ['center_0/conv2d_4', 1],
  ['box_scale_0/conv2d_5', 2],
  ['box_offset_0/conv2d_6', 2],
  ['kpt_heatmap_0/conv2d_7', 17],
  ['kpt_regress_0/conv2d_8', 34],
  ['kpt_offset_0/conv2d_9', 34],
] as const;
const CHANNELS = 8;
const SIDE = 5;

/**
 * A model in MoveNet multipose's form (its input, its heads, TensorFlow.js' graph model) with random weights, up to its heads:
 * one layer that looks at every fourth pixel, and the heads behind it.
 */
export function multiposeFiles(): NamedBytes[] {
  const random = createRandom(7);
  const weights: { name: string; shape: number[]; dtype: 'float32' }[] = [];
  const numbers: number[] = [];
  const constant = (name: string, shape: number[]): object => {
    weights.push({ name, shape, dtype: 'float32' });
    const count = shape.reduce((product, side) => product * side, 1);
    for (let i = 0; i < count; i++) numbers.push((random() - 0.5) / 50);
    return { name, op: 'Const' };
  };
  const text = (value: string) => ({ s: Buffer.from(value).toString('base64') });
  const sized = (sizes: readonly number[]) => ({ dim: sizes.map((size) => ({ size: String(size) })) });
  const convolution = (
    name: string,
    input: string,
    side: number,
    from: number,
    to: number,
    stride: number,
  ) => [
    constant(`${name}/filter`, [side, side, from, to]),
    constant(`${name}/bias`, [to]),
    {
      name: `${name}/Conv2D`,
      op: 'Conv2D',
      input: [input, `${name}/filter`],
      attr: {
        strides: { list: { i: ['1', String(stride), String(stride), '1'] } },
        padding: text('SAME'),
        data_format: text('NHWC'),
      },
    },
    { name: `${name}/BiasAdd`, op: 'BiasAdd', input: [`${name}/Conv2D`, `${name}/bias`] },
  ];
  const node = [
    { name: 'input', op: 'Placeholder', attr: { shape: { shape: sized([1, -1, -1, 3]) } } },
    { name: 'floats', op: 'Cast', input: ['input'] },
    ...convolution('stem', 'floats', SIDE, 3, CHANNELS, 4),
    ...HEADS.flatMap(([name, channels]) =>
      convolution(`StatefulPartitionedCall/${name}`, 'stem/BiasAdd', 1, CHANNELS, channels, 1),
    ),
  ];
  const tensor = (sizes: readonly number[]) => ({ tensorShape: sized(sizes) });
  const model = {
    format: 'graph-model',
    signature: { inputs: { input: tensor([1, -1, -1, 3]) }, outputs: { output_0: tensor([1, 6, 56]) } },
    modelTopology: { node },
    weightsManifest: [{ paths: ['group1-shard1of1.bin'], weights }],
  };
  return [
    { name: 'model.json', bytes: new TextEncoder().encode(JSON.stringify(model)) },
    { name: 'group1-shard1of1.bin', bytes: new Uint8Array(Float32Array.from(numbers).buffer) },
  ];
}
