import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ReadCalls, ReadRequest } from '../../../src/app/opening/reading.ts';
import { storeKeypoints, storeRecording } from '../../../src/app/opening/reading.ts';
import { serve } from '../../../src/core/port/serve.ts';
import { encodeFrames } from '../../../src/recording/log/encode-frames.ts';
import { Store } from '../../../src/recording/store.ts';
import { StoreClient } from '../../../src/recording/store-client.ts';
import type { Platform } from '../../../src/tracking/platform.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';
import { memoryStoreWorker } from '../../helpers/memory-store.ts';
import { info, personAt } from '../../helpers/people.ts';
import { servedWorker } from '../../helpers/served-worker.ts';

const FRAMES = 320;
const frames = Array.from({ length: FRAMES }, (_, index) => ({
  index,
  time: index / 30,
  people: [personAt(0, 100 + index, 200)],
}));
const recording = { info, frames: FRAMES, people: 1, batches: encodeFrames(frames) };
const request: ReadRequest = { files: [{ name: 'walk.csv', blob: new Blob(['keypoints']) }], video: null };

let files: MemoryFiles;
let reads = 0;
beforeEach(() => {
  files = new MemoryFiles();
  reads = 0;
  vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory } });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** What one life of the page keeps of the keypoints; `null`: it ends before all is kept. */
async function live(
  bytesBeforeEnd = Number.POSITIVE_INFINITY,
  recordings = [recording],
): Promise<readonly string[] | null> {
  let isDead = false;
  files.cutPowerAfter(bytesBeforeEnd);
  const cut = new Promise<null>((resolve) => {
    files.onCut = () => {
      isDead = true;
      resolve(null);
    };
  });
  const read = () =>
    servedWorker((endpoint) =>
      serve<ReadCalls>(endpoint, {
        read: () => {
          reads++;
          return recordings;
        },
      }),
    );
  const platform = {
    workers: { store: () => memoryStoreWorker(() => isDead), read },
  } as unknown as Platform;
  const store = new StoreClient(platform);
  const ids = await Promise.race([storeKeypoints(request, store, platform), cut]);
  store.close();
  files.restorePower();
  return ids;
}

async function framesOf(id: string): Promise<number> {
  const store = new Store(() => undefined);
  const opened = await store.open(id);
  store.close(id);
  return opened.frames;
}

it('keypoints whose keeping was broken off are read again, not taken for whole', async () => {
  expect(await live(60_000)).toBeNull();
  const [id = ''] = (await live()) ?? [];
  expect(await framesOf(id)).toBe(FRAMES);
  expect(reads).toBe(2);
  // What is whole is found again.
  expect(await live()).toEqual([id]);
  expect(reads).toBe(2);
});

it('a recording that is kept counts as finished only when all of it is there', async () => {
  const store = new StoreClient({ workers: { store: () => memoryStoreWorker() } } as unknown as Platform);
  const states: (string | undefined)[] = [];
  const call = store.call.bind(store);
  vi.spyOn(store, 'call').mockImplementation(async (name, parameters, transfer) => {
    const result = await call(name, parameters, transfer);
    if (name === 'append') states.push((await call('list', []))[0]?.info?.state);
    return result;
  });
  const id = await storeRecording({ info, frames } as never, store);
  expect(new Set(states)).toEqual(new Set(['cancelled']));
  expect((await call('open', [id])).info.state).toBe('finished');
  store.close();
});

it('of several recordings those that were not kept whole are kept when the files are opened again', async () => {
  const both = [recording, { ...recording, batches: encodeFrames(frames) }];
  // In the middle of the second.
  expect(await live(100_000, both)).toBeNull();
  const again = both.map((each) => ({ ...each, batches: encodeFrames(frames) }));
  const ids = (await live(undefined, again)) ?? [];
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) expect(await framesOf(id)).toBe(FRAMES);
  expect(await live()).toEqual(ids);
  expect(reads).toBe(2);
});

it('keypoints for which the disk has no room are read again on the next visit, not taken for whole', async () => {
  for (const bytes of [0, 1000, 60_000]) {
    files = new MemoryFiles();
    reads = 0;
    vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory } });
    files.fillDiskAfter(bytes);
    // They lie in memory, until the page is closed.
    expect(await live(undefined, [{ ...recording, batches: encodeFrames(frames) }])).toHaveLength(1);
    files.fillDiskAfter(Number.POSITIVE_INFINITY);
    const [id = ''] = (await live(undefined, [{ ...recording, batches: encodeFrames(frames) }])) ?? [];
    expect(await framesOf(id)).toBe(FRAMES);
    expect(reads).toBe(2);
  }
});

it('a recording that is kept, and for which the disk has no room, never counts as whole on the disk', async () => {
  files.fillDiskAfter(60_000);
  const first = new StoreClient({ workers: { store: () => memoryStoreWorker() } } as unknown as Platform);
  const id = await storeRecording({ info, frames } as never, first);
  expect((await first.call('open', [id])).frames).toBe(FRAMES);
  first.close();
  files.restorePower();
  const store = new Store(() => undefined);
  const { info: stored, frames: kept } = await store.open(id);
  expect(kept).toBeLessThan(FRAMES);
  expect(stored.state).toBe('cancelled');
  store.close(id);
});
