import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Endpoint } from '../../../src/core/port/messages.ts';
import { serve } from '../../../src/core/port/serve.ts';
import type { NetworkSummary } from '../../../src/families/network.ts';
import { ModelRegistry } from '../../../src/families/registry.ts';
import { keepUnder } from '../../../src/recording/log/private-files.ts';
import { StoreClient } from '../../../src/recording/store-client.ts';
import { enginesOf } from '../../../src/tracking/engines/engines.ts';
import { recallEngines, rememberEngines } from '../../../src/tracking/engines/remembered.ts';
import {
  deleteKept,
  type KeptNetwork,
  keepNetwork,
  listKept,
} from '../../../src/tracking/networks/network-store.ts';
import type { NetworkCalls, SummarizedNetwork } from '../../../src/tracking/networks/protocol.ts';
import { toEstimatorOptions } from '../../../src/tracking/order.ts';
import { type Platform, withNetworks } from '../../../src/tracking/platform.ts';
import { limnOf, workerName } from '../../../src/workers/starting/worker-name.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';
import { keepWalk, memoryPlatform } from '../../helpers/memory-platform.ts';
import { servedWorker } from '../../helpers/served-worker.ts';

function network(id: string): KeptNetwork {
  const info = {
    id,
    label: id,
    description: 'A network',
    family: 'maps',
    origin: 'own',
    finds: 'bodies',
    isPart: false,
    keypoints: 'coco-18',
    hasWorld: false,
    bundle: null,
    maximumPeople: 20,
    license: 'unknown',
    source: 'graph.pb',
  };
  return {
    record: { info, sha256: id, byteLength: 3 } as unknown as KeptNetwork['record'],
    description: {},
    files: [{ name: 'graph.pb', bytes: Uint8Array.of(1, 2, 3) }],
    reference: null,
  };
}

/** Of networks, the label says the id. @param listed ids of those that lie on this device */
function serveNetworks(endpoint: Endpoint, listed: readonly string[]): void {
  const read = (id: string, isCausal = false, isKept = false): SummarizedNetwork => {
    const files = isKept ? null : { files: [], description: { label: id }, reference: null };
    const { record } = network(id);
    const info = { ...record.info, description: isCausal ? 'causal' : 'A network' };
    return { network: { ...record, info, kind: 'maps' } as unknown as NetworkSummary, files };
  };
  serve<NetworkCalls>(endpoint, {
    read: (_, __, { label = '', isCausal }) => read(label, isCausal),
    load: (_, id) => read(id, false, true),
    list: () => listed.map((id) => network(id).record),
    describe: (_, { id, place }) => read(id, true, place.type === 'device'),
    measure: () => Promise.reject(new Error('It has no maps.')),
    delete: () => undefined,
  });
}

let disk: MemoryFiles;
let kept: Map<string, string>;

beforeEach(() => {
  disk = new MemoryFiles();
  kept = new Map();
  vi.stubGlobal('navigator', { storage: { getDirectory: disk.getDirectory }, userAgent: 'test' });
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
  vi.stubGlobal('crossOriginIsolated', false);
});
afterEach(() => {
  keepUnder('');
  vi.unstubAllGlobals();
});

const idsOf = async () => (await listKept()).map(({ info }) => info.id);

describe('two Limns on one origin', () => {
  it('keep networks apart, and none sees or deletes what another has', async () => {
    await keepNetwork(network('imported-0'));
    keepUnder('a');
    expect(await idsOf()).toEqual([]);
    await keepNetwork(network('imported-1'));
    await deleteKept('imported-0');
    keepUnder('b');
    await keepNetwork(network('imported-2'));
    expect(await idsOf()).toEqual(['imported-2']);
    keepUnder('a');
    expect(await idsOf()).toEqual(['imported-1']);
    keepUnder('');
    expect(await idsOf()).toEqual(['imported-0']);
    const folders = disk.paths.map((path) => path.slice(0, path.lastIndexOf('/')));
    expect(new Set(folders)).toEqual(
      new Set([
        'limn/networks/imported-0',
        'limn/named/a/networks/imported-1',
        'limn/named/b/networks/imported-2',
      ]),
    );
  });

  it('of what earlier versions kept at the root, only the one without a name knows', async () => {
    await keepNetwork(network('imported-0'));
    disk.move('limn/networks', 'networks');
    keepUnder('a');
    expect(await idsOf()).toEqual([]);
    await deleteKept('imported-0');
    keepUnder('');
    expect(await idsOf()).toEqual(['imported-0']);
  });

  it('keep recordings apart', async () => {
    const list = async () => {
      const store = new StoreClient(memoryPlatform());
      const recordings = await store.call('list', []);
      store.close();
      return recordings.map(({ id }) => id);
    };
    const store = new StoreClient(memoryPlatform());
    await keepWalk(store, 'walk', 3);
    store.close();
    expect(await list()).toEqual(['walk']);
    keepUnder('a');
    expect(await list()).toEqual([]);
  });

  it('remember which engines are fast apart', async () => {
    const { options } = toEstimatorOptions({}, 'video', new ModelRegistry());
    const [unnamed, a] = [memoryPlatform(), { ...memoryPlatform(), name: 'a' }];
    await rememberEngines(options, a, [{ engine: 'litert-wasm', medianMs: 5 }]);
    expect(await recallEngines(options, unnamed)).toBeNull();
    await rememberEngines(options, unnamed, [{ engine: 'tasks-wasm', medianMs: 7 }]);
    expect(await recallEngines(options, a)).toEqual([{ engine: 'litert-wasm', medianMs: 5 }]);
    expect([...kept.keys()]).toEqual(['limn-engines/a', 'limn-engines']);
  });

  it('know only the networks that each has read, looked up and deleted itself', async () => {
    const create = (listed: readonly string[]) =>
      withNetworks({
        workers: { import: () => servedWorker((endpoint) => serveNetworks(endpoint, listed)) },
        assets: {},
        version: 'test',
        name: '',
      } as unknown as Platform);
    const [one, other] = [create(['imported-1']), create(['imported-2'])];
    const known = ({ registry }: Platform) =>
      registry.models.filter(({ origin }) => origin === 'own').map(({ id }) => id);
    await one.networks.read([], { label: 'imported-0' }, false);
    expect([known(one), known(other)]).toEqual([['imported-0'], []]);
    expect(() => toEstimatorOptions({ model: 'imported-0' }, 'image', other.registry)).toThrow(
      'There is no model "imported-0"',
    );
    await Promise.all([one.networks.list(), other.networks.list()]);
    expect([known(one), known(other)]).toEqual([['imported-0', 'imported-1'], ['imported-2']]);
    await one.networks.ensure('imported-1');
    expect([one.registry.summary('imported-1'), other.registry.summary('imported-1')]).toEqual([
      expect.objectContaining({ sha256: 'imported-1' }),
      null,
    ]);
    await other.networks.read([], { label: 'imported-0' }, false);
    await one.networks.describe('imported-0', { isCausal: true });
    expect([one, other].map(({ registry }) => registry.info('imported-0').description)).toEqual([
      'causal',
      'A network',
    ]);
    await one.networks.delete('imported-0');
    expect([known(one), known(other)]).toEqual([['imported-1'], ['imported-2', 'imported-0']]);
  });

  it('have engines of their own', () => {
    const [one, other] = [memoryPlatform(), memoryPlatform()];
    expect(enginesOf(one)).toBe(enginesOf(one));
    expect(enginesOf(one)).not.toBe(enginesOf(other));
  });

  it('call their workers by their names', () => {
    expect(workerName('store', '')).toBe('store');
    expect(limnOf('store')).toBe('');
    expect(limnOf(workerName('store', 'a-b'))).toBe('a-b');
  });
});
