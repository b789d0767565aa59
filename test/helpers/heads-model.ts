import type { NamedBytes } from '../../src/core/named-bytes.ts';
import { createRandom } from '../../src/core/numbers/random.ts';

/** What is written: a network up to its heads, in TensorFlow.js' form. */
export interface HeadsModel {
  /** Full names of the layers that come out, without their last part (`BiasAdd`), and how many maps each has. */
  readonly heads: readonly (readonly [name: string, channels: number])[];
  /** Of the convolutions before them, one after the other. */
  readonly strides: readonly number[];
  /** Sizes of what the model says that it gives, by name. */
  readonly outputs: Readonly<Record<string, readonly number[]>>;
}

const CHANNELS = 8;
const SIDE = 5;

/** A graph model with random weights: a few layers that see every so many pixels, and the heads behind them. */
export function headsModelFiles({ heads, strides, outputs }: HeadsModel): NamedBytes[] {
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
  const stem = (i: number): string => (i < 0 ? 'floats' : `stem_${i}/BiasAdd`);
  const node = [
    { name: 'input', op: 'Placeholder', attr: { shape: { shape: sized([1, -1, -1, 3]) } } },
    { name: 'floats', op: 'Cast', input: ['input'] },
    ...strides.flatMap((stride, i) =>
      convolution(`stem_${i}`, stem(i - 1), SIDE, i === 0 ? 3 : CHANNELS, CHANNELS, stride),
    ),
    ...heads.flatMap(([name, channels]) =>
      convolution(name, stem(strides.length - 1), 1, CHANNELS, channels, 1),
    ),
  ];
  const tensor = (sizes: readonly number[]) => ({ tensorShape: sized(sizes) });
  const model = {
    format: 'graph-model',
    signature: {
      inputs: { input: tensor([1, -1, -1, 3]) },
      outputs: Object.fromEntries(Object.entries(outputs).map(([name, sizes]) => [name, tensor(sizes)])),
    },
    modelTopology: { node },
    weightsManifest: [{ paths: ['group1-shard1of1.bin'], weights }],
  };
  return [
    { name: 'model.json', bytes: new TextEncoder().encode(JSON.stringify(model)) },
    { name: 'group1-shard1of1.bin', bytes: new Uint8Array(Float32Array.from(numbers).buffer) },
  ];
}
