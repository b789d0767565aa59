import { expect, it } from 'vitest';
import { canGoOn, checkVideo } from '../../../src/app/opening/video-of.ts';
import { takeFingerprint } from '../../../src/recording/log/stored-info.ts';
import { info } from '../../helpers/people.ts';

const walk = { name: 'walk.mp4', blob: new Blob(['somebody walks']) };
const other = { name: 'walk.mp4', blob: new Blob(['somebody sings']) };

const storedOf = async (change: { byteLength?: number } = {}) => ({
  info: { ...info, source: { kind: 'video' as const, name: 'walk.mp4', ...change } },
  fingerprint: await takeFingerprint(walk.blob),
});

it('tells a recording’s own video by its content, whatever it is called', async () => {
  const stored = await storedOf({ byteLength: walk.blob.size });
  const check = async (file: typeof walk) => checkVideo(stored, file, await takeFingerprint(file.blob));
  expect(await check(walk)).toEqual({ kind: 'same' });
  expect(await check({ ...walk, name: 'copy.mp4' })).toEqual({ kind: 'same' });
  expect(await check(other)).toEqual({ kind: 'other', differs: 'content' });
  expect(await check({ name: 'walk.mp4', blob: new Blob(['short']) })).toEqual({
    kind: 'other',
    differs: 'size',
  });
});

it('can’t tell where the recording says only a name, as keypoints from elsewhere do', async () => {
  const stored = await storedOf();
  const fingerprint = await takeFingerprint(other.blob);
  expect(checkVideo(stored, other, fingerprint)).toEqual({ kind: 'unknown', isNamedSo: true });
  const renamed = { ...other, name: 'run.mp4' };
  expect(checkVideo(stored, renamed, fingerprint)).toEqual({ kind: 'unknown', isNamedSo: false });
});

it('goes on with what was broken off only', () => {
  expect(canGoOn({ state: 'running', total: 1800 }, 220)).toBe(true);
  expect(canGoOn({ state: 'cancelled', total: 1800 }, 220)).toBe(true);
  expect(canGoOn({ state: 'finished', total: 65 }, 65)).toBe(false);
  expect(canGoOn({ state: 'broken', total: 65 }, 60)).toBe(false);
});
