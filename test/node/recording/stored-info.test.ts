import { expect, it } from 'vitest';
import {
  decodeInfo,
  describeStored,
  encodeInfo,
  isSameFile,
  isSameOrder,
  type StoredInfo,
  takeFingerprint,
} from '../../../src/recording/log/stored-info.ts';
import { info } from '../../helpers/people.ts';

const stored: StoredInfo = {
  name: 'Monday',
  state: 'running',
  info: { ...info, source: { ...info.source, sha256: 'ab' }, selection: { everyNth: 2 } },
  order: { model: 'mediapipe-pose-lite', hands: false, people: 1, engine: 'auto', selection: {} },
  fingerprint: { byteLength: 3, partsSha256: 'cd' },
  total: 205,
};

it('comes back as it was', () => {
  expect(decodeInfo(encodeInfo(stored))).toEqual(stored);
});

it.each([
  '',
  '{}',
  '[]',
  'null',
  '{"name":1}',
  JSON.stringify({ ...stored, state: 'odd' }),
])('refuses %s', (content) => {
  expect(() => decodeInfo(new TextEncoder().encode(content))).toThrow(/is damaged at/);
});

it('tells files apart by size, start, middle and end', async () => {
  const bytes = new Uint8Array(8 * 2 ** 20);
  const original = await takeFingerprint(new Blob([bytes]));
  expect(isSameFile(original, await takeFingerprint(new Blob([bytes.slice()])))).toBe(true);
  for (const at of [0, bytes.length / 2, bytes.length - 1]) {
    const other = bytes.slice();
    other[at] = 1;
    expect(isSameFile(original, await takeFingerprint(new Blob([other])))).toBe(false);
  }
  expect(isSameFile(original, await takeFingerprint(new Blob([bytes.subarray(1)])))).toBe(false);
});

it('knows which orders ask for the same', () => {
  const { order } = stored;
  expect(isSameOrder(order, { ...order, selection: { from: 0, everyNth: 1, slowMotion: 1 } })).toBe(true);
  expect(isSameOrder(order, { ...order, people: 2 })).toBe(false);
  expect(isSameOrder(order, { ...order, selection: { to: 2 } })).toBe(false);
});

it('says of what was broken off that it was', () => {
  expect(describeStored(stored, 100).incomplete).toBe(
    'The analysis was not finished: 100 of 205 frames are tracked.',
  );
  expect(describeStored({ ...stored, state: 'finished' }, 205).incomplete).toBeUndefined();
});
