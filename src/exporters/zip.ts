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

/** Makes a ZIP entry by entry. */
export class ZipWriter {
  readonly #zip: Zip;
  readonly #mtime: Date;
  #parts: Uint8Array[] = [];
  #entries = 0;
  #bytes = 0;

  /** @param created ISO 8601, the time of all entries */
  constructor(created: string) {
    this.#mtime = zipDate(created);
    this.#zip = new Zip((error, bytes) => {
      if (error) throw error;
      this.#parts.push(bytes);
    });
  }

  /**
   * @returns the next parts of the file
   * @throws {LimnError} if there are more entries or bytes than every program reads
   */
  add({ name, bytes, isCompressed = false }: ZipEntry): Uint8Array[] {
    if (++this.#entries > MAXIMUM_ENTRIES) {
      throw new LimnError(
        `A ZIP holds ${MAXIMUM_ENTRIES} files at most, and this recording has more frames. Export it as JSON Lines, or a shorter part of the video.`,
      );
    }
    const entry = isCompressed ? new ZipPassThrough(name) : new ZipDeflate(name, { level: LEVEL });
    entry.mtime = this.#mtime;
    this.#zip.add(entry);
    entry.push(bytes, true);
    const parts = this.#takeParts();
    if (this.#bytes > MAXIMUM_BYTES) {
      throw new LimnError('A ZIP holds 4 GB at most, and this is more. Export a shorter part of the video.');
    }
    return parts;
  }

  /** @returns the last parts of the file */
  finish(): Uint8Array[] {
    this.#zip.end();
    return this.#takeParts();
  }

  #takeParts(): Uint8Array[] {
    const parts = this.#parts;
    this.#parts = [];
    for (const { length } of parts) this.#bytes += length;
    return parts;
  }
}

/** A ZIP, part by part, as its entries come. @throws {LimnError} as `ZipWriter` */
export function* zipEntries(entries: Iterable<ZipEntry>, created: string): Generator<Uint8Array> {
  const zip = new ZipWriter(created);
  for (const entry of entries) yield* zip.add(entry);
  yield* zip.finish();
}

/** A moment as a ZIP can say it: years from 1980 to 2099 (APPNOTE 4.4.6). */
function zipDate(created: string): Date {
  const date = new Date(created);
  const year = date.getFullYear();
  return year >= 1980 && year < 2099 ? date : new Date(1980, 0, 1);
}
