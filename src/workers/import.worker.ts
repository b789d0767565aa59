import { LimnError, toReason } from '../core/errors.ts';
import type { NamedBytes } from '../core/named-bytes.ts';
import { serve } from '../core/port/serve.ts';
import type { Network, NetworkDescription, NetworkFiles } from '../families/network.ts';
import { channelsOf } from '../importers/graph.ts';
import { multiplyAdds, parameterCount } from '../importers/shapes.ts';
import {
  deleteKept,
  describeKeptNetwork,
  type KeptNetwork,
  keepNetwork,
  listKept,
} from '../tracking/networks/network-store.ts';
import type { NetworkCalls } from '../tracking/networks/protocol.ts';
import { buildNetwork, loadNetwork, readFiles, readSource, summarize } from './networks/build-network.ts';
import { scope } from './scope/worker-scope.ts';

serve<NetworkCalls>(scope, {
  read: async (_, given, description, isKept) => {
    const files = await readFiles(given);
    const network = await buildNetwork(files, description, null);
    const kept = toKept(network, description, files);
    // Where nothing can be kept (no room, a private window), the network serves until the page is closed.
    const isThere = isKept && (await succeeds(keepNetwork(kept)));
    return { network: summarize(network), files: isThere ? null : toFiles(kept) };
  },
  load: async (_, id) => {
    const network = await loadNetwork({ id, revision: 0, place: { type: 'device' } });
    return { network: summarize(network), files: null };
  },
  describe: async (_, source, change) => {
    const { files, description } = await readSource(source);
    const changed = { ...description, ...change };
    const network = await buildNetwork(files, changed, null);
    const kept = toKept(network, changed, files);
    if (source.place.type === 'memory') return { network: summarize(network), files: toFiles(kept) };
    await describeKeptNetwork(kept).catch((cause: unknown) => {
      throw new LimnError(
        `What was changed of ${network.info.label} can’t be kept on this device (${toReason(cause)}). It stays as it was.`,
        { cause },
      );
    });
    return { network: summarize(network), files: null };
  },
  measure: async (_, source, width, height) => {
    const network = await loadNetwork(source);
    if (network.kind !== 'maps')
      throw new LimnError(`${network.info.label} has no graph that could be counted.`);
    const { graph } = network;
    return {
      layers: graph.nodes.length - 1,
      parameters: parameterCount(graph),
      multiplyAdds: multiplyAdds(graph, height, width),
      maps: channelsOf(graph).get(graph.output) ?? 0,
    };
  },
  list: () => listKept(),
  delete: (_, id) => deleteKept(id),
});

function toKept(
  network: Network,
  description: NetworkDescription,
  files: readonly NamedBytes[],
): KeptNetwork {
  const { info, sha256, byteLength } = network;
  const reference = 'reference' in network ? network.reference : null;
  return { record: { info, sha256, byteLength }, description, files, reference };
}

/** Its bytes are the page's from now on: files on a disk may be changed or taken away. */
function toFiles({ files, description, reference }: KeptNetwork): NetworkFiles {
  const blobs = files.map(({ name, bytes }) => ({
    name,
    blob: new Blob([bytes as Uint8Array<ArrayBuffer>]),
  }));
  return { files: blobs, description, reference };
}

function succeeds(task: Promise<unknown>): Promise<boolean> {
  return task.then(
    () => true,
    () => false,
  );
}
