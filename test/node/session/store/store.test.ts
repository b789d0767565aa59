import { afterEach, expect, it, vi } from 'vitest';
import { LimnError } from '../../../../src/core/errors.ts';
import { Store } from '../../../../src/session/store/store.ts';
import type { StoredInfo } from '../../../../src/session/store/stored-info.ts';
import { MemoryFiles } from '../../../helpers/memory-files.ts';
import { info } from '../../../helpers/people.ts';

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
  await here.create('a', stored);
  const deleted = there.delete('a');
  await expect(deleted).rejects.toThrow(LimnError);
  await expect(deleted).rejects.toThrow(/in use in another tab/);
  here.close('a');
  await there.delete('a');
  expect(await there.list()).toEqual([]);
});
