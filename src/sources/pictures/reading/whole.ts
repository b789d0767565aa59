import { isoBoxes, jpegSegments, pngChunks, START_OF_SCAN, textAt } from './parts.ts';

const END_OF_IMAGE = 0xd9;
/** Restart markers stand inside a scan (ITU-T T.81 §B.1.1.3). */
const RESTART_FIRST = 0xd0;
const RESTART_LAST = 0xd7;

/**
 * Does a picture's file end before its picture does? Some browsers draw what there is of such a picture, and leave the rest
 * grey or black, without a word. What follows a picture (a second one, a film, an editor's notes) is none of its business.
 *
 * @param bytes the whole file
 */
export function isCutPicture(bytes: Uint8Array): boolean {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return isCutJpeg(bytes);
  if (textAt(bytes, 1, 3) === 'PNG') return isCutPng(bytes);
  if (textAt(bytes, 0) === 'RIFF' && textAt(bytes, 8) === 'WEBP') return isCutWebp(bytes);
  if (textAt(bytes, 0, 2) === 'BM') return isCutBmp(bytes);
  if (textAt(bytes, 4) === 'ftyp') return isCutIso(bytes);
  return false;
}

/** Segments by their lengths, scans by their markers, until the end of the image. */
function isCutJpeg(bytes: Uint8Array): boolean {
  let at = 2;
  for (const { name, end } of jpegSegments(bytes)) {
    at = end;
    if (name === START_OF_SCAN.toString(16)) break;
  }
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) return true;
    const marker = bytes[at + 1] ?? 0;
    if (marker === END_OF_IMAGE) return false;
    if (marker === 0xff) at++;
    else if (marker === 0 || (marker >= RESTART_FIRST && marker <= RESTART_LAST)) at += 2;
    // Between scans there are tables, with lengths.
    else at += 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
  }
}

function isCutPng(bytes: Uint8Array): boolean {
  for (const { name } of pngChunks(bytes)) if (name === 'IEND') return false;
  return true;
}

function isCutWebp(bytes: Uint8Array): boolean {
  return bytes.length >= 8 && sizeAt(bytes, 4) + 8 > bytes.length + 1;
}

function isCutBmp(bytes: Uint8Array): boolean {
  const HEAD_BYTES = 34;
  if (bytes.length < HEAD_BYTES) return true;
  // Uncompressed ones have rows of whole words; what the file says of its own size, many get wrong.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(14, true) < 40 || view.getUint32(30, true) !== 0) return false;
  const rowBytes = Math.ceil((view.getInt32(18, true) * view.getUint16(28, true)) / 32) * 4;
  return view.getUint32(10, true) + rowBytes * Math.abs(view.getInt32(22, true)) > bytes.length;
}

function isCutIso(bytes: Uint8Array): boolean {
  return [...isoBoxes(bytes)].some(({ end }) => end > bytes.length);
}

function sizeAt(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}
