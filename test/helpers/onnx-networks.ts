/** Small ONNX networks of every family that Limn knows, with seeded random weights. */
import { type OnnxNodeWish, type OnnxTensorWish, randomWeights, shapeOf, writeOnnx } from './write-onnx.ts';

export interface Side {
  readonly width: number;
  readonly height: number;
}

const picture = ({ width, height }: Side, batch: number | string = 1) => ({
  name: 'images',
  shape: [batch, 3, height, width],
});
const pool = (side: number, output: string): OnnxNodeWish => ({
  operator: 'AveragePool',
  inputs: ['images'],
  outputs: [output],
  attributes: { kernel_shape: [side, side], strides: [side, side] },
});

/** The average of random numbers from 0 to 255. */
const GREY = 127.5;

/** Numbers for each cell of three grids, out of how far the colours there are from grey. @param scales by channel */
function grids(size: Side, channels: number, scales: (channel: number) => number) {
  const nodes: OnnxNodeWish[] = [];
  const weights: OnnxTensorWish[] = [];
  let cells = 0;
  for (const stride of [8, 16, 32]) {
    const count = Math.floor(size.width / stride) * Math.floor(size.height / stride);
    cells += count;
    nodes.push(
      pool(stride, `p${stride}`),
      { operator: 'Conv', inputs: [`p${stride}`, `w${stride}`, `b${stride}`], outputs: [`c${stride}`] },
      { operator: 'Reshape', inputs: [`c${stride}`, `s${stride}`], outputs: [`r${stride}`] },
    );
    const { values } = randomWeights('', [channels * 3], 1, stride);
    const filter = Float32Array.from(values as Float32Array, (value, i) => value * scales(Math.floor(i / 3)));
    const bias = Float32Array.from({ length: channels }, (_, channel) =>
      filter.subarray(3 * channel, 3 * channel + 3).reduce((sum, weight) => sum - GREY * weight, 0),
    );
    weights.push(
      { name: `w${stride}`, shape: [channels, 3, 1, 1], values: filter },
      { name: `b${stride}`, shape: [channels], values: bias },
      shapeOf(`s${stride}`, 1, channels, count),
    );
  }
  nodes.push({ operator: 'Concat', inputs: ['r8', 'r16', 'r32'], outputs: ['raw'], attributes: { axis: 2 } });
  return { nodes, weights, cells };
}

/** YOLOX: grids, everything but the box through a sigmoid as in its head. */
export function yoloxBytes(size: Side, classes = 80): Uint8Array {
  const { nodes, weights, cells } = grids(size, 5 + classes, (channel) => (channel < 4 ? 0.05 : 0.3));
  return writeOnnx({
    inputs: [picture(size)],
    outputs: [{ name: 'output', shape: [1, cells, 5 + classes] }],
    nodes: [
      ...nodes,
      { operator: 'Split', inputs: ['raw', 'parts'], outputs: ['box', 'rest'], attributes: { axis: 1 } },
      { operator: 'Sigmoid', inputs: ['rest'], outputs: ['sure'] },
      { operator: 'Concat', inputs: ['box', 'sure'], outputs: ['all'], attributes: { axis: 1 } },
      { operator: 'Transpose', inputs: ['all'], outputs: ['output'], attributes: { perm: [0, 2, 1] } },
    ],
    weights: [...weights, shapeOf('parts', 4, 1 + classes)],
  });
}

/** Ultralytics' v8 and 11: a column for each cell, in pixels. */
export function yoloPoseBytes(size: Side, keypoints = 17): Uint8Array {
  const rows = 5 + 3 * keypoints;
  const { nodes, weights, cells } = grids(size, rows, () => 0.2);
  return writeOnnx({
    inputs: [picture(size)],
    outputs: [{ name: 'output0', shape: [1, rows, cells] }],
    nodes: [
      ...nodes,
      { operator: 'Sigmoid', inputs: ['raw'], outputs: ['share'] },
      { operator: 'Mul', inputs: ['share', 'scale'], outputs: ['output0'] },
    ],
    weights: [
      ...weights,
      {
        name: 'scale',
        shape: [1, rows, 1],
        // Coordinates in pixels, sizes smaller, scores as they are.
        values: Float32Array.from({ length: rows }, (_, i) =>
          i < 2 ? size.width : i < 4 ? 100 : i === 4 || (i - 5) % 3 === 2 ? 1 : size.width,
        ),
      },
    ],
    metadata: { task: 'pose', license: 'AGPL-3.0 License (https://ultralytics.com/license)' },
  });
}

/** A row of numbers for each of some candidates, out of the picture's average in a few places. */
function rowsOf(name: string, shape: readonly number[], seed: number, scales: readonly number[]) {
  const count = shape.reduce((product, each) => product * each, 1);
  const last = shape.at(-1) ?? 1;
  return {
    nodes: [
      { operator: 'MatMul', inputs: ['flat', `${name}w`], outputs: [`${name}m`] },
      { operator: 'Sigmoid', inputs: [`${name}m`], outputs: [`${name}s`] },
      { operator: 'Reshape', inputs: [`${name}s`, `${name}shape`], outputs: [`${name}r`] },
      { operator: 'Mul', inputs: [`${name}r`, `${name}scale`], outputs: [name] },
    ],
    weights: [
      randomWeights(`${name}w`, [COARSE, count], 0.01, seed),
      shapeOf(`${name}shape`, ...shape),
      {
        name: `${name}scale`,
        shape: [last],
        values: Float32Array.from({ length: last }, (_, i) => scales[i % scales.length] ?? 1),
      },
    ],
  };
}

/** The average of each quarter's channels. */
const COARSE = 12;
const flatten = ({ width, height }: Side): { nodes: OnnxNodeWish[]; weights: OnnxTensorWish[] } => ({
  nodes: [
    {
      operator: 'AveragePool',
      inputs: ['images'],
      outputs: ['coarse'],
      attributes: { kernel_shape: [height / 2, width / 2], strides: [height / 2, width / 2] },
    },
    { operator: 'Reshape', inputs: ['coarse', 'row'], outputs: ['flat'] },
  ],
  weights: [shapeOf('row', -1, COARSE)],
});

/** Ultralytics' 26: 300 rows. */
export function sortedYoloPoseBytes(size: Side, keypoints = 17): Uint8Array {
  const [flat, rows] = [
    flatten(size),
    rowsOf('output0', [1, 300, 6 + 3 * keypoints], 5, [
      ...[size.width, size.height, size.width, size.height, 1, 0],
      ...Array.from({ length: keypoints }, () => [size.width, size.height, 1]).flat(),
    ]),
  ];
  return writeOnnx({
    inputs: [picture(size)],
    outputs: [{ name: 'output0', shape: [1, 300, 6 + 3 * keypoints] }],
    nodes: [...flat.nodes, ...rows.nodes],
    weights: [...flat.weights, ...rows.weights],
  });
}

/** mmdeploy's detectors: boxes, and what each is of. */
export function suppressedBytes(size: Side, weightName = 'bbox_head.rtm_cls.0.weight'): Uint8Array {
  const [flat, rows] = [
    flatten(size),
    rowsOf('dets', [1, 100, 5], 3, [size.width, size.height, size.width, size.height, 1]),
  ];
  return writeOnnx({
    inputs: [{ ...picture(size), name: 'images' }],
    outputs: [
      { name: 'dets', shape: ['batch', 'num', 5] },
      { name: 'labels', shape: ['batch', 'num'], type: 7 },
    ],
    nodes: [
      ...flat.nodes,
      ...rows.nodes,
      { operator: 'Identity', inputs: [weightName], outputs: ['labels'] },
    ],
    weights: [
      ...flat.weights,
      ...rows.weights,
      {
        name: weightName,
        shape: [1, 100],
        values: BigInt64Array.from({ length: 100 }, (_, i) => BigInt(i % 3 === 0 ? 0 : i)),
      },
    ],
  });
}

/** RTMO: a box and keypoints for each candidate. */
export function rtmoBytes(size: Side, keypoints = 17, candidates = 60): Uint8Array {
  const { width, height } = size;
  const [flat, boxes, points] = [
    flatten(size),
    rowsOf('dets', [1, candidates, 5], 7, [width, height, width, height, 1]),
    rowsOf('keypoints', [1, candidates, keypoints, 3], 8, [width, height, 1]),
  ];
  return writeOnnx({
    inputs: [picture(size)],
    outputs: [
      { name: 'dets', shape: ['batch', 'num', 5] },
      { name: 'keypoints', shape: ['batch', 'num', keypoints, 3] },
    ],
    nodes: [...flat.nodes, ...boxes.nodes, ...points.nodes],
    weights: [...flat.weights, ...boxes.weights, ...points.weights],
  });
}

/** Numbers for each picture and keypoint, those of one keypoint below zero. */
function perKeypoint(
  name: string,
  keypoints: number,
  shape: readonly number[],
  seed: number,
  missing: number,
) {
  const each = shape.reduce((product, size) => product * size, 1);
  const weights = randomWeights(`${name}w`, [COARSE, keypoints * each], 0.001, seed);
  for (const [i, value] of weights.values.entries()) {
    const isMissing = Math.floor((i % (keypoints * each)) / each) === missing;
    if (isMissing) weights.values[i] = -Math.abs(Number(value));
  }
  return {
    nodes: [
      { operator: 'MatMul', inputs: ['flat', `${name}w`], outputs: [`${name}m`] },
      { operator: 'Reshape', inputs: [`${name}m`, `${name}shape`], outputs: [name] },
    ],
    weights: [weights, shapeOf(`${name}shape`, -1, keypoints, ...shape)],
  };
}

/** The keypoint that the following networks don't find. */
export const MISSING_KEYPOINT = 3;

/** RTMPose: two rows of numbers for each keypoint. */
export function rtmposeBytes(size: Side, keypoints = 17, batch: number | string = 'batch'): Uint8Array {
  return simccBytes(size, keypoints, batch, ['simcc_x', 'simcc_y'], [2 * size.width, 2 * size.height]);
}

/** RTMW3D: a third row for depth, of as many numbers as that across. @param names of the three, in the file's order */
export function rtmw3dBytes(
  size: Side,
  names: readonly [string, string, string],
  order: readonly ('x' | 'y' | 'z')[] = ['x', 'y', 'z'],
  keypoints = 17,
): Uint8Array {
  const lengths = { x: 2 * size.width, y: 2 * size.height, z: 2 * size.width };
  return simccBytes(
    size,
    keypoints,
    1,
    names,
    order.map((axis) => lengths[axis]),
  );
}

function simccBytes(
  size: Side,
  keypoints: number,
  batch: number | string,
  names: readonly string[],
  lengths: readonly number[],
): Uint8Array {
  const flat = flatten(size);
  const rows = names.map((name, i) =>
    perKeypoint(name, keypoints, [lengths[i] ?? 0], 21 + i, MISSING_KEYPOINT),
  );
  return writeOnnx({
    inputs: [picture(size, batch)],
    outputs: names.map((name, i) => ({ name, shape: [batch, keypoints, lengths[i] ?? 0] })),
    nodes: [...flat.nodes, ...rows.flatMap(({ nodes }) => nodes)],
    weights: [...flat.weights, ...rows.flatMap(({ weights }) => weights)],
  });
}

/** ViTPose: a heatmap for each keypoint, a quarter of the picture in size. */
export function vitposeBytes(size: Side, keypoints = 17, batch: number | string = 'batch'): Uint8Array {
  const shape = [size.height / 4, size.width / 4];
  const [flat, maps] = [flatten(size), perKeypoint('heatmaps', keypoints, shape, 23, MISSING_KEYPOINT)];
  return writeOnnx({
    inputs: [picture(size, batch)],
    outputs: [{ name: 'output', shape: [batch, keypoints, ...shape] }],
    nodes: [
      ...flat.nodes,
      ...maps.nodes,
      // Attention is what tells it from others; this one is of nothing.
      { operator: 'Softmax', inputs: ['flat'], outputs: ['unused'] },
      { operator: 'Identity', inputs: ['heatmaps'], outputs: ['output'] },
    ],
    weights: [...flat.weights, ...maps.weights],
  });
}

/** How a network of OpenPose's kind goes in and out. */
export interface MapsWish {
  /** `null`: it takes any size. */
  readonly size: Side | null;
  readonly input: 'channels-first' | 'channels-last';
  /** Of each output, its channels. */
  readonly outputs: readonly number[];
  /** Whether its maps are as its picture is, or the other way round. */
  readonly isTurned?: boolean;
  /** What is added to its maps, of one after the other; default: nothing. */
  readonly maps?: Float32Array;
  /** Pixels of its picture to a cell; default 8. */
  readonly stride?: number;
}

/** A network of OpenPose's kind: each map is made of the average colours of squares of 8 × 8 pixels. */
export function onnxMapsBytes(wish: MapsWish): Uint8Array {
  const { size, input, outputs, isTurned = false, maps, stride = 8 } = wish;
  const isFirst = input === 'channels-first';
  const isFirstOut = isFirst !== isTurned;
  const [height, width] = size ? [size.height, size.width] : ['height', 'width'];
  const [rows, columns] = size ? [size.height / stride, size.width / stride] : ['rows', 'columns'];
  const nodes: OnnxNodeWish[] = [
    isFirst
      ? { operator: 'Identity', inputs: ['images'], outputs: ['planes'] }
      : {
          operator: 'Transpose',
          inputs: ['images'],
          outputs: ['planes'],
          attributes: { perm: [0, 3, 1, 2] },
        },
    { ...pool(stride, 'pooled'), inputs: ['planes'] },
  ];
  const weights: OnnxTensorWish[] = [];
  let at = 0;
  for (const [i, channels] of outputs.entries()) {
    const cells = maps ? maps.length / outputs.reduce((sum, each) => sum + each, 0) : 0;
    weights.push(mapsWeights(i, channels, maps ? 0 : 1));
    nodes.push({ operator: 'Conv', inputs: ['pooled', `w${i}`], outputs: [`c${i}`] });
    if (maps && size) {
      const shape = [1, channels, size.height / stride, size.width / stride];
      weights.push({ name: `m${i}`, shape, values: maps.slice(at * cells, (at + channels) * cells) });
      nodes.push({ operator: 'Add', inputs: [`c${i}`, `m${i}`], outputs: [`a${i}`] });
    } else nodes.push({ operator: 'Identity', inputs: [`c${i}`], outputs: [`a${i}`] });
    nodes.push(
      isFirstOut
        ? { operator: 'Identity', inputs: [`a${i}`], outputs: [`maps${i}`] }
        : {
            operator: 'Transpose',
            inputs: [`a${i}`],
            outputs: [`maps${i}`],
            attributes: { perm: [0, 2, 3, 1] },
          },
    );
    at += channels;
  }
  return writeOnnx({
    inputs: [{ name: 'images', shape: isFirst ? [1, 3, height, width] : [1, height, width, 3] }],
    outputs: outputs.map((channels, i) => ({
      name: `maps${i}`,
      shape: isFirstOut ? [1, channels, rows, columns] : [1, rows, columns, channels],
    })),
    nodes,
    weights,
    metadata: { license: 'CC0' },
  });
}

/** Of one of its outputs: how much of each colour a map has. */
export function mapsWeights(output: number, channels: number, range = 1) {
  return randomWeights(`w${output}`, [channels, 3, 1, 1], range, 31 + output);
}
