import { makeZip } from 'client-zip';
import { Zip, ZipDeflate } from 'fflate';
import {
  END,
  END_64,
  END_64_LENGTH,
  END_LENGTH,
  LOCATOR,
  LOCATOR_LENGTH,
} from '../../core/zip/end-records.ts';

/** What a ZIP holds without its 64-bit extension, for 65,535 stands for "see there" (APPNOTE 4.4.1.4). */
const MAXIMUM_ENTRIES = 65_534;
const LEVEL = 6;

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** An entry that is stored as it is: all at once, or part by part. */
export interface StoredEntry {
  readonly name: string;
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array>;
}

/** A ZIP of a few entries, compressed, part by part as they come. @param created ISO 8601, the time of all entries */
export function* zipEntries(entries: Iterable<ZipEntry>, created: string): Generator<Uint8Array> {
  const mtime = zipDate(created);
  let parts: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    parts.push(bytes);
  });
  const takeParts = (): Uint8Array[] => {
    const taken = parts;
    parts = [];
    return taken;
  };
  for (const { name, bytes } of entries) {
    const entry = new ZipDeflate(name, { level: LEVEL });
    entry.mtime = mtime;
    zip.add(entry);
    entry.push(bytes, true);
    yield* takeParts();
  }
  zip.end();
  yield* takeParts();
}

/**
 * A ZIP of any number of entries and bytes, with the 64-bit extension where it takes that. Entries are stored as they are,
 * for what compresses them (fflate) doesn't know the extension, and what knows it (zip.js) takes a millisecond an entry.
 */
export async function* zipStored(
  entries: Iterable<StoredEntry> | AsyncIterable<StoredEntry>,
  created: string,
): AsyncGenerator<Uint8Array> {
  const lastModified = zipDate(created);
  let count = 0;
  async function* inputs() {
    for await (const { name, bytes } of entries) {
      count++;
      yield { name, input: bytes, lastModified };
    }
  }
  // Not every browser has streams that can be iterated.
  const reader = makeZip(inputs()).getReader();
  let isWhole = false;
  let [before, last]: [Uint8Array | null, Uint8Array | null] = [null, null];
  try {
    while (!isWhole) {
      const { done, value } = await reader.read();
      isWhole = done;
      if (!value) continue;
      if (last) yield last;
      [before, last] = [last, value];
    }
    if (last) yield* withCount(before, last, count);
  } finally {
    // Whoever is cancelled fails with the reason given, here none.
    if (!isWhole) await reader.cancel().catch(() => undefined);
  }
}

/** Version 4.5 of the format, which knows the extension, on Unix. */
const VERSION_64 = 0x032d;

/**
 * The end of a ZIP, with the 64-bit one in front where it takes that to say how many entries there are: client-zip (2.5.1)
 * writes that for bytes only, and most programs read the first 65,535 entries then (APPNOTE 4.3.14 to 4.3.16).
 *
 * @param before the part in front of it; client-zip gives each record as a part of its own
 */
function* withCount(before: Uint8Array | null, end: Uint8Array, count: number): Generator<Uint8Array> {
  const startsWith = (bytes: Uint8Array | null, signature: number): boolean =>
    bytes !== null && bytes.length >= 4 && toView(bytes).getUint32(0, true) === signature;
  if (count > MAXIMUM_ENTRIES && !startsWith(before, END_64)) {
    if (end.length !== END_LENGTH || !startsWith(end, END)) throw new Error('The ZIP has another end.');
    const [size, offset] = [toView(end).getUint32(12, true), toView(end).getUint32(16, true)];
    const record = new DataView(new ArrayBuffer(END_64_LENGTH + LOCATOR_LENGTH));
    record.setUint32(0, END_64, true);
    // Of what follows these twelve bytes.
    record.setBigUint64(4, BigInt(END_64_LENGTH - 12), true);
    record.setUint16(12, VERSION_64, true);
    record.setUint16(14, VERSION_64, true);
    for (const at of [24, 32]) record.setBigUint64(at, BigInt(count), true);
    record.setBigUint64(40, BigInt(size), true);
    record.setBigUint64(48, BigInt(offset), true);
    record.setUint32(END_64_LENGTH, LOCATOR, true);
    record.setBigUint64(END_64_LENGTH + 8, BigInt(offset + size), true);
    record.setUint32(END_64_LENGTH + 16, 1, true);
    yield new Uint8Array(record.buffer);
  }
  yield end;
}

function toView({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** A ZIP of so many entries: compressed if that is possible, see above. */
export function zipMany(
  entries: Iterable<ZipEntry>,
  count: number,
  created: string,
): Generator<Uint8Array> | AsyncGenerator<Uint8Array> {
  return count > MAXIMUM_ENTRIES ? zipStored(entries, created) : zipEntries(entries, created);
}

/** A moment as a ZIP can say it: years from 1980 to 2099 (APPNOTE 4.4.6). */
function zipDate(created: string): Date {
  const date = new Date(created);
  const year = date.getFullYear();
  return year >= 1980 && year < 2099 ? date : new Date(1980, 0, 1);
}
