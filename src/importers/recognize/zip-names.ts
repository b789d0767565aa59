import { strFromU8 } from 'fflate';

const LOCAL_HEADER = [0x50, 0x4b, 0x03, 0x04];
const ENTRY = [0x50, 0x4b, 0x01, 0x02];
const ENTRY_NAME_LENGTH = 28;
const ENTRY_NAME = 46;
/** Enough to know what a ZIP is for. */
const MOST_NAMES = 10_000;

export function isZip(bytes: Uint8Array): boolean {
  return LOCAL_HEADER.every((byte, i) => bytes[i] === byte);
}

/**
 * The names of a ZIP's files out of its directory, as far as that lies in the bytes: a file's last ones, or all.
 *
 * Format: APPNOTE.TXT 4.3.12.
 */
export function zipNames(tail: Uint8Array): string[] {
  const names: string[] = [];
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  let at = tail.findIndex((_, i) => ENTRY.every((byte, k) => tail[i + k] === byte));
  while (at >= 0 && at + ENTRY_NAME <= tail.length && names.length < MOST_NAMES) {
    if (!ENTRY.every((byte, k) => tail[at + k] === byte)) break;
    const [name, extra, comment] = [0, 2, 4].map((i) => view.getUint16(at + ENTRY_NAME_LENGTH + i, true)) as [
      number,
      number,
      number,
    ];
    names.push(strFromU8(tail.subarray(at + ENTRY_NAME, at + ENTRY_NAME + name)));
    at += ENTRY_NAME + name + extra + comment;
  }
  return names;
}
