import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeFrames } from '../../src/recording/log/encode-frames.ts';
import { decodeBatch } from '../../src/recording/log/frame-codec.ts';
import type { RecordingHandle } from '../../src/recording/recording-handle.ts';
import { StoreClient } from '../../src/recording/store-client.ts';
import { MemoryFiles } from '../helpers/memory-files.ts';
import { MemoryLocks } from '../helpers/memory-locks.ts';
import { keepWalk, memoryPlatform, walkingFrames } from '../helpers/memory-platform.ts';

/*
 * The contract of a recording that is open, wherever it lies: what it says of itself, what can be read of it and when, what
 * is stored and corrected through it, and that whoever opens it closes it.
 */

const ID = 'walk';
const FRAMES = 600;
const RATE = 30;
const EDIT = { type: 'edit', edit: { kind: 'delete-person', personId: 0 } } as const;

interface Place {
  readonly hasFiles: boolean;
  /** Another tab tracks it: here it is looked at as it is by then. */
  readonly isElsewhere: boolean;
}

const PLACES: Readonly<Record<string, Place>> = {
  'on the disk': { hasFiles: true, isElsewhere: false },
  'in memory': { hasFiles: false, isElsewhere: false },
  'that another tab has open': { hasFiles: true, isElsewhere: true },
};

const indexesOf = (batches: readonly Uint8Array<ArrayBuffer>[]): number[] =>
  batches.flatMap((batch) => decodeBatch(batch).frames.map(({ index }) => index));

async function readAll(handle: RecordingHandle): Promise<number[]> {
  const batches: Uint8Array<ArrayBuffer>[] = [];
  for await (const batch of handle.batches()) batches.push(batch);
  return indexesOf(batches);
}

describe.each(Object.entries(PLACES))('a recording %s', (_, { hasFiles, isElsewhere }) => {
  let files: MemoryFiles;
  let store: StoreClient;
  let other: StoreClient | null = null;
  let theirs: RecordingHandle | null = null;
  let handle: RecordingHandle;

  beforeEach(async () => {
    files = new MemoryFiles();
    const storage = hasFiles ? { getDirectory: files.getDirectory } : {};
    vi.stubGlobal('navigator', { storage, locks: new MemoryLocks() });
    store = new StoreClient(memoryPlatform());
    if (isElsewhere) {
      other = new StoreClient(memoryPlatform());
      await keepWalk(other, ID, FRAMES);
      theirs = await other.recordings.resume(ID, 'tracking');
    } else {
      await keepWalk(store, ID, FRAMES);
    }
    handle = await store.recordings.open(ID, 'stage');
  });
  afterEach(async () => {
    handle.close();
    expect(handle.isClosed).toBe(true);
    expect(store.recordings.count).toBe(0);
    theirs?.close();
    await vi.waitFor(() => expect(files.openCount).toBe(0));
    store.close();
    other?.close();
    [theirs, other] = [null, null];
    vi.unstubAllGlobals();
  });

  it('says what it is, and how long', () => {
    expect(handle.id).toBe(ID);
    expect(handle.purpose).toBe('stage');
    expect(handle.stored).toMatchObject({ name: `${ID}.mp4`, state: 'finished' });
    expect(handle.info.source).toEqual(handle.stored.info.source);
    expect(handle.frames).toBe(FRAMES);
    expect(handle.range).toEqual([0, (FRAMES - 1) / RATE]);
    expect(handle.history.edits).toEqual([]);
    expect(handle.elsewhere === null).toBe(!isElsewhere);
  });

  it('gives all its batches in their order, and those around a time', async () => {
    expect(await readAll(handle)).toEqual(Array.from({ length: FRAMES }, (_, i) => i));
    const around = indexesOf(await handle.between(10, 11));
    expect(around).toEqual(expect.arrayContaining(Array.from({ length: RATE }, (_, i) => 10 * RATE + i)));
    // No more than the batches at both ends hold.
    expect(around.length).toBeLessThan(FRAMES / 4);
    // Behind its end, what was last.
    expect(indexesOf(await handle.between(FRAMES, FRAMES + 1)).at(-1)).toBe(FRAMES - 1);
  });

  it('takes frames behind those it has, tells of them, and is another revision then; or says who has it', async () => {
    const told: string[] = [];
    handle.watch((change) => told.push(change.kind));
    const { stored } = handle.revision;
    const [batch] = encodeFrames(walkingFrames(8, FRAMES));
    if (!batch) throw new Error('Frames are a batch or more.');
    const appending = handle.append(batch);
    if (isElsewhere) {
      await expect(appending).rejects.toThrow(/./);
      expect([handle.frames, handle.revision.stored, told]).toEqual([FRAMES, stored, []]);
      return;
    }
    await appending;
    expect(handle.frames).toBe(FRAMES + 8);
    expect(handle.range?.[1]).toBe((FRAMES + 7) / RATE);
    expect(handle.revision.stored).toBe(stored + 1);
    expect(told).toEqual(['stored']);
    expect((await readAll(handle)).at(-1)).toBe(FRAMES + 7);
  });

  it('is corrected, undone and redone, a revision each; or says who has it', async () => {
    const { edits } = handle.revision;
    const editing = handle.edit(EDIT);
    if (isElsewhere) {
      await expect(editing).rejects.toThrow(/another tab/);
      expect([handle.history.edits.length, handle.revision.edits]).toEqual([0, edits]);
      return;
    }
    await editing;
    expect([handle.history.edits.length, handle.revision.edits]).toEqual([1, edits + 1]);
    await handle.edit({ type: 'undo' });
    expect([handle.history.edits.length, handle.revision.edits]).toEqual([0, edits + 2]);
    await handle.edit({ type: 'undo' });
    expect(handle.revision.edits).toBe(edits + 2);
    await handle.edit({ type: 'redo' });
    handle.close();
    handle = await store.recordings.open(ID, 'stage');
    expect([handle.history.edits.length, handle.revision.edits]).toEqual([1, edits + 3]);
  });

  it('is counted for each who has it open, and is read no more by who has closed it', async () => {
    const second = await store.recordings.open(ID, 'export');
    expect(store.recordings.purposesOf(ID)).toEqual(['stage', 'export']);
    expect(store.recordings.count).toBe(2);
    second.close();
    second.close();
    expect(store.recordings.purposesOf(ID)).toEqual(['stage']);
    for (const attempt of [() => second.read(0), () => second.between(0, 1), () => second.edit(EDIT)])
      await expect(attempt()).rejects.toThrow('The recording was closed.');
    expect((await handle.read(0)).length).toBeGreaterThan(0);
  });
});
