import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nameOfCodec } from '../../../src/sources/containers/codec-names.ts';
import { mpeg4Codec, unlistedCodec, windowsCodec } from '../../../src/sources/containers/unread-codecs.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';

/** A packet of a transport stream that begins with a table. */
function packet(pid: number, table: readonly number[]): Buffer {
  const bytes = Buffer.alloc(188, 0xff);
  bytes.set([0x47, 0x40 | (pid >> 8), pid & 0xff, 0x10, 0, ...table]);
  return bytes;
}

const streams = (type: number) =>
  Buffer.concat([
    packet(0, [0, 0xb0, 13, 0, 1, 0xc1, 0, 0, 0, 1, 0xf0, 0, 0, 0, 0, 0]),
    packet(0x1000, [2, 0xb0, 18, 0, 1, 0xc1, 0, 0, 0xe1, 0, 0xf0, 0, type, 0xe1, 0, 0xf0, 0, 0, 0, 0, 0]),
    packet(0x100, []),
  ]);

describe('a codec', () => {
  it.each([
    ['apch', 'ProRes, “apch”'],
    ['AVdh', 'DNxHD or DNxHR, “AVdh”'],
    ['hev1.1.6.L60.90', 'H.265 (HEVC), “hev1.1.6.L60.90”'],
    ['av01.0.00M.08', 'AV1, “av01.0.00M.08”'],
    ['V_MPEG2', 'MPEG-2, “V_MPEG2”'],
    ['dvc ', 'DV, “dvc”'],
    ['jpeg', 'Motion JPEG, “jpeg”'],
    ['WVC1', 'VC-1 (Windows Media Video 9), “WVC1”'],
    ['V_THEORA', 'Theora, “V_THEORA”'],
    ['s263', 'H.263, “s263”'],
    ['cvid', 'Cinepak, “cvid”'],
    ['zzzz', '“zzzz”'],
  ])('%s is called %s', (id, name) => expect(nameOfCodec(id)).toBe(name));

  it('of a transport stream is in its tables', async () => {
    expect(await unlistedCodec(new Blob([streams(2)]))).toBe('MPEG-2');
    expect(await unlistedCodec(new Blob([streams(0x10)]))).toBe('MPEG-4 Part 2');
    expect(await unlistedCodec(new Blob([streams(0x0f)]))).toBeNull();
    for (let length = 0; length < 564; length += 7) {
      await unlistedCodec(new Blob([streams(2).subarray(0, length)]));
    }
  });

  it('of an Ogg file is in its first page', async () => {
    expect(await unlistedCodec(new Blob(['OggS\0\0', Uint8Array.of(0x80), 'theora']))).toBe('Theora');
    expect(await unlistedCodec(new Blob(['OggS\0\0', 'OpusHead']))).toBeNull();
  });

  it('of Video for Windows is in its header', async () => {
    const info = Buffer.concat([
      Buffer.from([0x63, 0xa2, 0xa8]),
      Buffer.alloc(16),
      Buffer.from('XVID'),
      Buffer.alloc(20),
    ]);
    const name = 'MPEG-4 Part 2 (also called Xvid or DivX), “XVID”';
    expect(await windowsCodec(new Blob(['V_MS/VFW/FOURCC', info]))).toBe(name);
    expect(await windowsCodec(new Blob(['V_MS/VFW/FOURCC']))).toBe('a codec of Video for Windows');
  });

  it.skipIf(!hasSharedData)('of an mp4v is what its descriptor says', async () => {
    const file = readFileSync(sharedPath('faults/mp4v.mp4'));
    expect(await mpeg4Codec(new Blob([file]))).toMatch(/^MPEG-4 Part 2/);
    // The same file, said to be Motion JPEG.
    const at = file.indexOf('esds');
    const tag = file.indexOf(Buffer.from([4, 0x80, 0x80, 0x80]), at);
    const jpeg = Buffer.from(file);
    jpeg[tag + 5] = 0x6c;
    expect(await mpeg4Codec(new Blob([jpeg]))).toBe('Motion JPEG');
  });
});
