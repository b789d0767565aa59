import { expect, it } from 'vitest';
import { readCaffe } from '../../../src/importers/caffe/caffe.ts';
import { readWeights } from '../../../src/importers/caffe/layers.ts';
import { simplify } from '../../../src/importers/passes/simplify.ts';
import { evaluateGraph } from '../../helpers/evaluate-graph.ts';
import { noise } from '../../helpers/sample-graph.ts';
import { writeCaffeModel } from '../../helpers/write-caffe.ts';

/** Channel by channel, each row by row, as Caffe has it. */
interface Blob {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly at: (channel: number, y: number, x: number) => number;
}

function blobOf(
  channels: number,
  height: number,
  width: number,
  compute: (channel: number, y: number, x: number) => number,
): Blob {
  const values = Float64Array.from({ length: channels * height * width }, (_, i) =>
    compute(Math.floor(i / (height * width)), Math.floor(i / width) % height, i % width),
  );
  const at = (channel: number, y: number, x: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : (values[(channel * height + y) * width + x] ?? 0);
  return { channels, height, width, at };
}

const sum = (length: number, term: (i: number) => number): number =>
  Array.from({ length }, (_, i) => term(i)).reduce((total, value) => total + value, 0);

const LIST = `
input: "image" input_dim: 1 input_dim: 3 input_dim: 8 input_dim: 8
layer { name: "wide" type: "Convolution" bottom: "image" top: "wide" convolution_param { num_output: 6 kernel_size: 3 pad: 1 } }
layer { name: "norm" type: "BatchNorm" bottom: "wide" top: "norm" }
layer { name: "scale" type: "Scale" bottom: "norm" top: "scale" scale_param { bias_term: 1 } }
layer { name: "grouped" type: "Convolution" bottom: "scale" top: "grouped" convolution_param { num_output: 4 kernel_size: 1 group: 2 } }
layer { name: "deep" type: "Convolution" bottom: "grouped" top: "deep" convolution_param { num_output: 4 kernel_size: 3 pad: 1 group: 4 } }
layer { name: "both" type: "Eltwise" bottom: "grouped" bottom: "deep" top: "both" }
layer { name: "large" type: "Deconvolution" bottom: "both" top: "large" convolution_param { num_output: 5 kernel_size: 4 stride: 2 pad: 1 } }
`;

it('layers of Caffe give what Caffe’s own definitions say', () => {
  const weights = writeCaffeModel(LIST);
  const layers = readWeights(weights, 'net.caffemodel');
  const numbers = (name: string, position: number): Float32Array =>
    layers.find((layer) => layer.name === name)?.blobs[position]?.values ?? new Float32Array(0);
  const picture = { height: 8, width: 10, channels: 3, values: noise(8 * 10 * 3) };
  const image = blobOf(3, 8, 10, (c, y, x) => picture.values[(y * 10 + x) * 3 + c] ?? 0);

  const convolve = (input: Blob, name: string, out: number, kernel: number, groups: number): Blob => {
    const [filter, bias] = [numbers(name, 0), numbers(name, 1)];
    const perGroup = input.channels / groups;
    const pad = (kernel - 1) / 2;
    return blobOf(out, input.height, input.width, (o, y, x) => {
      const first = Math.floor(o / (out / groups)) * perGroup;
      return (
        (bias[o] ?? 0) +
        sum(perGroup * kernel * kernel, (i) => {
          const [c, place] = [Math.floor(i / (kernel * kernel)), i % (kernel * kernel)];
          const [dy, dx] = [Math.floor(place / kernel), place % kernel];
          const weight = filter[(o * perGroup + c) * kernel * kernel + place] ?? 0;
          return weight * input.at(first + c, y + dy - pad, x + dx - pad);
        })
      );
    });
  };
  const wide = convolve(image, 'wide', 6, 3, 1);
  const [mean, variance, [factor = 1]] = [numbers('norm', 0), numbers('norm', 1), numbers('norm', 2)];
  const norm = blobOf(6, 8, 10, (c, y, x) => {
    const centred = wide.at(c, y, x) - (mean[c] ?? 0) / factor;
    return centred / Math.sqrt((variance[c] ?? 0) / factor + 1e-5);
  });
  const [gamma, beta] = [numbers('scale', 0), numbers('scale', 1)];
  const scale = blobOf(6, 8, 10, (c, y, x) => norm.at(c, y, x) * (gamma[c] ?? 0) + (beta[c] ?? 0));
  const grouped = convolve(scale, 'grouped', 4, 1, 2);
  const deep = convolve(grouped, 'deep', 4, 3, 4);
  const both = blobOf(4, 8, 10, (c, y, x) => grouped.at(c, y, x) + deep.at(c, y, x));
  const [filter, bias] = [numbers('large', 0), numbers('large', 1)];
  // Every number is spread over a window of 4 × 4, the next one two on; a row and a column are cut off all around.
  const large = blobOf(5, 16, 20, (o, y, x) => {
    const spread = sum(4 * 16, (i) => {
      const [c, place] = [Math.floor(i / 16), i % 16];
      const [fromY, fromX] = [(y + 1 - Math.floor(place / 4)) / 2, (x + 1 - (place % 4)) / 2];
      if (!Number.isInteger(fromY) || !Number.isInteger(fromX)) return 0;
      return both.at(c, fromY, fromX) * (filter[(c * 5 + o) * 16 + place] ?? 0);
    });
    return spread + (bias[o] ?? 0);
  });

  for (const list of [LIST, null]) {
    const graph = readCaffe(weights, list, 'net.caffemodel');
    for (const each of [graph, simplify(graph)]) {
      const maps = evaluateGraph(each, picture);
      expect([maps.height, maps.width, maps.channels]).toEqual([16, 20, 5]);
      for (const [i, value] of maps.values.entries()) {
        const expected = large.at(i % 5, Math.floor(i / 100), Math.floor(i / 5) % 20);
        expect(Math.abs(value - expected)).toBeLessThan(1e-3 * Math.max(1, Math.abs(expected)));
      }
    }
  }
});
