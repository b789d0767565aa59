import { inflateSync } from 'fflate';
import { crc32 } from '../core/crc32.ts';
import { LimnError } from '../core/errors.ts';
import type { NamedBytes } from './reader.ts';
import { type DirectoryEntry, packedBytes, readDirectory } from './zip-directory.ts';

const SIGNATURE = [0x50, 0x4b];
/** More than this unpacked is taken for a bomb, not for keypoints. */
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

export function isZip(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/**
 * The wanted files of a ZIP, in its order; of several with one name the last, which is what unpacking leaves.
 *
 * @throws {LimnError} naming the ZIP, if it is damaged, needs a password, is packed otherwise than with Deflate, or unpacks
 *   to too much
 */
export function unzipEntries(file: NamedBytes, isWanted: (name: string) => boolean): NamedBytes[] {
  const damaged = (cause: unknown): LimnError =>
    new LimnError(`${file.name} is a damaged ZIP: it can't be unpacked. Copy or export it again.`, { cause });
  try {
    const entries = readDirectory(file.bytes).filter(({ name }) => isWanted(name));
    let [total, packed] = [0, 0];
    for (const entry of entries) {
      checkUnpackable(entry, file.name);
      packed += entry.packedSize;
      // Memory is taken by what is stated here: it must be what so many bytes can hold.
      if (packed > file.bytes.length || entry.size > entry.packedSize * MOST_BYTES_OF_ONE) {
        throw new RangeError('it states more than it can hold');
      }
      total += entry.size;
      if (total > MAXIMUM_UNPACKED_BYTES) throw new LimnError(`${file.name} unpacks to over 1 GB.`);
    }
    const unpacked = new Map<string, Uint8Array>();
    for (const entry of entries) unpacked.set(entry.name, unpack(file.bytes, entry));
    return [...unpacked].map(([name, bytes]) => ({ name, bytes }));
  } catch (error) {
    throw error instanceof LimnError ? error : damaged(error);
  }
}

function checkUnpackable({ isEncrypted, method }: DirectoryEntry, fileName: string): void {
  if (isEncrypted) {
    throw new LimnError(
      `${fileName} is protected with a password: unpack it, and open the files that were in it.`,
    );
  }
  if (method === STORED || method === DEFLATE) return;
  throw new LimnError(
    `${fileName} is packed with ${METHODS.get(method) ?? `method ${method}`}, which Limn can't unpack: unpack it, and open the files that were in it.`,
  );
}

function unpack(bytes: Uint8Array, entry: DirectoryEntry): Uint8Array {
  const packed = packedBytes(bytes, entry);
  const content = entry.method === STORED ? packed : inflateSync(packed, { out: new Uint8Array(entry.size) });
  if (content.length !== entry.size || crc32(content) !== entry.crc32) {
    throw new RangeError(`${entry.name} is not what it was when it was packed`);
  }
  return content;
}
