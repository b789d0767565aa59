import { crc32 } from '../numbers/crc32.ts';
import { cp437 } from './cp437.ts';
import { END, END_64, END_64_LENGTH, END_LENGTH, LOCATOR, LOCATOR_LENGTH } from './end-records.ts';

/** A file in a ZIP, as its directory has it. */
export interface DirectoryEntry {
  readonly name: string;
  /** A password is needed. */
  readonly isEncrypted: boolean;
  /** How it is packed: 0 not at all, 8 Deflate (APPNOTE 4.4.5). */
  readonly method: number;
  readonly crc32: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where the entry begins in the file, with a header of its own. */
  readonly offset: number;
}

const LONGEST_COMMENT = 0xffff;
const ENTRY = 0x02014b50;
const ENTRY_LENGTH = 46;
const LOCAL = 0x04034b50;
const LOCAL_LENGTH = 30;
const EXTRA_64 = 0x0001;
const EXTRA_NAME = 0x7075;
const FLAG_ENCRYPTED = 1;
const FLAG_UTF8 = 0x800;
/** What says in 32 bits that the number is where the 64-bit extension has it. */
const ELSEWHERE_32 = 0xffffffff;

/**
 * The directory of a ZIP: what its end says, with the 64-bit extension, whatever stands before its first entry. Sizes come
 * from here and not from the entries' own headers, where streamed ZIPs have none.
 *
 * Format: PKWARE, APPNOTE.TXT 6.3.10, 4.3.12 to 4.3.16, 4.5.3, 4.6.9.
 *
 * @throws {RangeError} if it is damaged or cut off, or one of several parts
 */
export function readDirectory(bytes: Uint8Array): DirectoryEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, start, end, shift } = findDirectory(view);
  const entries: DirectoryEntry[] = [];
  let at = start;
  while (at < end) {
    if (view.getUint32(at, true) !== ENTRY) throw new RangeError('there is no entry where one should be');
    const flags = view.getUint16(at + 8, true);
    const nameEnd = at + ENTRY_LENGTH + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const next = extraEnd + view.getUint16(at + 32, true);
    if (next > end) throw new RangeError('it ends in its directory');
    const extras = readExtras(bytes.subarray(nameEnd, extraEnd));
    const [size, packedSize, offset] = readSizes(view, at, extras.get(EXTRA_64));
    entries.push({
      name: readName(bytes.subarray(at + ENTRY_LENGTH, nameEnd), flags, extras.get(EXTRA_NAME)),
      isEncrypted: (flags & FLAG_ENCRYPTED) !== 0,
      method: view.getUint16(at + 10, true),
      crc32: view.getUint32(at + 16, true),
      packedSize,
      size,
      offset: offset + shift,
    });
    at = next;
  }
  // Without the extension some count on from 0 where 16 bits end, and some no further.
  const isCounted = (entries.length - count) % 2 ** 16 === 0 || (count === 0xffff && entries.length > count);
  if (!isCounted) throw new RangeError('entries are missing');
  return entries;
}

/** An entry's bytes as they are packed. @throws {RangeError} if they aren't in the file */
export function packedBytes(bytes: Uint8Array, { offset, packedSize }: DirectoryEntry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(offset, true) !== LOCAL) throw new RangeError('an entry is not where it should be');
  const start = offset + LOCAL_LENGTH + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (packedSize > bytes.length - start) throw new RangeError('it ends in an entry');
  return bytes.subarray(start, start + packedSize);
}

interface Place {
  /** How many entries there are said to be. */
  readonly count: number;
  /** Where the first begins, and where the last ends. */
  readonly start: number;
  readonly end: number;
  /** By how much everything lies further on than the ZIP says. */
  readonly shift: number;
}

function findDirectory(view: DataView): Place {
  const end = findEnd(view);
  const locator = end - LOCATOR_LENGTH;
  if (locator >= 0 && view.getUint32(locator, true) === LOCATOR) {
    // Directly before, unless it has been made longer: then where it says.
    const usual = locator - END_64_LENGTH;
    const end64 = usual >= 0 && view.getUint32(usual, true) === END_64 ? usual : readLong(view, locator + 8);
    if (view.getUint32(end64, true) !== END_64) throw new RangeError('its 64-bit end is missing');
    return placeAt(end64, readLong(view, end64 + 32), readLong(view, end64 + 40), readLong(view, end64 + 48));
  }
  if (view.getUint16(end + 8, true) !== view.getUint16(end + 10, true)) {
    throw new RangeError('it is one of several parts');
  }
  return placeAt(
    end,
    view.getUint16(end + 10, true),
    view.getUint32(end + 12, true),
    view.getUint32(end + 16, true),
  );
}

function placeAt(end: number, count: number, size: number, offset: number): Place {
  const start = end - size;
  if (offset > start) throw new RangeError('its directory is not in it');
  return { count, start, end, shift: start - offset };
}

function findEnd(view: DataView): number {
  const last = view.byteLength - END_LENGTH;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    const isEnd =
      view.getUint32(at, true) === END && at + END_LENGTH + view.getUint16(at + 20, true) <= view.byteLength;
    if (isEnd) return at;
  }
  throw new RangeError('it has no end: it is cut off');
}

function readExtras(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const extras = new Map<number, Uint8Array>();
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + view.getUint16(at + 2, true);
    extras.set(view.getUint16(at, true), bytes.subarray(at + 4, end));
    at = end;
  }
  return extras;
}

/** Size, packed size and offset; those that don't fit into 32 bits are in the extension, in this order. */
function readSizes(view: DataView, at: number, extra: Uint8Array | undefined): [number, number, number] {
  const wide = extra && new DataView(extra.buffer, extra.byteOffset, extra.byteLength);
  let next = 0;
  const read = (place: number): number => {
    const value = view.getUint32(at + place, true);
    if (value !== ELSEWHERE_32 || !wide) return value;
    next += 8;
    return readLong(wide, next - 8);
  };
  return [read(24), read(20), read(42)];
}

function readLong(view: DataView, at: number): number {
  const value = Number(view.getBigUint64(at, true));
  if (!Number.isSafeInteger(value)) throw new RangeError('it is longer than any file');
  return value;
}

/**
 * A name is UTF-8 where its flag or the extension says so, and where it is unflagged UTF-8, as macOS writes; else it is in the
 * characters of DOS.
 */
function readName(bytes: Uint8Array, flags: number, extra: Uint8Array | undefined): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    // Version, checksum of the name that it stands for, name.
    const view = extra && new DataView(extra.buffer, extra.byteOffset, extra.byteLength);
    if (view && view.getUint8(0) === 1 && view.getUint32(1, true) === crc32(bytes)) {
      return decoder.decode(extra.subarray(5));
    }
    return decoder.decode(bytes);
  } catch {
    return (flags & FLAG_UTF8) !== 0 ? new TextDecoder().decode(bytes) : cp437(bytes);
  }
}
