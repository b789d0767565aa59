/*
 * Small picture files. The quartered one has 60 × 40 pixels: red, green; blue, white.
 */
import { crc32, deflateSync } from 'node:zlib';
import { createRandom } from '../../src/core/numbers/random.ts';

export const QUARTERED = { width: 60, height: 40 } as const;

/** The quartered picture, without a word of how it is to be turned. Encoded with libjpeg, libwebp (lossless), libaom. */
const ENCODED = {
  jpeg: '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAoADwDAREAAhEBAxEB/8QAGQABAQEBAQEAAAAAAAAAAAAAAAYHBAUI/8QALRAAAQADDgcBAAAAAAAAAAAAAAIF4QEDBAYHERMVFmNkgaKjEjE1NoOxsyL/xAAbAQEAAgMBAQAAAAAAAAAAAAAABQcCBAYDCP/EADIRAQAAAAoFDQEBAAAAAAAAAAABAgQRFRZjoaLhAwUGEmITMTIzNDVRYYGCsbLiIUL/2gAMAwEAAhEDEQA/AJ8hlkgADrVXUXrP06eUo6uFzu1fdGm9v2iqMjVNgAABIku+hgAB1qrqL1n6dPKUdXC53avujTe37RVGRqmwAAAg6xutTCyKp22H9LbrNZYsisbrUwVTtsP6KzWWLIrG61MFU7bD+is1liyevFROsoxwWBzUdJx/rnNMgk7yyNOX7M8jJ40flZ5pv8+cHm0Naa2pGSx5Lubu9N/Z5+aGCHmmg8PFotmcZtNObonjuzcjQdpdmWZxm00UTx3ZlB2l2ZZnGbTRRPHdmUHaXZlmcZtNFE8d2ZQdpdmxQuFJgACjk/70V/k+aRGa37HH9PmBno+lA2g4lsgAAB86FktMAAUcn/eiv8nzSIzW/Y4/p8wM9H0oG0HEtkAAAP/Z',
  webp: 'UklGRkAAAABXRUJQVlA4TDQAAAAvO8AJAB8gEEjeHzqN+RcQFPwf3fxHZA9AUSSpESZviajDwZGsAJ4R/Z+AxMH4OAhX4+MA',
  avif: 'AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUEAAAD5bWV0YQAAAAAAAAAvaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAFBpY3R1cmVIYW5kbGVyAAAAAA5waXRtAAAAAAABAAAAHmlsb2MAAAAARAAAAQABAAAAAQAAASEAAAA0AAAAKGlpbmYAAAAAAAEAAAAaaW5mZQIAAAAAAQAAYXYwMUNvbG9yAAAAAGppcHJwAAAAS2lwY28AAAAUaXNwZQAAAAAAAAA8AAAAKAAAABBwaXhpAAAAAAMICAgAAAAMYXYxQ4EgAAAAAAATY29scm5jbHgAAgACAAIAAAAAF2lwbWEAAAAAAAAAAQABBAECgwQAAAA8bWRhdAoGOBV7nbBAMipFQAAAEgAAELhvEthb3/dKRTWCmDycPL6SrbDjzccYRp3HkbKRMi8x3cA=',
} as const;

/** Red, in cyan, magenta, yellow and black, with Adobe's marker; 16 × 16 pixels, by libjpeg. */
const CMYK =
  '/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAGBAUGBQQGBgUGBwcGCAoQCgoJCQoUDg8MEBcUGBgXFBYWGh0lHxobIxwWFiAsICMmJykqKRkfLTAtKDAlKCko/8AAFAgAEAAQBEMRAE0RAFkRAEsRAP/EABUAAQEAAAAAAAAAAAAAAAAAAAAI/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAA4EQwBNAFkASwAAPwCqUqJUVSAAAA//2Q==';
export const cmykJpeg = (): Buffer => decode(CMYK);

const decode = (base64: string): Buffer => Buffer.from(base64, 'base64');
export const jpeg = (): Buffer => decode(ENCODED.jpeg);
export const webp = (): Buffer => decode(ENCODED.webp);

/** TIFF data with one entry: orientation (0x0112), as EXIF has it in every format. */
export function orientationTiff(orientation: number): Buffer {
  return Buffer.from([
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1],
    ...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0],
  ]);
}

/** With an APP1 segment. */
export function turnedJpeg(orientation: number): Buffer {
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), orientationTiff(orientation)]);
  const plain = jpeg();
  return Buffer.concat([
    plain.subarray(0, 2),
    Buffer.from([0xff, 0xe1, 0, exif.length + 2]),
    exif,
    plain.subarray(2),
  ]);
}

/** With an eXIf chunk. */
export function turnedPng(orientation: number): Buffer {
  const { width, height } = QUARTERED;
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels.set(quarterColor(x, y), (y * width + x) * 3);
  }
  return png(width, height, 2, rowsOf(pixels, width * 3), [pngChunk('eXIf', orientationTiff(orientation))]);
}

/** With a VP8X chunk that announces the EXIF chunk at the end. */
export function turnedWebp(orientation: number): Buffer {
  const { width, height } = QUARTERED;
  const extended = Buffer.alloc(10);
  extended[0] = 0x08;
  extended.writeUIntLE(width - 1, 4, 3);
  extended.writeUIntLE(height - 1, 7, 3);
  const chunks = Buffer.concat([
    riffChunk('VP8X', extended),
    webp().subarray(12),
    riffChunk('EXIF', orientationTiff(orientation)),
  ]);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(chunks.length + 4, 4);
  return Buffer.concat([head, chunks]);
}

/** With properties `irot` and `imir` put behind those that it has. */
export function turnedAvif(...turns: readonly (readonly [name: 'irot' | 'imir', value: number])[]): Buffer {
  const plain = decode(ENCODED.avif);
  const FIRST_NEW_PROPERTY = 5;
  const properties = Buffer.concat(
    turns.map(([name, value]) => Buffer.from([0, 0, 0, 9, ...Buffer.from(name), value])),
  );
  const start = plain.indexOf('ipma') - 4;
  const end = start + plain.readUInt32BE(start);
  const association = Buffer.concat([
    plain.subarray(start, end),
    Buffer.from(turns.map((_, i) => 0x80 | (FIRST_NEW_PROPERTY + i))),
  ]);
  association.writeUInt32BE(association.length, 0);
  // Behind the box's head, flags, count of items and the item's id.
  const COUNT_AT = 18;
  association[COUNT_AT] = (association[COUNT_AT] ?? 0) + turns.length;
  const turned = Buffer.concat([plain.subarray(0, start), properties, association, plain.subarray(end)]);
  const growth = properties.length + turns.length;
  const grow = (name: string, by: number): void => {
    const at = turned.indexOf(name) - 4;
    turned.writeUInt32BE(turned.readUInt32BE(at) + by, at);
  };
  grow('meta', growth);
  grow('iprp', growth);
  grow('ipco', properties.length);
  // The picture lies further behind.
  const offsetAt = turned.indexOf('iloc') + 18;
  turned.writeUInt32BE(turned.readUInt32BE(offsetAt) + growth, offsetAt);
  return turned;
}

function quarterColor(x: number, y: number): readonly [number, number, number] {
  const { width, height } = QUARTERED;
  if (y < height / 2) return x < width / 2 ? [255, 0, 0] : [0, 255, 0];
  return x < width / 2 ? [0, 0, 255] : [255, 255, 255];
}

/** A black PNG of the given size, in shades of grey; its rows are as many as `rows` says. */
export function makePng(width: number, height: number, rows = height): Buffer {
  return png(width, height, 0, Buffer.alloc(rows * (width + 1)));
}

/** A PNG with transparency, all of one colour. */
export function plainPng(width: number, height: number, color: readonly number[]): Buffer {
  return png(width, height, 6, rowsOf(plainPixels(width, height, color), width * 4));
}

/** A PNG with a colour by chance for every pixel, the same for the same size. */
export function noisePng(width: number, height: number): Buffer {
  const random = createRandom(width * height);
  const bytes = Uint8Array.from({ length: 4 * width * height }, (_, i) =>
    i % 4 === 3 ? 255 : Math.floor(256 * random()),
  );
  return png(width, height, 6, rowsOf(Buffer.from(bytes), width * 4));
}

/** A PNG of one colour with 16 bits each of red, green and blue. */
export function deepPng(width: number, height: number, color: readonly number[]): Buffer {
  const samples = Array.from({ length: width * height }, () => color).flat();
  const pixels = Buffer.alloc(samples.length * 2);
  for (const [i, sample] of samples.entries()) pixels.writeUInt16BE(sample, 2 * i);
  return Buffer.concat([
    pngHead(width, height, 2, 16),
    pngChunk('IDAT', deflateSync(rowsOf(pixels, width * 6))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A frame of an animated PNG: a rectangle of one colour (red, green, blue, opacity). */
export interface ApngFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly color: readonly number[];
  readonly milliseconds: number;
  /** What becomes of the rectangle before the next frame: it stays, is emptied, or is what was there before. */
  readonly dispose: 'none' | 'background' | 'previous';
  readonly blend: 'source' | 'over';
}

/** An animated PNG (PNG, third edition, §11.3.5). */
export function makeApng(width: number, height: number, frames: readonly ApngFrame[]): Buffer {
  let sequence = 0;
  const chunks: Buffer[] = [];
  const count = Buffer.alloc(8);
  count.writeUInt32BE(frames.length, 0);
  chunks.push(pngChunk('acTL', count));
  for (const [i, frame] of frames.entries()) {
    const control = Buffer.alloc(26);
    const words = [sequence++, frame.width, frame.height, frame.left, frame.top];
    for (const [k, word] of words.entries()) control.writeUInt32BE(word, 4 * k);
    control.writeUInt16BE(frame.milliseconds, 20);
    control.writeUInt16BE(1000, 22);
    control[24] = ['none', 'background', 'previous'].indexOf(frame.dispose);
    control[25] = frame.blend === 'over' ? 1 : 0;
    chunks.push(pngChunk('fcTL', control));
    const pixels = deflateSync(rowsOf(plainPixels(frame.width, frame.height, frame.color), frame.width * 4));
    if (i === 0) {
      chunks.push(pngChunk('IDAT', pixels));
    } else {
      const number = Buffer.alloc(4);
      number.writeUInt32BE(sequence++, 0);
      chunks.push(pngChunk('fdAT', Buffer.concat([number, pixels])));
    }
  }
  return Buffer.concat([pngHead(width, height, 6), ...chunks, pngChunk('IEND', Buffer.alloc(0))]);
}

function plainPixels(width: number, height: number, color: readonly number[]): Buffer {
  return Buffer.from(Array.from({ length: width * height }, () => color).flat());
}

/** Rows with the byte of their filter (none) before each. */
function rowsOf(pixels: Buffer, rowBytes: number): Buffer {
  const rows: Buffer[] = [];
  for (let at = 0; at < pixels.length; at += rowBytes)
    rows.push(Buffer.from([0]), pixels.subarray(at, at + rowBytes));
  return Buffer.concat(rows);
}

function png(width: number, height: number, colorType: number, rows: Buffer, others: Buffer[] = []): Buffer {
  return Buffer.concat([
    pngHead(width, height, colorType),
    ...others,
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngHead(width: number, height: number, colorType: number, bits = 8): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([bits, colorType, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, pngChunk('IHDR', head)]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

function riffChunk(type: string, data: Buffer): Buffer {
  const head = Buffer.from(`${type}\0\0\0\0`, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length & 1)]);
}
