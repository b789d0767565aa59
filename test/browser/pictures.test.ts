import { crc32, deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();

const decode = (name: string, bytes: Uint8Array) =>
  watched.page.evaluate(
    async ({ name, values }) => {
      try {
        const image = await window.harness.decodePicture({ name, blob: new Blob([Uint8Array.from(values)]) });
        const size = `${image.width} × ${image.height}`;
        image.close();
        return size;
      } catch (error) {
        return (error as Error).message;
      }
    },
    { name, values: [...bytes] },
  );

/** A black PNG of the given size; its rows are as many as `rows` says. */
function makePng(width: number, height: number, rows = height): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc(rows * (width + 1)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

it('opens a picture at its size', async () => {
  expect(await decode('grey.png', makePng(40, 30))).toBe('40 × 30');
});

it('turns a picture as its EXIF orientation says', async () => {
  const jpeg = await watched.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(40, 20);
    canvas.getContext('2d')?.fillRect(0, 0, 10, 10);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg' });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  // An APP1 segment with one TIFF entry: orientation (0x0112) = 6, a quarter turn (EXIF 2.3, 4.6.4).
  const exif = [
    ...[0xff, 0xe1, 0, 34, ...Buffer.from('Exif\0\0', 'latin1'), 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1],
    ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0],
  ];
  expect(exif).toHaveLength(36);
  const turned = Uint8Array.from([...jpeg.slice(0, 2), ...exif, ...jpeg.slice(2)]);
  expect(await decode('turned.jpg', turned)).toBe('20 × 40');
});

it.each([
  ['empty.png', Buffer.alloc(0), /empty\.png is empty/],
  ['text.jpg', Buffer.from('not a picture at all'), /text\.jpg is damaged, or no picture/],
  ['zero.png', makePng(0, 0), /zero\.png is damaged|has no pixels/],
  ['huge.png', makePng(20_000, 20_000, 1), /huge\.png has 20000 × 20000 pixels, more than/],
  ['corrupt.png', corrupt(makePng(64, 64)), /corrupt\.png is damaged/],
] as const)('says what is wrong with %s', async (name, bytes, sentence) => {
  expect(await decode(name, bytes)).toMatch(sentence);
});

/** Damages the head chunk, which no decoder passes over. */
function corrupt(png: Buffer): Buffer {
  const damaged = Buffer.from(png);
  damaged.fill(0xff, 12, 24);
  return damaged;
}
