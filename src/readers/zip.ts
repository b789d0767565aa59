import { unzipSync } from 'fflate';
import { LimnError } from '../core/errors.ts';
import type { NamedBytes } from './reader.ts';

const SIGNATURE = [0x50, 0x4b];
/** More than this unpacked is taken for a bomb, not for keypoints. */
const MAXIMUM_UNPACKED_BYTES = 2 ** 30;
/** Deflate makes at most so many bytes of one (zlib.net, "Technical Details"). */
const MOST_BYTES_OF_ONE = 1032;

export function isZip(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/** Names in UTF-8 that aren't marked as such, as macOS writes them, come as one character a byte. */
function toName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all characters of one byte are meant
  if (!/^[\u0000-\u00ff]*$/.test(name)) return name;
  try {
    const bytes = Uint8Array.from(name, (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return name;
  }
}

/**
 * The wanted files of a ZIP, in its order.
 *
 * @throws {LimnError} naming the ZIP, if it is damaged or unpacks to too much
 */
export function unzipEntries(file: NamedBytes, isWanted: (name: string) => boolean): NamedBytes[] {
  let total = 0;
  let packed = 0;
  try {
    const entries = unzipSync(file.bytes, {
      filter: ({ name, originalSize, size }) => {
        if (!isWanted(name)) return false;
        packed += size;
        // Memory is taken by what is stated here: it must be what so many bytes can hold.
        if (packed > file.bytes.length || originalSize > size * MOST_BYTES_OF_ONE) throw isDamaged(file.name);
        total += originalSize;
        if (total > MAXIMUM_UNPACKED_BYTES) throw new LimnError(`${file.name} unpacks to over 1 GB.`);
        return true;
      },
    });
    return Object.entries(entries).map(([name, bytes]) => ({ name: toName(name), bytes }));
  } catch (error) {
    if (error instanceof LimnError) throw error;
    throw isDamaged(file.name, error);
  }
}

function isDamaged(name: string, cause?: unknown): LimnError {
  return new LimnError(`${name} is a damaged ZIP: it can't be unpacked. Copy or export it again.`, { cause });
}
