import { serve } from '../core/port/serve.ts';
import type { Network } from '../models/imported.ts';
import { deleteKept, keepNetwork, listKept, readKept } from '../session/networks/network-store.ts';
import type { NetworkCalls } from '../session/networks/protocol.ts';
import { buildNetwork, readFiles } from './build-network.ts';
import { scope } from './worker-scope.ts';

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
    return { network, isKept: await keep(network, changed, files) };
  },
  list: () => listKept(),
  delete: (_, id) => deleteKept(id),
});

/** Where nothing can be kept (no room, a private window), the network serves until the page is closed. */
async function keep(
  network: Network,
  description: Parameters<typeof buildNetwork>[1],
  files: Parameters<typeof buildNetwork>[0],
): Promise<boolean> {
  const { info, sha256, byteLength } = network;
  const reference = network.kind === 'maps' ? network.reference : null;
  try {
    await keepNetwork({ record: { info, sha256, byteLength }, description, files, reference });
    return true;
  } catch {
    await deleteKept(info.id).catch(() => undefined);
    return false;
  }
}
