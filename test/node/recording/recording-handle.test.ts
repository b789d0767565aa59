import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { encodeFrames } from '../../../src/recording/log/encode-frames.ts';
import { decodeBatch } from '../../../src/recording/log/frame-codec.ts';
import type { RecordingHandle } from '../../../src/recording/recording-handle.ts';
import { StoreClient } from '../../../src/recording/store-client.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';
import { keepWalk, memoryPlatform, walkingFrames } from '../../helpers/memory-platform.ts';

/** More than is read at once. */
const LONG = 3000;

let files: MemoryFiles;
beforeEach(() => {
  files = new MemoryFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory } });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const openTab = (): StoreClient => new StoreClient(memoryPlatform());

async function readAll(handle: RecordingHandle): Promise<number> {
  let frames = 0;
  for await (const batch of handle.batches()) frames += decodeBatch(batch).frames.length;
  return frames;
}

it('a recording is read on by one when another lets go of it, and closed with the last', async () => {
  const store = openTab();
  await keepWalk(store, 'walk', LONG);
  const [exported, shown] = await Promise.all([
    store.recordings.open('walk', 'export'),
    store.recordings.open('walk', 'stage'),
  ]);
  const reading = readAll(exported);
  shown.close();
  shown.close();
  expect(await reading).toBe(LONG);
  expect(store.recordings.purposesOf('walk')).toEqual(['export']);
  exported.close();
  await vi.waitFor(() => expect(files.openCount).toBe(0));
  expect(store.recordings.count).toBe(0);
  store.close();
});

it('what was opened for nothing is free for other tabs', async () => {
  const [here, there] = [openTab(), openTab()];
  await keepWalk(here, 'walk', 10);
  for (let i = 0; i < 5; i++) (await here.recordings.open('walk', 'stage')).close();
  const other = await there.recordings.open('walk', 'stage');
  expect(other.frames).toBe(10);
  other.close();
  here.close();
  there.close();
});

it('a recording that can’t be opened is not held', async () => {
  const store = openTab();
  await expect(store.recordings.open('gone', 'stage')).rejects.toThrow('deleted');
  await expect(store.recordings.resume('gone', 'tracking')).rejects.toThrow('deleted');
  expect(store.recordings.count).toBe(0);
  expect(files.openCount).toBe(0);
  store.close();
});

it('frames that are stored and corrections are seen by all who have it open, each as a newer revision', async () => {
  const store = openTab();
  await keepWalk(store, 'walk', 40);
  const shown = await store.recordings.open('walk', 'stage');
  const tracked = await store.recordings.resume('walk', 'tracking');
  const told: string[] = [];
  shown.watch(({ kind }) => told.push(kind));
  const before = shown.revision;
  for (const batch of encodeFrames(walkingFrames(40, 40))) await tracked.append(batch);
  expect(shown.frames).toBe(80);
  expect(shown.range).toEqual([0, 79 / 30]);
  expect(shown.revision).toEqual({ stored: before.stored + 2, edits: before.edits });
  await shown.edit({ type: 'edit', edit: { kind: 'delete-person', personId: 0 } });
  expect(tracked.history.edits).toHaveLength(1);
  expect(tracked.revision.edits).toBe(before.edits + 1);
  // There is nothing to be redone.
  await shown.edit({ type: 'redo' });
  expect(tracked.revision.edits).toBe(before.edits + 1);
  expect(told).toEqual(['stored', 'stored', 'edited']);
  const kept = tracked.revision;
  tracked.close();
  expect(await readAll(shown)).toBe(80);
  shown.close();
  const again = await store.recordings.open('walk', 'stage');
  expect([again.revision, again.history.edits.length]).toEqual([kept, 1]);
  again.close();
  store.close();
});

it('a revision isn’t used again for other frames, where a damaged end was cut away', async () => {
  const store = openTab();
  await keepWalk(store, 'walk', 64);
  const shown = await store.recordings.open('walk', 'stage');
  const { stored } = shown.revision;
  expect(shown.frames).toBe(64);
  files.flip('walk.limnlog', -20);
  const tracked = await store.recordings.resume('walk', 'tracking');
  expect(shown.frames).toBe(32);
  for (const batch of encodeFrames(walkingFrames(32, 32))) await tracked.append(batch);
  expect(shown.frames).toBe(64);
  expect(shown.revision.stored).toBeGreaterThan(stored);
  expect(await readAll(shown)).toBe(64);
  store.close();
});

it('whoever has closed it is told so, and nothing is kept of what they still want', async () => {
  const store = openTab();
  await keepWalk(store, 'walk', 10);
  const handle = await store.recordings.open('walk', 'stage');
  handle.close();
  await expect(handle.read(0)).rejects.toThrow('The recording was closed.');
  await expect(handle.edit({ type: 'undo' })).rejects.toThrow('The recording was closed.');
  expect(store.recordings.count).toBe(0);
  store.close();
});
