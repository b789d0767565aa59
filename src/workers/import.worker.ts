import { LimnError, toReason } from '../core/errors.ts';
import { serve } from '../core/port/serve.ts';
import type { Network } from '../models/imported.ts';
import {
  deleteKept,
  describeKept,
  type KeptNetwork,
  keepNetwork,
  listKept,
  readKept,
} from '../session/networks/network-store.ts';
import type { NetworkCalls } from '../session/networks/protocol.ts';
import { buildNetwork, readFiles } from './models/build-network.ts';
import { scope } from './scope/worker-scope.ts';

serve<NetworkCalls>(scope, {
  read: async (_, given, description, isKept) => {
    const files = await readFiles(given);
    const network = await buildNetwork(files, description, null);
    return { network, isKept: isKept && (await keep(network, description, files)) };
  },
  load: async (_, id) => {
    const { files, description, reference } = await readKept(id);
    return { network: await buildNetwork(files, description, reference), isKept: true };
  },
  describe: async (_, id, change) => {
    const { files, description } = await readKept(id);
    const changed = { ...description, ...change };
    const network = await buildNetwork(files, changed, null);
    await describeKept(toKept(network, changed, files)).catch((cause: unknown) => {
      throw new LimnError(
        `What was changed of ${network.info.label} can’t be kept on this device (${toReason(cause)}). It stays as it was.`,
        { cause },
      );
    });
    return { network, isKept: true };
  },
  list: () => listKept(),
  delete: (_, id) => deleteKept(id),
});

type Built = Parameters<typeof buildNetwork>;

function toKept(network: Network, description: Built[1], files: Built[0]): KeptNetwork {
  const { info, sha256, byteLength } = network;
  const reference = network.kind === 'maps' ? network.reference : null;
  return { record: { info, sha256, byteLength }, description, files, reference };
}

/** Where nothing can be kept (no room, a private window), the network serves until the page is closed. */
function keep(network: Network, description: Built[1], files: Built[0]): Promise<boolean> {
  return keepNetwork(toKept(network, description, files)).then(
    () => true,
    () => false,
  );
}
