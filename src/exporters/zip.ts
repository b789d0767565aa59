import { makeZip } from 'client-zip';
import { Zip, ZipDeflate } from 'fflate';

/** What a ZIP holds without its 64-bit extension, for 65,535 stands for "see there" (APPNOTE 4.4.1.4). */
const MAXIMUM_ENTRIES = 65_534;
const LEVEL = 6;

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
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
  entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>,
  created: string,
): AsyncGenerator<Uint8Array> {
  const lastModified = zipDate(created);
  async function* inputs() {
    for await (const { name, bytes } of entries) yield { name, input: bytes, lastModified };
  }
  // Not every browser has streams that can be iterated.
  const reader = makeZip(inputs()).getReader();
  let isWhole = false;
  try {
    while (!isWhole) {
      const { done, value } = await reader.read();
      isWhole = done;
      if (value) yield value;
    }
  } finally {
    // Whoever is cancelled fails with the reason given, here none.
    if (!isWhole) await reader.cancel().catch(() => undefined);
  }
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
