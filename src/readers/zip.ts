import { unzipSync } from 'fflate';
import { LimnError } from '../core/errors.ts';
import type { NamedBytes } from './reader.ts';

const SIGNATURE = [0x50, 0x4b];
/** More than this unpacked is taken for a bomb, not for keypoints. */
const MAXIMUM_UNPACKED_BYTES = 2 ** 30;

export function isZip(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/**
 * The wanted files of a ZIP, in its order.
 *
 * @throws {LimnError} naming the ZIP, if it is damaged or unpacks to too much
 */
export function unzipEntries(file: NamedBytes, isWanted: (name: string) => boolean): NamedBytes[] {
  let total = 0;
  try {
    const entries = unzipSync(file.bytes, {
      filter: ({ name, originalSize }) => {
        if (!isWanted(name)) return false;
        total += originalSize;
        if (total > MAXIMUM_UNPACKED_BYTES) throw new LimnError(`${file.name} unpacks to over 1 GB.`);
        return true;
      },
    });
    return Object.entries(entries).map(([name, bytes]) => ({ name, bytes }));
  } catch (error) {
    if (error instanceof LimnError) throw error;
    throw new LimnError(`${file.name} is a damaged ZIP: it can't be unpacked. Copy or export it again.`, {
      cause: error,
    });
  }
}
