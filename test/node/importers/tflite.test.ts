import { describe, expect, it } from 'vitest';
import { LimnError } from '../../../src/core/errors.ts';
import { fromHalf } from '../../../src/core/numbers/half-float.ts';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { readCaffe } from '../../../src/importers/caffe/caffe.ts';
import { channelsOf, type Graph } from '../../../src/importers/graph.ts';
import { simplify } from '../../../src/importers/passes/simplify.ts';
import { readTflite } from '../../../src/importers/tflite/tflite.ts';
import { toTflite } from '../../../src/importers/writers/to-tflite.ts';
import { evaluateGraph } from '../../helpers/evaluate-graph.ts';
import { noise } from '../../helpers/sample-graph.ts';
import { writeCaffeModel } from '../../helpers/write-caffe.ts';

/** Convolutions, PReLU, pooling, joining, zeros around. */
const LIST = `
input: "image"
layer { name: "a" type: "Convolution" bottom: "image" top: "a" convolution_param { num_output: 6 pad: 2 kernel_size: 5 } }
layer { name: "ar" type: "ReLU" bottom: "a" top: "a" }
layer { name: "p" type: "Pooling" bottom: "a" top: "p" pooling_param { pool: AVE kernel_size: 2 stride: 2 } }
layer { name: "b" type: "Convolution" bottom: "p" top: "b" convolution_param { num_output: 4 kernel_size: 1 } }
layer { name: "s" type: "PReLU" bottom: "b" top: "s" }
layer { name: "c" type: "Concat" bottom: "s" bottom: "p" top: "c" concat_param { axis: 1 } }
`;
const graph: Graph = simplify(readCaffe(writeCaffeModel(LIST), LIST, 'small.caffemodel'));
const picture = { height: 16, width: 24, channels: 3, values: noise(16 * 24 * 3) };

it.each([
  [0x3c00, 1],
  [0xc000, -2],
  [0x3555, 0.333251953125],
  [0x0001, 2 ** -24],
  [0x7bff, 65504],
  [0x8000, -0],
  [0xfc00, Number.NEGATIVE_INFINITY],
])('half float %d is %d', (bits, value) => expect(fromHalf(bits)).toBe(value));

describe('A TFLite file', () => {
  const bytes = toTflite(graph, 16, 24);

  it('gives the same maps as the network it was written from, also at another size', () => {
    const again = readTflite(bytes, 'small.tflite');
    expect(channelsOf(again).get(again.output)).toBe(10);
    for (const size of [picture, { ...picture, height: 32, width: 12 }]) {
      const [expected, given] = [evaluateGraph(graph, size), evaluateGraph(again, size)];
      expect([given.height, given.width]).toEqual([expected.height, expected.width]);
      expect(given.values).toEqual(expected.values);
    }
  });

  it('is refused with a sentence, or read, after each of 10,000 mutations; nothing else happens', () => {
    const random = createRandom(21);
    let refused = 0;
    for (let i = 0; i < 10_000; i++) {
      const mutated = bytes.slice(0, random() < 0.2 ? Math.floor(random() * bytes.length) : bytes.length);
      for (let k = 0; k < 1 + random() * 6; k++) {
        // Most of a file is weights: its beginning and end say what it is.
        const at = random() < 0.5 ? random() * 2000 : random() * mutated.length;
        mutated[Math.floor(at)] = Math.floor(random() * 256);
      }
      try {
        readTflite(mutated, 'small.tflite');
      } catch (error) {
        expect(error).toBeInstanceOf(LimnError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(1000);
  });

  it.each([
    [new Uint8Array(0), /is no TFLite file/],
    [new TextEncoder().encode('\x80\x02}q\x00.'), /is no TFLite file/],
    [bytes.slice(0, 100), /damaged/],
  ])('that is none is refused with a sentence', (other, sentence) => {
    expect(() => readTflite(other, 'x.tflite')).toThrow(sentence);
  });
});
