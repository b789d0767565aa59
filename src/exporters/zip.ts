import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { LimnError } from '../core/errors.ts';

/** More entries, or bytes, need an extension of the format that many programs can't read (APPNOTE 4.4.1.4). */
const MAXIMUM_ENTRIES = 65_535;
const MAXIMUM_BYTES = 2 ** 32 - 2 ** 20;
const LEVEL = 6;

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Already as small as it gets. */
  readonly isCompressed?: boolean;
}

/**
 * A ZIP, part by part, as its entries come.
 *
 * @param created ISO 8601, the time of all entries
 * @throws {LimnError} if there are more entries or bytes than every program reads
 */
export function* zipEntries(entries: Iterable<ZipEntry>, created: string): Generator<Uint8Array> {
  const parts: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    parts.push(bytes);
  });
  const mtime = zipDate(created);
  let count = 0;
  let total = 0;
  for (const { name, bytes, isCompressed = false } of entries) {
    if (++count > MAXIMUM_ENTRIES) {
      throw new LimnError(
        `A ZIP holds ${MAXIMUM_ENTRIES} files at most, and this recording has more frames. Export it as JSON Lines, or a shorter part of the video.`,
      );
    }
    const entry = isCompressed ? new ZipPassThrough(name) : new ZipDeflate(name, { level: LEVEL });
    entry.mtime = mtime;
    zip.add(entry);
    entry.push(bytes, true);
    total += parts.reduce((sum, { length }) => sum + length, 0);
    if (total > MAXIMUM_BYTES) {
      throw new LimnError('A ZIP holds 4 GB at most, and this is more. Export a shorter part of the video.');
    }
    yield* parts.splice(0);
  }
  zip.end();
  yield* parts;
}

/** A moment as a ZIP can say it: years from 1980 to 2099 (APPNOTE 4.4.6). */
function zipDate(created: string): Date {
  const date = new Date(created);
  const year = date.getFullYear();
  return year >= 1980 && year < 2099 ? date : new Date(1980, 0, 1);
}
