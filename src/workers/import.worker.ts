import { toSentence } from '../core/errors.ts';
import type { Network } from '../models/imported.ts';
import { deleteKept, keepNetwork, listKept, readKept } from '../session/networks/network-store.ts';
import type { NetworkReply, NetworkRequest } from '../session/networks/protocol.ts';
import { buildNetwork, readFiles } from './build-network.ts';
import { workerScope } from './worker-scope.ts';

const scope = workerScope<NetworkRequest, NetworkReply>();

scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage(await answer(data));
  } catch (error) {
    scope.postMessage({ type: 'failed', message: toSentence(error) });
  }
};

async function answer(request: NetworkRequest): Promise<NetworkReply> {
  switch (request.type) {
    case 'read': {
      const files = await readFiles(request.files);
      const network = await buildNetwork(files, request.description, null);
      const isKept = request.isKept && (await keep(network, request.description, files));
      return { type: 'read', network, isKept };
    }
    case 'load': {
      const { files, description, reference } = await readKept(request.id);
      return { type: 'read', network: await buildNetwork(files, description, reference), isKept: true };
    }
    case 'describe': {
      const { files, description } = await readKept(request.id);
      const changed = { ...description, ...request.description };
      const network = await buildNetwork(files, changed, null);
      return { type: 'read', network, isKept: await keep(network, changed, files) };
    }
    case 'list':
      return { type: 'listed', records: await listKept() };
    case 'delete':
      await deleteKept(request.id);
      return { type: 'deleted' };
  }
}

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
