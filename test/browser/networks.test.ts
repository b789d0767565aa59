import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCaffe } from '../../src/importers/caffe/caffe.ts';
import type { Graph } from '../../src/importers/graph.ts';
import { simplify } from '../../src/importers/passes/simplify.ts';
import { readFrozenGraph } from '../../src/importers/tensorflow/frozen-graph.ts';
import type { NetworkEngineId } from '../../src/models/engine-catalog.ts';
import { evaluateGraph } from '../helpers/evaluate-graph.ts';
import { NETWORK_ENGINES } from '../helpers/network-engines.ts';
import { noise, sampleGraph, sampleNodes } from '../helpers/sample-graph.ts';
import { hasSharedData, sharedPath } from '../helpers/shared-data.ts';
import { toTextGraph } from '../helpers/text-graph.ts';
import { useHarness } from '../helpers/use-harness.ts';
import { withReducedWidth, writeCaffeModel } from '../helpers/write-caffe.ts';
import { graphDef } from '../helpers/write-graph-def.ts';

const watched = useHarness();

/** The largest difference between an engine and a plain evaluation, as a share of the largest number. */
async function difference(
  graph: Graph,
  height: number,
  width: number,
  engine: NetworkEngineId,
): Promise<number> {
  const values = noise(height * width * 3);
  const { maps } = await watched.page.evaluate(
    ({ text, picture, engine }) => window.harness.runOnEngine(text, picture, engine),
    { text: toTextGraph(graph), picture: { height, width, values: [...values] }, engine },
  );
  const expected = evaluateGraph(graph, { height, width, channels: 3, values });
  expect(maps).toHaveLength(expected.values.length);
  const largest = expected.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(largest).toBeGreaterThan(0);
  return Math.max(...maps.map((value, i) => Math.abs(value - (expected.values[i] ?? Number.NaN)))) / largest;
}

describe.each(NETWORK_ENGINES)('On %s', (engine) => {
  it('a TensorFlow network gives the maps of a plain evaluation', async () => {
    const graph = simplify(readFrozenGraph(graphDef(sampleNodes()), 'net.pb'));
    expect(await difference(graph, 24, 16, engine)).toBeLessThan(1e-4);
  });

  it('every operation that there is gives the numbers of a plain evaluation', async () => {
    expect(await difference(sampleGraph(), 17, 22, engine)).toBeLessThan(1e-4);
  });
});

const lists = hasSharedData
  ? readdirSync(sharedPath('prototxt')).filter((name) => name.endsWith('.prototxt'))
  : [];

describe.skipIf(!hasSharedData)('With random weights,', () => {
  it('there are six layer lists', () => expect(lists).toHaveLength(6));

  it.each(
    lists.flatMap((list) => NETWORK_ENGINES.map((engine) => [list, engine] as const)),
  )('%s gives the maps of a plain evaluation on %s', async (name, engine) => {
    const list = withReducedWidth(readFileSync(sharedPath(`prototxt/${name}`), 'utf8'), 16);
    const graph = simplify(readCaffe(writeCaffeModel(list), list, 'pose.caffemodel'));
    expect(await difference(graph, 32, 48, engine)).toBeLessThan(1e-4);
  });
});

it.skipIf(!hasSharedData)(
  'tf-pose’s small network is computed as plainly on LiteRT and TensorFlow.js',
  async () => {
    const bytes = readFileSync(sharedPath('weights/tfpose_mobilenet_v2_small.pb'));
    const graph = simplify(readFrozenGraph(bytes, 'small.pb'));
    expect(await difference(graph, 96, 128, 'litert-wasm')).toBeLessThan(1e-3);
    expect(await difference(graph, 96, 128, 'tfjs-wasm')).toBeLessThan(1e-3);
  },
);
