import { describeLayerLists } from '../../helpers/layer-lists.ts';
import { GPU_ENGINES } from '../../helpers/network-engines.ts';
import { useHarness } from '../../helpers/use-harness.ts';

describeLayerLists(useHarness(), GPU_ENGINES);
