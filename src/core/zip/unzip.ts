import { LimnError } from '../errors.ts';
import { crc32 } from '../numbers/crc32.ts';
import { type DirectoryEntry, packedBytes, readDirectory } from './directory.ts';

/** More than this unpacked is taken for a bomb. */
const MAXIMUM_UNPACKED_BYTES = 2 ** 30;
/** Deflate makes at most so many bytes of one (zlib.net, "Technical Details"). */
const MOST_BYTES_OF_ONE = 1032;
const STORED = 0;
const DEFLATE = 8;
/** Other ways of packing (APPNOTE 4.4.5); Windows packs what is over 2 GB with the first. */
const METHODS: ReadonlyMap<number, string> = new Map([
  [9, 'Deflate64'],
  [12, 'bzip2'],
  [14, 'LZMA'],
  [93, 'Zstandard'],
  [95, 'XZ'],
  [98, 'PPMd'],
]);

export interface UnzipOptions {
  /** Of the ZIP, for sentences. */
  readonly name: string;
  /** Only these are unpacked. */
  readonly isWanted: (name: string) => boolean;
  /** Unpacks Deflate to so many bytes, or fewer, or throws. */
  readonly inflate: (packed: Uint8Array, size: number) => Uint8Array;
}

/**
 * The wanted files of a ZIP by their names, in its order; of several with one name the last, which is what unpacking leaves.
 * Each is held against its size and checksum.
 *
 * @throws {LimnError} naming the ZIP, if it is damaged, needs a password, is packed otherwise than with Deflate, or unpacks
 *   to over 1 GB
 */
export function unzip(
  bytes: Uint8Array,
  { name, isWanted, inflate }: UnzipOptions,
): ReadonlyMap<string, Uint8Array> {
  try {
    const entries = readDirectory(bytes).filter((entry) => isWanted(entry.name));
    let [total, packed] = [0, 0];
    for (const entry of entries) {
      checkUnpackable(entry, name);
      packed += entry.packedSize;
      // Memory is taken by what is stated here: it must be what so many bytes can hold.
      if (packed > bytes.length || entry.size > entry.packedSize * MOST_BYTES_OF_ONE) {
        throw new RangeError('it states more than it can hold');
      }
      total += entry.size;
      if (total > MAXIMUM_UNPACKED_BYTES) throw new LimnError(`${name} unpacks to over 1 GB.`);
    }
    const unpacked = new Map<string, Uint8Array>();
    for (const entry of entries) unpacked.set(entry.name, unpack(bytes, entry, inflate));
    return unpacked;
  } catch (cause) {
    if (cause instanceof LimnError) throw cause;
    throw new LimnError(
      `${name} is a damaged ZIP: it can't be unpacked. Copy it, or download or export it, again.`,
      { cause },
    );
  }
}

function checkUnpackable({ isEncrypted, method }: DirectoryEntry, zipName: string): void {
  if (isEncrypted) {
    throw new LimnError(
      `${zipName} is protected with a password: unpack it, and open the files that were in it.`,
    );
  }
  if (method === STORED || method === DEFLATE) return;
  throw new LimnError(
    `${zipName} is packed with ${METHODS.get(method) ?? `method ${method}`}, which Limn can't unpack: unpack it, and open the files that were in it.`,
  );
}

function unpack(bytes: Uint8Array, entry: DirectoryEntry, inflate: UnzipOptions['inflate']): Uint8Array {
  const packed = packedBytes(bytes, entry);
  const content = entry.method === STORED ? packed : inflate(packed, entry.size);
  if (content.length !== entry.size || crc32(content) !== entry.crc32) {
    throw new RangeError(`${entry.name} is not what it was when it was packed`);
  }
  return content;
}
