import { afterEach, expect, it, vi } from 'vitest';
import { LimnError } from '../../../src/core/errors.ts';
import { encodeFrames } from '../../../src/recording/log/encode-frames.ts';
import type { StoredInfo } from '../../../src/recording/log/stored-info.ts';
import { Store } from '../../../src/recording/store.ts';
import { StoreClient } from '../../../src/recording/store-client.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';
import { MemoryLocks } from '../../helpers/memory-locks.ts';
import { keepWalk, memoryPlatform, walkingFrames } from '../../helpers/memory-platform.ts';
import { info } from '../../helpers/people.ts';

/** More than are listed in a moment. */
const MANY = 40;

afterEach(() => {
  vi.unstubAllGlobals();
});

const stored: StoredInfo = {
  name: 'walk.mp4',
  state: 'finished',
  info,
  order: { model: 'x', hands: false, people: 1, engine: 'x', selection: {} },
  fingerprint: { byteLength: 1, partsSha256: 'ab' },
  total: 0,
};

it('says that a recording is in use in another tab instead of deleting it', async () => {
  const files = new MemoryFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory } });
  const [here, there] = [new Store(() => undefined), new Store(() => undefined)];
  await here.create('a', stored, 'disk');
  const deleted = there.delete('a');
  await expect(deleted).rejects.toThrow(LimnError);
  await expect(deleted).rejects.toThrow(/in use in another tab/);
  await here.close('a');
  await there.delete('a');
  expect(await there.list()).toEqual([]);
});

function openTabs(): {
  readonly files: MemoryFiles;
  readonly here: StoreClient;
  readonly there: StoreClient;
} {
  const files = new MemoryFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory }, locks: new MemoryLocks() });
  return { files, here: new StoreClient(memoryPlatform()), there: new StoreClient(memoryPlatform()) };
}

it('lists what has changed only by looking at that', async () => {
  const { files, here, there } = openTabs();
  for (let i = 0; i < MANY; i++) await keepWalk(here, `walk-${i}`, 40);
  const listed = await there.call('list', []);
  expect(listed).toHaveLength(MANY);
  const opened = files.opened;
  expect(await there.call('list', [])).toEqual(listed);
  // What a tab has written itself it needs not look at.
  expect(new Set(await here.call('list', []))).toEqual(new Set(listed));
  expect(files.opened).toBe(opened);
  await here.recordings.rename('walk-3', 'another name');
  const renamed = await there.call('list', []);
  expect(renamed.find(({ id }) => id === 'walk-3')?.info?.name).toBe('another name');
  expect(files.opened).toBe(opened + 2);
});

it('stores frames before all is listed', async () => {
  const { here, there } = openTabs();
  for (let i = 0; i < MANY; i++) await keepWalk(here, `walk-${i}`, 40);
  await keepWalk(there, 'mine', 32);
  const mine = await there.recordings.resume('mine', 'tracking');
  let isListed = false;
  const listing = there.call('list', []).then((listed) => {
    isListed = true;
    return listed;
  });
  for (const batch of encodeFrames(walkingFrames(32, 32))) await mine.append(batch);
  expect(isListed).toBe(false);
  expect(await listing).toHaveLength(MANY + 1);
});

it('says which tab has a recording, and lets it be looked at as it is by then', async () => {
  const { here, there } = openTabs();
  await keepWalk(here, 'walk', 64);
  const tracked = await here.recordings.resume('walk', 'tracking');
  const looked = await there.recordings.open('walk', 'stage');
  expect(looked.elsewhere).toMatch(
    /^It is being tracked in another tab of Limn, since \d+ \w+ \d+, \d\d:\d\d\.$/,
  );
  expect([looked.frames, (await looked.read(0)).length]).toEqual([64, 2]);
  for (const batch of encodeFrames(walkingFrames(32, 64))) await tracked.append(batch);
  expect((await looked.read(0)).length).toBe(2);
  const edit = { type: 'edit', edit: { kind: 'delete-person', personId: 0 } } as const;
  const refusals = [
    () => there.recordings.rename('walk', 'mine'),
    () => there.call('delete', ['walk']),
    () => there.recordings.resume('walk', 'tracking'),
    () => looked.edit(edit),
  ];
  for (const refusal of refusals)
    await expect(refusal()).rejects.toThrow(/being tracked in another tab of Limn/);
  const [listed] = await there.call('list', []);
  expect(listed).toMatchObject({ frames: 96, elsewhere: looked.elsewhere });
  expect((await here.call('list', []))[0]).toMatchObject({ frames: 96, elsewhere: null });
  tracked.close();
  looked.close();
  const again = await there.recordings.open('walk', 'stage');
  expect([again.elsewhere, again.frames, again.history.edits.length]).toEqual([null, 96, 0]);
  await again.edit(edit);
  const other = await here.recordings.open('walk', 'stage');
  expect(other.elsewhere).toMatch(/^It is open in another tab of Limn, since /);
  expect(other.history.edits).toHaveLength(1);
});

it('what earlier versions kept at the root is found, gone on with and deleted; what is new lies under Limn’s folder', async () => {
  const files = new MemoryFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory } });
  const kept = new StoreClient(memoryPlatform());
  await keepWalk(kept, 'old', 40);
  expect(files.paths).toEqual(['limn/recordings/old.limnlog']);
  kept.close();
  files.restorePower();
  files.move('limn/recordings', 'limn-recordings');
  const store = new StoreClient(memoryPlatform());
  await keepWalk(store, 'new', 30);
  expect((await store.call('list', [])).map(({ id, frames }) => [id, frames]).sort()).toEqual([
    ['new', 30],
    ['old', 40],
  ]);
  await store.call('rename', ['old', 'renamed']);
  expect((await store.call('open', ['old'])).info.name).toBe('renamed');
  await store.call('close', ['old']);
  expect(files.paths.sort()).toEqual(['limn-recordings/old.limnlog', 'limn/recordings/new.limnlog']);
  await store.call('delete', ['old']);
  expect(files.paths).toEqual(['limn/recordings/new.limnlog']);
  store.close();
});
