import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveLog } from '../../../src/app/live/live-log.ts';
import { Recording } from '../../../src/core/recording.ts';
import { decodeBatch } from '../../../src/recording/log/frame-codec.ts';
import { Store } from '../../../src/recording/store.ts';
import { StoreClient } from '../../../src/recording/store-client.ts';
import type { Platform } from '../../../src/tracking/platform.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';
import { memoryStoreWorker } from '../../helpers/memory-store.ts';
import { info, personAt } from '../../helpers/people.ts';
import { quietReporter } from '../../helpers/quiet-reporter.ts';

const RATE = 30;
const problems: string[] = [];
const spills: string[] = [];
const opened: StoreClient[] = [];
let files: MemoryFiles;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  files = new MemoryFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory } });
  vi.stubGlobal('FileSystemFileHandle', { prototype: { createSyncAccessHandle: () => undefined } });
});
afterEach(() => {
  for (const client of opened.splice(0)) client.close();
  vi.useRealTimers();
  problems.length = 0;
  spills.length = 0;
  vi.unstubAllGlobals();
});

function openPage(isDead: () => boolean = () => false) {
  const platform = { workers: { store: () => memoryStoreWorker(isDead) } } as unknown as Platform;
  const store = new StoreClient(platform);
  store.onSpilled = ({ message }) => spills.push(message);
  opened.push(store);
  return {
    store,
    log: new LiveLog(() => store, quietReporter(problems)),
  };
}

const newRecording = () =>
  new Recording({ ...info, source: { ...info.source, kind: 'camera', name: 'camera' } });

function track(log: LiveLog, recording: Recording, count: number): void {
  for (let i = 0; i < count; i++) {
    const index = recording.frames.length;
    const frame = { index, time: index / RATE, people: [personAt(0, 100 + index, 200)] };
    recording.put(frame);
    log.add(recording, frame);
  }
}

const halfASecond = () => vi.advanceTimersByTime(500);
/** What is under way is done by then. */
const settled = async (store: StoreClient) => {
  for (let i = 0; i < 5; i++) await store.call('canKeep', []);
};

/** What another page finds, when nobody has the files any more. */
async function whatIsLeft() {
  files.restorePower();
  const store = new Store(() => undefined);
  const left = [];
  for (const { id, info: stored, frames } of await store.list()) {
    await store.open(id);
    const times = store
      .read(id, 0, 1000)
      .flatMap((bytes) => decodeBatch(bytes).frames.map(({ time }) => time));
    store.close(id);
    left.push({ state: stored?.state, kind: stored?.info.source.kind, frames, times });
  }
  return left;
}

const onDisk = (store: StoreClient) => store.call('list', []).then((all) => all.map(({ frames }) => frames));

describe('what a camera gives', () => {
  it('is on disk as it comes, but for the last half second', async () => {
    const { log, store } = openPage();
    const recording = newRecording();
    track(log, recording, 15);
    halfASecond();
    await expect.poll(() => onDisk(store)).toEqual([15]);
    track(log, recording, 10);
    halfASecond();
    await expect.poll(() => onDisk(store)).toEqual([25]);
    track(log, recording, 5);
    expect(await whatIsLeft()).toEqual([
      {
        state: 'live',
        kind: 'camera',
        frames: 25,
        times: recording.frames.slice(0, 25).map(({ time }) => time),
      },
    ]);
    expect(problems).toEqual([]);
  });

  it('is there as far as it was written, whenever the power goes', async () => {
    for (const bytes of [2500, 30_000, 61_000]) {
      files = new MemoryFiles();
      vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory } });
      let isDead = false;
      files.onCut = () => {
        isDead = true;
      };
      const { log } = openPage(() => isDead);
      files.cutPowerAfter(bytes);
      const recording = newRecording();
      while (!isDead) {
        track(log, recording, 15);
        halfASecond();
        await new Promise((resolve) => setImmediate(resolve));
      }
      const [left, ...others] = await whatIsLeft();
      expect(others).toEqual([]);
      const { length } = left?.times ?? [];
      if (bytes > 20_000) expect(length).toBeGreaterThan(0);
      expect(left?.times).toEqual(recording.frames.slice(0, length).map(({ time }) => time));
    }
  });

  it('is removed when it is kept, or something else takes its place', async () => {
    const { log, store } = openPage();
    const [first, second] = [newRecording(), newRecording()];
    track(log, first, 15);
    halfASecond();
    await expect.poll(() => onDisk(store)).toEqual([15]);
    track(log, second, 20);
    halfASecond();
    await expect.poll(() => onDisk(store)).toEqual([20]);
    log.removeOther(second);
    expect(log.isOpen).toBe(true);
    log.removeOther('a kept recording');
    await expect.poll(() => onDisk(store)).toEqual([]);
    expect(log.isOpen).toBe(false);
    expect(store.recordings.count).toBe(0);
    expect(files.size).toBe(0);
  });

  it('is in memory only where a browser has no files, without a word, for nothing else is promised', async () => {
    vi.stubGlobal('navigator', {});
    const { log, store } = openPage();
    const recording = newRecording();
    track(log, recording, 15);
    halfASecond();
    await settled(store);
    expect(await onDisk(store)).toEqual([]);
    log.removeOther(null);
    expect([...problems, ...spills]).toEqual([]);
  });

  it('goes on to be tracked when the storing worker has stopped, which is said once', async () => {
    const { log, store } = openPage();
    const recording = newRecording();
    track(log, recording, 15);
    halfASecond();
    await expect.poll(() => onDisk(store)).toEqual([15]);
    store.close();
    track(log, recording, 15);
    halfASecond();
    await expect.poll(() => problems).toHaveLength(1);
    track(log, recording, 15);
    halfASecond();
    await new Promise((resolve) => setImmediate(resolve));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^What the camera gives is in memory only: /);
  });
});
