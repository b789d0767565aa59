import { jpegSegments, textAt } from './parts.ts';

/** Columns and rows, as a picture's file states them before it is decoded. */
export interface StatedSize {
  readonly width: number;
  readonly height: number;
}

/** Frame headers of a JPEG (ITU-T T.81 table B.1): SOF0 to SOF15, without what lies between them. */
const FRAME_HEADERS = new Set(
  [0, 1, 2, 3, 5, 6, 7, 9, 10, 11, 13, 14, 15].map((n) => (0xc0 + n).toString(16)),
);

/** @returns `null`: it isn't stated, or only where a browser has to look for it */
export function statedSize(bytes: Uint8Array): StatedSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (textAt(bytes, 1, 3) === 'PNG' && textAt(bytes, 12) === 'IHDR' && bytes.length >= 24) {
    return { width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  for (const { name, start } of jpegSegments(bytes)) {
    if (!FRAME_HEADERS.has(name) || start + 5 > bytes.length) continue;
    // A byte says how many bits samples have. A height of 0 is stated behind the first scan (§B.2.5).
    const [height, width] = [view.getUint16(start + 1), view.getUint16(start + 3)];
    return height === 0 ? null : { width, height };
  }
  return null;
}
