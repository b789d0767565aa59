import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { NetworkEngineId } from '../../src/families/engines/engine-catalog.ts';
import { readCaffe } from '../../src/importers/caffe/caffe.ts';
import type { Graph } from '../../src/importers/graph.ts';
import { simplify } from '../../src/importers/passes/simplify.ts';
import { evaluateGraph } from './evaluate-graph.ts';
import { noise } from './sample-graph.ts';
import { hasSharedData, sharedPath } from './shared-data.ts';
import { toTextGraph } from './text-graph.ts';
import { withReducedWidth, writeCaffeModel } from './write-caffe.ts';

/** The largest difference between an engine and a plain evaluation, as a share of the largest number. */
export async function differenceOn(
  watched: { readonly page: Page },
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

/** Every layer list of OpenPose's, with random weights, on some engines. */
export function describeLayerLists(
  watched: { readonly page: Page },
  engines: readonly NetworkEngineId[],
): void {
  const lists = hasSharedData
    ? readdirSync(sharedPath('prototxt')).filter((name) => name.endsWith('.prototxt'))
    : [];
  describe.skipIf(!hasSharedData)('With random weights,', () => {
    it('there are six layer lists', () => expect(lists).toHaveLength(6));

    it.each(
      lists.flatMap((list) => engines.map((engine) => [list, engine] as const)),
    )('%s gives the maps of a plain evaluation on %s', async (name, engine) => {
      const list = withReducedWidth(readFileSync(sharedPath(`prototxt/${name}`), 'utf8'), 16);
      const graph = simplify(readCaffe(writeCaffeModel(list), list, 'pose.caffemodel'));
      expect(await differenceOn(watched, graph, 32, 48, engine)).toBeLessThan(1e-4);
    });
  });
}
