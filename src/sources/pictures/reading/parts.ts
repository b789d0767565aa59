import { toLatin1 } from '../../../core/bytes.ts';

/*
 * The parts that picture files are made of. Whatever bytes there are, offsets stay inside them.
 */

/** A part of a file: its name, and where its content begins and ends. */
export interface Part {
  readonly name: string;
  readonly start: number;
  /** As the part says; beyond the file's end if that is cut off. */
  readonly end: number;
}

const PNG_SIGNATURE_BYTES = 8;
const PNG_CHECKSUM_BYTES = 4;
const RIFF_HEAD_BYTES = 12;

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export function textAt(bytes: Uint8Array, at: number, length = 4): string {
  return toLatin1(bytes.subarray(at, at + length));
}

/** Chunks of a PNG (PNG §5.3). */
export function* pngChunks(bytes: Uint8Array): Generator<Part> {
  const view = viewOf(bytes);
  for (let at = PNG_SIGNATURE_BYTES; at + 8 <= bytes.length; ) {
    const end = at + 8 + view.getUint32(at);
    yield { name: textAt(bytes, at + 4), start: at + 8, end };
    at = end + PNG_CHECKSUM_BYTES;
  }
}

/** Chunks of a WebP (RFC 9649 §2.3): each is filled up to an even length. */
export function* riffChunks(bytes: Uint8Array): Generator<Part> {
  const view = viewOf(bytes);
  for (let at = RIFF_HEAD_BYTES; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    yield { name: textAt(bytes, at), start: at + 8, end: at + 8 + length };
    at += 8 + length + (length & 1);
  }
}

/** Segments of a JPEG before its first scan (ITU-T T.81 §B.1), by their second byte in hexadecimal digits. */
export function* jpegSegments(bytes: Uint8Array): Generator<Part> {
  const view = viewOf(bytes);
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return;
    const marker = bytes[at + 1] ?? 0;
    // A byte of filling before a marker.
    if (marker === 0xff) {
      at++;
      continue;
    }
    const end = at + 2 + Math.max(2, view.getUint16(at + 2));
    yield { name: marker.toString(16), start: at + 4, end };
    if (marker === START_OF_SCAN) return;
    at = end;
  }
}

export const START_OF_SCAN = 0xda;

/** Boxes of an ISO base media file (ISO/IEC 14496-12 §4.2) between two places. */
export function* isoBoxes(bytes: Uint8Array, from = 0, to = bytes.length): Generator<Part> {
  const view = viewOf(bytes);
  for (let at = from; at + 8 <= Math.min(to, bytes.length); ) {
    const short = view.getUint32(at);
    const isLong = short === 1 && at + 16 <= bytes.length;
    const length = isLong ? Number(view.getBigUint64(at + 8)) : short === 0 ? to - at : short;
    const head = isLong ? 16 : 8;
    if (length < head) return;
    yield { name: textAt(bytes, at + 4), start: at + head, end: at + length };
    at += length;
  }
}
