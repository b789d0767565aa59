import { unzipSync } from 'fflate';

/**
 * The files that an export of one a person or frame consists of: a ZIP's, where there are several; else the file itself.
 *
 * @param extension with its dot; other files of a ZIP are left out
 */
export function filesIn(bytes: Uint8Array, extension: string): [name: string, bytes: Uint8Array][] {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isZip) return [[`single${extension}`, bytes]];
  return Object.entries(unzipSync(bytes)).filter(([name]) => name.endsWith(extension));
}
