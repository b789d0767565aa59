import { describeLifters } from '../../helpers/lifters-on-engines.ts';
import { GPU_ENGINES } from '../../helpers/network-engines.ts';
import { useHarness } from '../../helpers/use-harness.ts';

describeLifters(useHarness(), GPU_ENGINES);
