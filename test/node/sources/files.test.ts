import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { firstAtOrAfter, nearestFrame } from '../../../src/core/time/frame-times.ts';
import { mendCutMatroska } from '../../../src/sources/containers/matroska.ts';
import { foreignContainer, rawStream } from '../../../src/sources/containers/sniff.ts';

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** An EBML element with a size of `sizeBytes` bytes. */
function element(id: number[], content: Uint8Array, sizeBytes: number): Uint8Array<ArrayBuffer> {
  const size = new Uint8Array(sizeBytes);
  let rest = content.length;
  for (let i = sizeBytes - 1; i >= 0; i--, rest = Math.floor(rest / 256)) size[i] = rest % 256;
  size[0] = (size[0] ?? 0) | (1 << (8 - sizeBytes));
  return Uint8Array.of(...id, ...size, ...content);
}

const concat = (parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const block = (length: number) => element([0xa3], new Uint8Array(length).fill(7), 2);
const cluster = (blocks: readonly number[]) =>
  element([0x1f, 0x43, 0xb6, 0x75], concat(blocks.map(block)), 3);
const header = element([0x1a, 0x45, 0xdf, 0xa3], bytesOf('matroska'), 1);
const file = concat([
  header,
  element([0x18, 0x53, 0x80, 0x67], concat([cluster([10, 20]), cluster([30, 40, 50])]), 8),
]);

describe('a Matroska file', () => {
  it('that is whole, or none at all, is left as it is', async () => {
    expect(await mendCutMatroska(new Blob([file]))).toBeNull();
    expect(await mendCutMatroska(new Blob(['something else']))).toBeNull();
    expect(await mendCutMatroska(new Blob([]))).toBeNull();
  });

  it('cut off anywhere, ends with its last whole block', async () => {
    const start = header.length + 12;
    const secondCluster = start + cluster([10, 20]).length;
    for (let length = secondCluster + 7; length < file.length; length++) {
      const mended = await mendCutMatroska(new Blob([file.subarray(0, length)]));
      const bytes = new Uint8Array((await mended?.arrayBuffer()) ?? new ArrayBuffer(0));
      const inside = length - secondCluster - 7;
      const kept = [30, 40, 50].filter((_, i, all) => {
        const end = all.slice(0, i + 1).reduce((sum, each) => sum + each + 3, 0);
        return end <= inside;
      });
      expect(bytes).toEqual(concat([file.subarray(0, secondCluster), cluster(kept)]));
    }
  });
});

it('damaged anywhere, a Matroska file is mended or left, and nothing else happens', async () => {
  const random = createRandom(6);
  for (let round = 0; round < 1000; round++) {
    const damaged = file.slice(0, Math.floor(random() * file.length));
    for (let i = 0; i < 3; i++) {
      damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
    }
    const mended = await mendCutMatroska(new Blob([damaged]));
    expect(mended?.size ?? 0).toBeLessThanOrEqual(damaged.length);
  }
});

describe('first bytes', () => {
  it('name containers that browsers can’t read', () => {
    expect(foreignContainer(bytesOf('RIFF\x00\x00\x00\x00AVI LIST'))).toBe('AVI');
    expect(foreignContainer(bytesOf('RIFF\x00\x00\x00\x00WEBPVP8 '))).toBeNull();
    expect(foreignContainer(bytesOf('FLV\x01'))).toMatch(/FLV/);
    expect(foreignContainer(bytesOf('\x06\x0e\x2b\x34\x02\x05'))).toBe('MXF');
    expect(foreignContainer(bytesOf('\x1f\x07\x00\xbf'))).toBe('DV');
  });

  it('name streams without a container', () => {
    expect(rawStream(bytesOf('\0\0\0\x01\x67\x64'))).toBe('H.264');
    expect(rawStream(bytesOf('\0\0\0\x01\x40\x01'))).toBe('H.265 (HEVC)');
    // The size of an MP4's first box.
    expect(rawStream(bytesOf('\0\0\0\x18ftypisom'))).toBeNull();
  });
});

it('finds frames by their times', () => {
  const times = Float64Array.of(0, 0.1, 0.2, 0.5);
  expect([-1, 0.04, 0.06, 0.34, 0.36, 9].map((time) => nearestFrame(times, time))).toEqual([
    0, 0, 1, 2, 3, 3,
  ]);
  expect([-1, 0, 0.05, 0.5, 0.6].map((time) => firstAtOrAfter(times, time))).toEqual([0, 0, 1, 3, 4]);
});
