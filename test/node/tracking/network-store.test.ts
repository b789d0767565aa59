import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  deleteKept,
  describeKeptNetwork,
  type KeptNetwork,
  keepNetwork,
  listKept,
  readKept,
} from '../../../src/tracking/networks/network-store.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';

const ID = 'own-0123';
const bgr = { order: 'bgr', scale: 1 / 256, shift: -0.5 } as const;
const rgb = { order: 'rgb', scale: 1, shift: 0 } as const;

function network(scaling: typeof bgr | typeof rgb, weights = 7): KeptNetwork {
  const info = {
    id: ID,
    label: 'Mine',
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
    record: { info, sha256: `hash of ${weights}`, byteLength: 3000 } as unknown as KeptNetwork['record'],
    description: { scaling },
    files: [
      { name: 'graph.pb', bytes: new Uint8Array(2000).fill(weights) },
      { name: 'graph.json', bytes: new Uint8Array(1000).fill(weights) },
    ],
    reference: { size: 8, maps: Float32Array.of(scaling.scale, scaling.shift, 3) },
  };
}

/** Web Locks of tabs that share them: one holder a name, in the order of asking. */
function memoryLocks() {
  const last = new Map<string, Promise<unknown>>();
  return {
    request(name: string, callback: () => Promise<void>): Promise<void> {
      const done = (last.get(name) ?? Promise.resolve()).then(callback);
      last.set(
        name,
        done.catch(() => undefined),
      );
      return done;
    },
  };
}

let disk: MemoryFiles;
beforeEach(() => {
  disk = new MemoryFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: disk.getDirectory }, locks: memoryLocks() });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const weightsOf = ({ files }: KeptNetwork) => files.map(({ bytes }) => [bytes.length, new Set(bytes)]);
const WHOLE = (weights: number) => [
  [2000, new Set([weights])],
  [1000, new Set([weights])],
];

describe('a network', () => {
  it.each([
    0, 1, 2, 3, 4,
  ])('that two tabs change, %d turns apart, is whole, with the later word', async (turns) => {
    const wait = async () => {
      for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
    };
    for (const later of [() => describeKeptNetwork(network(rgb, 8)), () => keepNetwork(network(rgb, 9))]) {
      await keepNetwork(network(bgr, 7));
      await Promise.all([keepNetwork(network(bgr, 8)), wait().then(later)]);
      const kept = await readKept(ID);
      expect(weightsOf(kept)).toEqual(WHOLE(Number(kept.record.sha256.at(-1))));
      expect(kept.description).toEqual({ scaling: rgb });
      expect(disk.paths).toHaveLength(4);
    }
  });

  it('that an earlier version kept has its family under another name', async () => {
    await keepNetwork(network(bgr));
    for (const path of disk.paths.filter((each) => each.endsWith('.json')))
      disk.rewrite(path, (text) => text.replace('"family"', '"works"'));
    const [record] = await listKept();
    expect(record?.info).toEqual(network(bgr).record.info);
    expect((await readKept(ID)).record.info.family).toBe('maps');
  });

  it('lies under a folder named after Limn, is listed, read, and deleted', async () => {
    await keepNetwork(network(bgr));
    expect(disk.paths.every((path) => path.startsWith(`limn/networks/${ID}/`))).toBe(true);
    expect((await listKept()).map(({ info }) => info.id)).toEqual([ID]);
    const kept = await readKept(ID);
    expect(kept.files.map(({ name }) => name)).toEqual(['graph.pb', 'graph.json']);
    expect(weightsOf(kept)).toEqual(WHOLE(7));
    expect(kept.description).toEqual({ scaling: bgr });
    expect([...(kept.reference?.maps ?? [])]).toEqual([Math.fround(bgr.scale), bgr.shift, 3]);
    await deleteKept(ID);
    expect(disk.paths).toEqual([]);
  });

  it('of which something else is said keeps its weights as they were written', async () => {
    await keepNetwork(network(bgr));
    const before = disk.paths.filter((path) => /\/\d+-\d+$/.test(path));
    // There is no room for the weights a second time.
    disk.shortenWritesAfter(1500);
    await keepNetwork(network(rgb));
    expect((await readKept(ID)).description).toEqual({ scaling: rgb });
    expect(disk.paths.filter((path) => /\/\d+-\d+$/.test(path))).toEqual(before);
    expect(disk.paths).toHaveLength(4);
  });

  it('has its weights neither read nor written when something else is said of it', async () => {
    await keepNetwork(network(bgr));
    const before = disk.paths.filter((path) => /\/\d+-\d+$/.test(path));
    const opened = disk.opened;
    await describeKeptNetwork(network(rgb));
    // What is said, and what engines are held against.
    expect(disk.opened - opened).toBe(2);
    expect(disk.paths.filter((path) => /\/\d+-\d+$/.test(path))).toEqual(before);
    expect(disk.paths).toHaveLength(4);
    const kept = await readKept(ID);
    expect(kept.description).toEqual({ scaling: rgb });
    expect(weightsOf(kept)).toEqual(WHOLE(7));
    expect(kept.reference?.maps[1]).toBe(rgb.shift);
    disk.shortenWritesAfter(5);
    await expect(describeKeptNetwork(network(bgr))).rejects.toThrow('could not be written');
    expect((await readKept(ID)).description).toEqual({ scaling: rgb });
    expect(disk.paths).toHaveLength(4);
  });

  it.each(['room', 'power'] as const)('is as before or as after, wherever the %s ends', async (what) => {
    for (const [change, weights] of [
      [network(rgb), 7],
      [network(rgb, 8), 8],
    ] as const) {
      for (let bytes = 0; bytes < 4200; bytes += 97) {
        disk = new MemoryFiles();
        vi.stubGlobal('navigator', { storage: { getDirectory: disk.getDirectory } });
        await keepNetwork(network(bgr));
        if (what === 'room') disk.shortenWritesAfter(bytes);
        else disk.cutPowerAfter(bytes);
        const isDone = await keepNetwork(change).then(
          () => true,
          () => false,
        );
        disk.shortenWritesAfter(Number.POSITIVE_INFINITY);
        disk.restorePower();
        const kept = await readKept(ID);
        const isChanged = kept.description.scaling?.order === 'rgb';
        if (isDone) expect(isChanged).toBe(true);
        expect(weightsOf(kept)).toEqual(WHOLE(isChanged ? weights : 7));
        expect(kept.reference?.maps[1]).toBe(isChanged ? rgb.shift : bgr.shift);
        // The next change is kept, and nothing of the broken one is left.
        await keepNetwork(change);
        expect(weightsOf(await readKept(ID))).toEqual(WHOLE(weights));
        expect(disk.paths).toHaveLength(4);
      }
    }
  });

  it('for which there is no room leaves nothing behind', async () => {
    disk.shortenWritesAfter(1500);
    await expect(keepNetwork(network(bgr))).rejects.toThrow('could not be written');
    expect(disk.paths).toEqual([]);
    expect(await listKept()).toEqual([]);
  });

  it('that an earlier version of Limn has kept is found, and moves when it is kept anew', async () => {
    const folder = await (
      await (await disk.getDirectory()).getDirectoryHandle('networks', { create: true })
    ).getDirectoryHandle(ID, { create: true });
    const { record, description, files, reference } = network(bgr);
    const write = async (name: string, bytes: Uint8Array) => {
      const file = await folder.getFileHandle(name, { create: true });
      (await file.createSyncAccessHandle?.())?.write(bytes as Uint8Array<ArrayBuffer>, { at: 0 });
    };
    for (const [i, { bytes }] of files.entries()) await write(String(i), bytes);
    await write('reference.bin', new Uint8Array(reference?.maps.buffer ?? new ArrayBuffer(0)));
    const said = { record, description, files: files.map(({ name }) => name), referenceSize: 8 };
    await write('network.json', new TextEncoder().encode(JSON.stringify(said)));
    expect((await listKept()).map(({ info }) => info.id)).toEqual([ID]);
    const kept = await readKept(ID);
    expect(weightsOf(kept)).toEqual(WHOLE(7));
    await keepNetwork({ ...kept, description: { scaling: rgb } });
    expect((await readKept(ID)).description).toEqual({ scaling: rgb });
    expect(disk.paths.every((path) => path.startsWith('limn/'))).toBe(true);
    expect(await listKept()).toHaveLength(1);
  });
});

it('the same weights with other files beside them replace what was kept', async () => {
  const [weights, beside] = network(bgr).files;
  if (!weights || !beside) throw new Error('There are two files.');
  const changed = { ...beside, bytes: beside.bytes.map((byte) => byte + 1) };
  for (const files of [[weights], [weights, beside], [weights, changed]]) {
    await keepNetwork({ ...network(bgr), files });
    expect((await readKept(ID)).files).toEqual(files);
  }
});
