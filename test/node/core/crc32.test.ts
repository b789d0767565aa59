import { crc32 as zlibCrc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { crc32 } from '../../../src/core/numbers/crc32.ts';
import { createRandom } from '../../../src/core/numbers/random.ts';

it('is zlib’s of any length, at any place of a buffer, and goes on from what came before', () => {
  // The check value of the standard.
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  const random = createRandom(3);
  const buffer = Uint8Array.from({ length: 600 }, () => random() * 256);
  for (let length = 0; length < 300; length++) {
    const start = length % 13;
    const bytes = buffer.subarray(start, start + length);
    expect(crc32(bytes)).toBe(zlibCrc32(bytes));
    const middle = Math.floor(random() * length);
    expect(crc32(bytes.subarray(middle), crc32(bytes.subarray(0, middle)))).toBe(zlibCrc32(bytes));
  }
});
