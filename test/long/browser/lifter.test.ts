import { describeLifters } from '../../helpers/lifters-on-engines.ts';
import { NETWORK_ENGINES } from '../../helpers/network-engines.ts';
import { useHarness } from '../../helpers/use-harness.ts';

describeLifters(
  useHarness(),
  NETWORK_ENGINES.filter((engine) => engine !== 'litert-wasm'),
);
