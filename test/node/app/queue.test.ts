import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AnalysisQueue } from '../../../src/app/jobs/queue.ts';
import { takeFingerprint } from '../../../src/recording/log/stored-info.ts';
import { StoreClient } from '../../../src/recording/store-client.ts';
import { type Platform, withNetworks } from '../../../src/tracking/platform.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';
import { MemoryLocks } from '../../helpers/memory-locks.ts';
import { memoryPlatform } from '../../helpers/memory-platform.ts';
import { memoryStoreWorker } from '../../helpers/memory-store.ts';
import { info } from '../../helpers/people.ts';
import { servedWorker } from '../../helpers/served-worker.ts';

const order = { model: 'mediapipe-pose-lite', hands: false, people: 1, engine: 'wasm', selection: {} };
const soon = () => new Promise<void>((resolve) => setTimeout(resolve, 50));
const ignore = (): void => undefined;

let begun = 0;
beforeEach(() => {
  begun = 0;
  const files = new MemoryFiles();
  vi.stubGlobal('navigator', {
    storage: { getDirectory: files.getDirectory },
    locks: new MemoryLocks(),
    hardwareConcurrency: 2,
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function openQueue(): { readonly queue: AnalysisQueue; readonly store: StoreClient } {
  const analyze = () => {
    begun++;
    return servedWorker(ignore);
  };
  const assets = { 'pose-lite': { url: 'pose-lite', byteLength: 1, sha256: 'ab' } };
  const workers = { store: () => memoryStoreWorker(), analyze };
  const platform = withNetworks({ workers, assets, version: 'test' } as unknown as Platform);
  const store = new StoreClient(platform);
  const events = { onRecording: ignore, onStored: ignore, onEnded: ignore };
  return {
    queue: new AnalysisQueue(
      () => store,
      platform,
      () => 1,
      events,
    ),
    store,
  };
}

it('a video that is stopped while it is looked up is not tracked afterwards', async () => {
  const { queue } = openQueue();
  const { key } = queue.add({ name: 'walk.mp4', blob: new Blob(['frames']) }, order);
  expect(queue.find(key)?.status).toBe('opening');
  queue.cancel(key);
  await soon();
  expect(queue.find(key)?.status).toBe('cancelled');
  expect(begun).toBe(0);
  // It can be gone on with, and the next one isn't kept waiting.
  queue.goOn(key);
  await vi.waitFor(() => expect(queue.find(key)?.status).toBe('running'));
  await vi.waitFor(() => expect(begun).toBe(1));
  queue.close();
});

it('a video that another tab is tracking is not gone on with, and it is said which', async () => {
  const { queue, store } = openQueue();
  const file = { name: 'walk.mp4', blob: new Blob(['frames']) };
  const fingerprint = await takeFingerprint(file.blob);
  const stored = { name: 'walk', state: 'running', order, fingerprint, total: 9 } as const;
  const there = new StoreClient(memoryPlatform());
  await there.recordings.create('elsewhere', { ...stored, info: { ...info, limn: 'test' } }, 'tracking');
  const { key } = queue.add(file, order);
  await vi.waitFor(() => expect(queue.find(key)?.status).toBe('failed'));
  expect(queue.find(key)?.reason).toMatch(
    /^It is being tracked in another tab of Limn, since .*Look at it under Rec/,
  );
  expect(queue.find(key)?.recordingId).toBe(null);
  // To track it here all the same is another recording.
  queue.startAnew(key, order);
  await vi.waitFor(() => expect(queue.find(key)?.status).toBe('running'));
  queue.close();
  store.close();
  there.close();
});

it('a video that is begun anew while it is looked up runs, though it is known', async () => {
  const { queue, store } = openQueue();
  const file = { name: 'walk.mp4', blob: new Blob(['frames']) };
  const fingerprint = await takeFingerprint(file.blob);
  await store.call('create', [
    'known',
    { name: 'walk', state: 'finished', info, order, fingerprint, total: 0 },
    'disk',
  ]);
  const { key } = queue.add(file, order);
  queue.startAnew(key, order);
  await soon();
  await vi.waitFor(() => expect(queue.find(key)?.status).toBe('running'));
  queue.close();
});
