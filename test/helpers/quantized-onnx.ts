/** YOLOX in whole numbers: written in each of the ways that ONNX has for that, and computed plainly, in numbers of 64 bits. */
import { createRandom } from '../../src/core/numbers/random.ts';
import type { Side } from './onnx-networks.ts';
import { type OnnxNodeWish, type OnnxTensorWish, shapeOf, writeOnnx } from './write-onnx.ts';

/**
 * `scales`: numbers are brought to whole ones and back around an operator for floats. `whole`: an operator that takes and
 * gives bytes. `dynamic`: one that takes bytes, whose range is found anew for each picture, and gives sums.
 */
export const QUANTIZATIONS = ['scales', 'whole', 'dynamic'] as const;
export type Quantization = (typeof QUANTIZATIONS)[number];

const STRIDES = [8, 16, 32];
/** Box, whether there is something, whether that is a person. */
const ROW = 6;
const COLOURS = 3;
/** What pictures are of on average, as a byte: zero for the network. */
const GREY = 128;
const MOST = 127;
const WEIGHT_SCALE = 1 / MOST;
/** Of the bytes that `whole` gives, and which of them is zero. */
const GIVEN = { scale: 0.25, zero: 128 };
/** How much a number counts: boxes less than scores. */
const strengthOf = (row: number): number => (row < 4 ? 0.05 : 0.3);

function filterOf(stride: number): { readonly weights: Int8Array; readonly bias: Int32Array } {
  const random = createRandom(stride);
  const whole = (most: number): number => Math.round((2 * random() - 1) * most);
  return {
    weights: Int8Array.from({ length: ROW * COLOURS }, () => whole(MOST)),
    bias: Int32Array.from({ length: ROW }, () => whole(200)),
  };
}

/** A tensor of no dimension. */
const single = (name: string, values: OnnxTensorWish['values']): OnnxTensorWish => ({
  name,
  shape: [],
  values,
});

/** From averages of pixels to floats, by a filter of whole numbers. */
function convolve(how: Quantization, stride: number): { nodes: OnnxNodeWish[]; weights: OnnxTensorWish[] } {
  const own = (name: string): string => `${name}${stride}`;
  const { weights, bias } = filterOf(stride);
  const filter = { name: own('w'), shape: [ROW, COLOURS, 1, 1], values: weights };
  const sums = { name: own('b'), shape: [ROW], values: bias };
  const bytes: OnnxNodeWish = {
    operator: 'QuantizeLinear',
    inputs: [own('p'), 'one', 'black'],
    outputs: [own('q')],
  };
  const toFloats = (name: string, scale: string, zero: string, output: string): OnnxNodeWish => ({
    operator: 'DequantizeLinear',
    inputs: [name, scale, zero],
    outputs: [output],
  });
  switch (how) {
    case 'scales':
      return {
        nodes: [
          bytes,
          toFloats(own('q'), 'one', 'grey', own('x')),
          toFloats(own('w'), 'weightScale', 'noByte', own('f')),
          toFloats(own('b'), 'weightScale', 'noSum', own('d')),
          { operator: 'Conv', inputs: [own('x'), own('f'), own('d')], outputs: [own('c')] },
        ],
        weights: [filter, sums],
      };
    case 'whole':
      return {
        nodes: [
          bytes,
          {
            operator: 'QLinearConv',
            inputs: [
              ...[own('q'), 'one', 'grey'],
              ...[own('w'), 'weightScale', 'noByte'],
              ...['givenScale', 'givenZero', own('b')],
            ],
            outputs: [own('g')],
          },
          toFloats(own('g'), 'givenScale', 'givenZero', own('c')),
        ],
        weights: [filter, sums],
      };
    case 'dynamic': {
      // Less what grey gives, which isn't zero here.
      const floats = Float32Array.from(
        bias,
        (value, row) => (value - GREY * sumOf(weights, row)) * WEIGHT_SCALE,
      );
      return {
        nodes: [
          {
            operator: 'DynamicQuantizeLinear',
            inputs: [own('p')],
            outputs: [own('q'), own('s'), own('z')],
          },
          {
            operator: 'ConvInteger',
            inputs: [own('q'), own('w'), own('z'), 'noByte'],
            outputs: [own('i')],
          },
          { operator: 'Cast', inputs: [own('i')], outputs: [own('e')], attributes: { to: 1 } },
          { operator: 'Mul', inputs: [own('s'), 'weightScale'], outputs: [own('t')] },
          { operator: 'Mul', inputs: [own('e'), own('t')], outputs: [own('m')] },
          { operator: 'Add', inputs: [own('m'), own('b')], outputs: [own('c')] },
        ],
        weights: [filter, { name: own('b'), shape: [1, ROW, 1, 1], values: floats }],
      };
    }
  }
}

const sumOf = (weights: Int8Array, row: number): number =>
  weights.subarray(COLOURS * row, COLOURS * (row + 1)).reduce((sum, weight) => sum + weight, 0);

/** YOLOX with one class, whose filters are bytes. */
export function quantizedYoloxBytes({ width, height }: Side, how: Quantization): Uint8Array {
  const parts = STRIDES.map((stride) => {
    const { nodes, weights } = convolve(how, stride);
    const count = Math.floor(width / stride) * Math.floor(height / stride);
    return {
      nodes: [
        {
          operator: 'AveragePool',
          inputs: ['images'],
          outputs: [`p${stride}`],
          attributes: { kernel_shape: [stride, stride], strides: [stride, stride] },
        },
        ...nodes,
        { operator: 'Reshape', inputs: [`c${stride}`, `shape${stride}`], outputs: [`r${stride}`] },
      ],
      weights: [...weights, shapeOf(`shape${stride}`, 1, ROW, count)],
      count,
    };
  });
  const cells = parts.reduce((sum, { count }) => sum + count, 0);
  return writeOnnx({
    inputs: [{ name: 'images', shape: [1, COLOURS, height, width] }],
    outputs: [{ name: 'output', shape: [1, cells, ROW] }],
    nodes: [
      ...parts.flatMap(({ nodes }) => nodes),
      {
        operator: 'Concat',
        inputs: STRIDES.map((stride) => `r${stride}`),
        outputs: ['all'],
        attributes: { axis: 2 },
      },
      { operator: 'Mul', inputs: ['all', 'strengths'], outputs: ['raw'] },
      { operator: 'Split', inputs: ['raw', 'parts'], outputs: ['box', 'rest'], attributes: { axis: 1 } },
      { operator: 'Sigmoid', inputs: ['rest'], outputs: ['sure'] },
      { operator: 'Concat', inputs: ['box', 'sure'], outputs: ['both'], attributes: { axis: 1 } },
      { operator: 'Transpose', inputs: ['both'], outputs: ['output'], attributes: { perm: [0, 2, 1] } },
    ],
    weights: [
      ...parts.flatMap(({ weights }) => weights),
      single('one', Float32Array.of(1)),
      single('black', Uint8Array.of(0)),
      single('grey', Uint8Array.of(GREY)),
      single('weightScale', Float32Array.of(WEIGHT_SCALE)),
      single('noByte', Int8Array.of(0)),
      single('noSum', Int32Array.of(0)),
      single('givenScale', Float32Array.of(GIVEN.scale)),
      single('givenZero', Uint8Array.of(GIVEN.zero)),
      {
        name: 'strengths',
        shape: [1, ROW, 1],
        values: Float32Array.from({ length: ROW }, (_, row) => strengthOf(row)),
      },
      shapeOf('parts', 4, ROW - 4),
    ],
  });
}

/** To the nearest whole number, of two the even one, within a range. */
function toWhole(value: number, least: number, most: number): number {
  const below = Math.floor(value);
  const isHalf = value - below === 0.5;
  const nearest = isHalf ? below + (below % 2 === 0 ? 0 : 1) : Math.round(value);
  return Math.min(most, Math.max(least, nearest));
}

/** What such a network must give for a picture: cells × {@link ROW}. @param picture channels × rows × columns, 0 to 255 */
export function plainQuantizedYolox(
  picture: Float32Array,
  { width, height }: Side,
  how: Quantization,
): Float32Array {
  const rows: number[] = [];
  for (const stride of STRIDES) {
    const { weights, bias } = filterOf(stride);
    const cells: number[][] = [];
    for (let top = 0; top + stride <= height; top += stride) {
      for (let left = 0; left + stride <= width; left += stride) {
        const colours = Array.from({ length: COLOURS }, (_, colour) => {
          let sum = 0;
          for (let y = top; y < top + stride; y++)
            for (let x = left; x < left + stride; x++) sum += picture[(colour * height + y) * width + x] ?? 0;
          return sum / stride ** 2;
        });
        cells.push(colours);
      }
    }
    // The range of a dynamic one begins at nothing, and ends at the brightest cell.
    const step = how === 'dynamic' ? Math.max(...cells.flat()) / 255 : 1;
    for (const colours of cells) {
      for (let row = 0; row < ROW; row++) {
        const sum = colours.reduce(
          (total, colour, k) =>
            total + (toWhole(colour / step, 0, 255) * step - GREY) * (weights[COLOURS * row + k] ?? 0),
          bias[row] ?? 0,
        );
        const exact = sum * WEIGHT_SCALE;
        const { scale, zero } = GIVEN;
        const given = how === 'whole' ? (toWhole(exact / scale + zero, 0, 255) - zero) * scale : exact;
        const raw = given * strengthOf(row);
        rows.push(row < 4 ? raw : 1 / (1 + Math.exp(-raw)));
      }
    }
  }
  return Float32Array.from(rows);
}
