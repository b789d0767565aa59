import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LimnError } from '../../../src/core/errors.ts';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { layoutOf } from '../../../src/families/maps/layouts.ts';
import { readCaffe } from '../../../src/importers/caffe/caffe.ts';
import { readPrototxt } from '../../../src/importers/caffe/prototxt.ts';
import { channelsOf } from '../../../src/importers/graph.ts';
import { simplify } from '../../../src/importers/passes/simplify.ts';
import { shapesOf } from '../../../src/importers/shapes.ts';
import { evaluateGraph } from '../../helpers/evaluate-graph.ts';
import { noise } from '../../helpers/sample-graph.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';
import { withReducedWidth, writeCaffeModel } from '../../helpers/write-caffe.ts';

/** A small network of every kind of layer, written in place and not. */
const LIST = `
name: "small" # a comment
input: "image"
input_dim: 1 input_dim: 3 input_dim: 16 input_dim: 16
layer { name: "conv1" type: "Convolution" bottom: "image" top: "conv1"
  convolution_param { num_output: 6 pad: 1 kernel_size: 3 weight_filler { type: "gaussian" std: 1e-2 } } }
layer { name: "relu1" type: "ReLU" bottom: "conv1" top: "conv1" }
layer { name: "pool1" type: "Pooling" bottom: "conv1" top: "pool1" pooling_param { pool: MAX kernel_size: 2 stride: 2 } }
layer { name: "conv2" type: "Convolution" bottom: "pool1" top: "conv2" convolution_param { num_output: 6 kernel_size: 1 } }
layer { name: 'slope' type: 'PReLU' bottom: 'conv2' top: 'slope' }
layer { name: "both" type: "Concat" bottom: "slope" bottom: "pool1" top: "both" concat_param { axis: 1 } }
layer { name: "out" type: "Convolution" bottom: "both" top: "out" convolution_param { num_output: 5 pad: 3 kernel_size: 7 } }
`;

const picture = { height: 16, width: 24, channels: 3, values: noise(16 * 24 * 3) };

describe('A Caffe network', () => {
  const weights = writeCaffeModel(LIST);

  it('is read with its list and without, to the same maps', () => {
    const [listed, alone] = [LIST, null].map((list) => readCaffe(weights, list, 'small.caffemodel'));
    if (!listed || !alone) throw new Error('Both are read.');
    const maps = evaluateGraph(listed, picture);
    expect([maps.height, maps.width, maps.channels]).toEqual([8, 12, 5]);
    expect(evaluateGraph(alone, picture)).toEqual(maps);
    expect(maps.values.some((value) => value !== 0)).toBe(true);
  });

  it('is read as version 1 wrote it', () => {
    // PReLU is younger than version 1.
    const list = LIST.replace(/layer \{ name: 'slope'.*\n/, '').replace('bottom: "slope"', 'bottom: "conv2"');
    const graph = readCaffe(writeCaffeModel(list, 1), null, 'old.caffemodel');
    expect(channelsOf(graph).get(graph.output)).toBe(5);
    expect(graph.nodes.map(({ operation }) => operation.kind)).toContain('pool');
  });

  it('multiplies as Caffe does: filters are out × in × height × width', () => {
    const graph = readCaffe(weights, LIST, 'small.caffemodel');
    const convolution = graph.nodes.find(({ name }) => name === 'conv1')?.operation;
    if (convolution?.kind !== 'convolution') throw new Error('The first layer is a convolution.');
    const one = { height: 3, width: 3, channels: 3, values: new Float32Array(27) };
    // A single 1 in the middle, in channel 2: what comes out around it is the filter, turned.
    one.values[4 * 3 + 2] = 1;
    const nodes = graph.nodes.slice(0, 2);
    const { values } = evaluateGraph({ ...graph, nodes, output: 'conv1' }, one);
    const { filter, bias } = convolution;
    for (let place = 0; place < 9; place++) {
      for (let o = 0; o < 6; o++) {
        const expected = (filter.values[((8 - place) * 3 + 2) * 6 + o] ?? 0) + (bias?.[o] ?? 0);
        expect(values[place * 6 + o]).toBeCloseTo(expected, 5);
      }
    }
  });

  it.each<[string, string, RegExp]>([
    [
      'an unknown layer',
      LIST.replace('type: "ReLU"', 'type: "LRN"'),
      /Layer relu1 \(LRN\) of small\.caffemodel is of a kind that Limn does not read/,
    ],
    [
      'a layer that takes from nowhere',
      LIST.replace('bottom: "pool1" top: "conv2"', 'bottom: "none" top: "conv2"'),
      /takes from none, which no layer before it gives/,
    ],
    [
      'a kernel of another size',
      LIST.replace('kernel_size: 7', 'kernel_size: 5'),
      /a filter of 5 × 12 × 7 × 7 and a kernel of 5 × 5/,
    ],
    ['a layer without weights', LIST.replace('name: "out"', 'name: "other"'), /has no weights in the file/],
    [
      'overlapping pooling',
      LIST.replace('kernel_size: 2 stride: 2', 'kernel_size: 3 stride: 2'),
      /overlap or are padded/,
    ],
    ['a list that is cut off', LIST.slice(0, 300), /cut off/],
    ['something else', 'ceci n’est pas', /line 1 has/],
  ])('with %s is refused with a sentence', (_, list, sentence) => {
    expect(() => readCaffe(weights, list, 'small.caffemodel')).toThrow(sentence);
  });

  it('is refused with a sentence, or read, after each of 5,000 mutations; nothing else happens', () => {
    const random = createRandom(8);
    let refused = 0;
    for (let i = 0; i < 5000; i++) {
      const bytes = weights.slice(0, random() < 0.2 ? Math.floor(random() * weights.length) : weights.length);
      for (let k = 0; k < 1 + random() * 6; k++)
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      const list = random() < 0.5 ? null : LIST.slice(0, Math.floor(random() * LIST.length * 2));
      try {
        readCaffe(bytes, list, 'small.caffemodel');
      } catch (error) {
        expect(error).toBeInstanceOf(LimnError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(1000);
  });
});

it('reads the text format: numbers, words, texts, messages, comments', () => {
  const message = readPrototxt('a: 1 a: -2.5e3 b: "x # y" c { d: MAX e < f: 1 > } # end', 'x.prototxt');
  expect(message.get('a')).toEqual([1, -2500]);
  expect(message.get('b')).toEqual(['x # y']);
  expect(message.get('c')).toEqual([
    new Map<string, unknown>([
      ['d', ['MAX']],
      ['e', [new Map([['f', [1]]])]],
    ]),
  ]);
});

describe.skipIf(!hasSharedData)('OpenPose’s layer lists', () => {
  const folder = sharedPath('prototxt/');
  const lists = hasSharedData ? readdirSync(folder) : [];
  const CHANNELS: Readonly<Record<string, number>> = {
    'pose_body_25_pose_deploy.prototxt': 78,
    'pose_coco_pose_deploy_linevec.prototxt': 57,
    'pose_mpi_pose_deploy_linevec.prototxt': 44,
    'pose_mpi_pose_deploy_linevec_faster_4_stages.prototxt': 44,
    'hand_pose_deploy.prototxt': 22,
    'face_pose_deploy.prototxt': 71,
  };

  it.each(lists)('%s with random weights imports, and is the same after it is simplified', (name) => {
    const list = withReducedWidth(readFileSync(folder + name, 'utf8'), 16);
    const graph = readCaffe(writeCaffeModel(list), list, name.replace('.prototxt', '.caffemodel'));
    const channels = channelsOf(graph).get(graph.output) ?? 0;
    expect(channels).toBe(CHANNELS[name]);
    if (channels > 40 && channels !== 71) expect(layoutOf(channels)).not.toBeNull();
    expect(shapesOf(graph, 368, 656).get(graph.output)).toEqual({ height: 46, width: 82, channels });
    const small = { height: 32, width: 40, channels: 3, values: noise(32 * 40 * 3) };
    const [before, after] = [evaluateGraph(graph, small), evaluateGraph(simplify(graph), small)];
    const largest = before.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const worst = before.values.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - (after.values[i] ?? Number.NaN))),
      0,
    );
    expect(largest).toBeGreaterThan(0);
    expect(worst).toBeLessThan(largest * 1e-5);
  });
});
