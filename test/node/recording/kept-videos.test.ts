import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeptVideos } from '../../../src/recording/kept-videos.ts';
import { StoreClient } from '../../../src/recording/store-client.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';
import { keepWalk, memoryPlatform } from '../../helpers/memory-platform.ts';

afterEach(() => vi.unstubAllGlobals());

const bytesOf = async (blob: Blob | null) => [
  ...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer()),
];

describe.each(['on disk', 'in memory'])('a kept video %s', (place) => {
  let files: MemoryFiles;
  beforeEach(() => {
    files = new MemoryFiles();
    vi.stubGlobal('navigator', place === 'on disk' ? { storage: { getDirectory: files.getDirectory } } : {});
  });

  it('is what was written, with what replaced its beginning, once it has ended', async () => {
    const videos = new KeptVideos();
    await videos.begin('a', 'webm');
    videos.write('a', Uint8Array.of(0, 0, 3, 4), 0);
    videos.write('a', Uint8Array.of(5, 6), 4);
    videos.write('a', Uint8Array.of(1, 2), 0);
    expect(await videos.find('a')).toBeNull();
    videos.end('a');
    expect(await bytesOf(await videos.find('a'))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await videos.sizes()).toEqual(new Map([['a', 6]]));
    expect(files.openCount).toBe(0);
    await videos.delete('a');
    expect(await videos.find('a')).toBeNull();
    expect(await videos.sizes()).toEqual(new Map());
  });

  it('takes nothing before it begins, and is begun once', async () => {
    const videos = new KeptVideos();
    expect(() => videos.write('a', Uint8Array.of(1), 0)).toThrow(/not being written/);
    await videos.begin('a', 'mp4');
    await expect(videos.begin('a', 'mp4')).rejects.toThrow(/being written already/);
    await videos.delete('a');
    expect(files.openCount).toBe(0);
  });
});

it('counts as a part of its recording, and goes with it', async () => {
  const files = new MemoryFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory } });
  const store = new StoreClient(memoryPlatform());
  await keepWalk(store, 'plain', 10);
  await keepWalk(store, 'take', 10);
  await store.call('beginVideo', ['take', 'webm']);
  await store.call('writeVideo', ['take', new Uint8Array(1000), 0]);
  await store.call('endVideo', ['take']);
  const listed = new Map((await store.call('list', [])).map((each) => [each.id, each]));
  expect(listed.get('plain')?.hasVideo).toBe(false);
  expect(listed.get('take')?.hasVideo).toBe(true);
  expect(
    (listed.get('take')?.byteLength ?? 0) - (listed.get('plain')?.byteLength ?? 0),
  ).toBeGreaterThanOrEqual(990);
  expect((await store.call('video', ['take']))?.size).toBe(1000);
  await store.call('delete', ['take']);
  expect(await store.call('video', ['take'])).toBeNull();
  store.close();
});
