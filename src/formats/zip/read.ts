import { inflateSync } from 'fflate';
import type { NamedBytes } from '../../core/named-bytes.ts';
import { unzip } from '../../core/zip/unzip.ts';

const SIGNATURE = [0x50, 0x4b];

export function isZip(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/** The wanted files of a ZIP, in its order. @throws {LimnError} as {@link unzip} does */
export function unzipEntries({ name, bytes }: NamedBytes, isWanted: (name: string) => boolean): NamedBytes[] {
  const inflate = (packed: Uint8Array, size: number): Uint8Array =>
    inflateSync(packed, { out: new Uint8Array(size) });
  return [...unzip(bytes, { name, isWanted, inflate })].map(([entry, content]) => ({
    name: entry,
    bytes: content,
  }));
}
