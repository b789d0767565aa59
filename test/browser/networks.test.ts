import { describe, expect, it } from 'vitest';
import { simplify } from '../../src/importers/passes/simplify.ts';
import { readFrozenGraph } from '../../src/importers/tensorflow/frozen-graph.ts';
import { describeLayerLists, differenceOn } from '../helpers/layer-lists.ts';
import { NETWORK_ENGINES } from '../helpers/network-engines.ts';
import { sampleGraph, sampleNodes } from '../helpers/sample-graph.ts';
import { useHarness } from '../helpers/use-harness.ts';
import { graphDef } from '../helpers/write-graph-def.ts';

const watched = useHarness();

describe.each(NETWORK_ENGINES)('On %s', (engine) => {
  it('a TensorFlow network gives the maps of a plain evaluation', async () => {
    const graph = simplify(readFrozenGraph(graphDef(sampleNodes()), 'net.pb'));
    expect(await differenceOn(watched, graph, 24, 16, engine)).toBeLessThan(1e-4);
  });

  it('every operation that there is gives the numbers of a plain evaluation', async () => {
    expect(await differenceOn(watched, sampleGraph(), 17, 22, engine)).toBeLessThan(1e-4);
  });
});

describeLayerLists(watched, ['litert-wasm']);
