import { afterEach, expect, it, vi } from 'vitest';
import { LimnError } from '../../../src/core/errors.ts';
import type { PlacedBytes } from '../../../src/formats/film/film.ts';
import { openMemorySink, openTemporarySink, writeParts } from '../../../src/workers/export/file-sink.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('what can’t be written to its end lets go of the file, and keeps nothing of it', async () => {
  const happened: string[] = [];
  const writable = new WritableStream<PlacedBytes>({
    write: () => void happened.push('written'),
    close: () => void happened.push('closed'),
    abort: () => void happened.push('given up'),
  });
  function* parts(): Generator<Uint8Array> {
    yield new Uint8Array(2 ** 21);
    throw new LimnError('There is no room.');
  }
  await expect(writeParts(writable, parts())).rejects.toThrow('There is no room.');
  expect(happened).toEqual(['written', 'given up']);
});

it('parts come one after the other', async () => {
  const sink = openMemorySink();
  await writeParts(sink.writable, [Uint8Array.of(1, 2), new Uint8Array(2 ** 20).fill(3), Uint8Array.of(4)]);
  const bytes = new Uint8Array((await (await sink.finish('a/b'))?.arrayBuffer()) ?? new ArrayBuffer(0));
  expect([bytes.length, bytes[1], bytes[2], bytes.at(-1)]).toEqual([2 ** 20 + 3, 2, 3, 4]);
});

it('what waits for more than an hour is removed, where earlier versions put it too, unless it is in use', async () => {
  const disk = new MemoryFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: disk.getDirectory } });
  const root = await disk.getDirectory();
  const limn = await root.getDirectoryHandle('limn', { create: true });
  const earlier = await root.getDirectoryHandle('limn-exports', { create: true });
  const today = await limn.getDirectoryHandle('exports', { create: true });
  for (const folder of [earlier, today]) {
    const inUse = await folder.getFileHandle('in-use', { create: true });
    await inUse.createSyncAccessHandle?.();
    await folder.getFileHandle('film', { create: true });
  }
  const olds = ['limn-exports/film', 'limn/exports/film'];
  const used = ['limn-exports/in-use', 'limn/exports/in-use'];
  // The disk in memory dates what was never written to the beginning of time.
  vi.useFakeTimers({ toFake: ['Date'], now: 3_500_000 });
  await openTemporarySink();
  expect(disk.paths).toEqual(expect.arrayContaining([...olds, ...used]));
  vi.setSystemTime(3_700_000);
  await openTemporarySink();
  expect(disk.paths).toEqual(expect.arrayContaining(used));
  for (const old of olds) expect(disk.paths).not.toContain(old);
});
