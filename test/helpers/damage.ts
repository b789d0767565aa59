/** Makes odd MP4 and WebM files out of whole ones, byte by byte. */

const HEADER = 8;
/** What lies between a box's header and the boxes inside it (ISO/IEC 14496-12). */
const PRELUDE: Readonly<Record<string, number>> = { stsd: 8, avc1: 78 };

interface Box {
  readonly at: number;
  readonly end: number;
}

/** @param type with `#1` for the second of its kind, and so on */
function findBox(bytes: Buffer, type: string, parent: Box & { readonly content: number }): Box {
  const [name = '', number = '0'] = type.split('#');
  let left = Number(number);
  for (let at = parent.content; at + HEADER <= parent.end; ) {
    const end = at + bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + HEADER) === name && left-- === 0) return { at, end };
    at = end;
  }
  throw new Error(`There is no ${type} in the file.`);
}

/** The boxes along a path like `moov/trak`, outermost first. */
function findPath(bytes: Buffer, path: string): Box[] {
  const found: Box[] = [];
  let parent = { at: 0, end: bytes.length, content: 0 };
  for (const type of path.split('/')) {
    const box = findBox(bytes, type, parent);
    found.push(box);
    parent = { ...box, content: box.at + HEADER + (PRELUDE[type] ?? 0) };
  }
  return found;
}

export function makeBox(type: string, ...content: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(HEADER);
  head.writeUInt32BE(HEADER + content.reduce((sum, part) => sum + part.length, 0));
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, ...content]);
}

/** Puts a box at the end of the one at a path. For files whose index is at their end: nothing else moves. */
function insertBox(bytes: Buffer, path: string, box: Buffer): Buffer {
  const boxes = findPath(bytes, path);
  const end = boxes.at(-1)?.end ?? bytes.length;
  const result = Buffer.concat([bytes.subarray(0, end), box, bytes.subarray(end)]);
  for (const { at } of boxes) result.writeUInt32BE(bytes.readUInt32BE(at) + box.length, at);
  return result;
}

/** Numbers of 32 bits. */
export const words = (...values: readonly number[]): Buffer => {
  const buffer = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) buffer.writeInt32BE(value | 0, 4 * i);
  return buffer;
};

/** Where a version 0 header (`mvhd`, `mdhd`) says how many units of its clock a second has. */
const TIMESCALE_AT = 20;

function readTimescale(mp4: Buffer, path: string): number {
  return mp4.readUInt32BE((findPath(mp4, path).at(-1)?.at ?? 0) + TIMESCALE_AT);
}

/** A row of an edit list, in seconds. */
export interface EditRow {
  readonly duration: number;
  /** `null`: nothing is shown. */
  readonly from: number | null;
  readonly rate?: number;
}

/** With an edit list of one of its tracks; it must have none yet. */
export function withEdits(mp4: Buffer, rows: readonly EditRow[], trackNumber = 0): Buffer {
  const path = `moov/trak#${trackNumber}`;
  const film = readTimescale(mp4, 'moov/mvhd');
  const track = readTimescale(mp4, `${path}/mdia/mdhd`);
  const numbers = rows.flatMap(({ duration, from, rate = 1 }) => [
    Math.round(duration * film),
    from === null ? -1 : Math.round(from * track),
    rate * 0x10000,
  ]);
  return insertBox(mp4, path, makeBox('edts', makeBox('elst', words(0, rows.length, ...numbers))));
}

/** With an edit list that begins to show the video at a time of it and for so long, in seconds. */
export function withEditList(mp4: Buffer, from: number, duration: number): Buffer {
  return withEdits(mp4, [{ from, duration }]);
}

/** With pixels that are wider than high. */
export function withPixelAspectRatio(mp4: Buffer, width: number, height: number): Buffer {
  const box = makeBox('pasp', words(width, height));
  return insertBox(mp4, 'moov/trak/mdia/minf/stbl/stsd/avc1', box);
}

/** Said to be encrypted with a key that nobody has (ISO/IEC 23001-7, `cbcs`). */
export function encrypted(mp4: Buffer): Buffer {
  const protection = makeBox(
    'sinf',
    makeBox('frma', Buffer.from('avc1')),
    makeBox('schm', words(0), Buffer.from('cbcs'), words(0x10000)),
    makeBox(
      'schi', // A constant initialization vector of 16 bytes for all samples.
      makeBox(
        'tenc',
        words(0),
        Buffer.from([0, 0, 1, 0]),
        Buffer.alloc(16, 0x11),
        Buffer.from([16]),
        Buffer.alloc(16, 7),
      ),
    ),
  );
  const path = 'moov/trak/mdia/minf/stbl/stsd/avc1';
  const result = insertBox(mp4, path, protection);
  result.write('encv', (findPath(result, path).at(-1)?.at ?? 0) + 4, 'latin1');
  return result;
}

/** A WebM whose second cluster says that it comes earlier than it does, by milliseconds. */
export function jumpingBack(webm: Buffer, milliseconds: number): Buffer {
  const result = Buffer.from(webm);
  const cluster = Buffer.from([0x1f, 0x43, 0xb6, 0x75]);
  const second = result.indexOf(cluster, result.indexOf(cluster) + 4);
  // The cluster's timestamp: id E7, a length, the number.
  const at = result.indexOf(0xe7, second + 4);
  const length = (result[at + 1] ?? 0) & 0x7f;
  const time = result.readUIntBE(at + 2, length);
  result.writeUIntBE(time - milliseconds, at + 2, length);
  return result;
}
