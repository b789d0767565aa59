/*
 * What people bring, by its first bytes, and by its name only where bytes say nothing: names lie. Networks are told by
 * `importers/`.
 */
import { findForeignText } from '../../core/texts/foreign-texts.ts';
import {
  EXPORT_KEYPOINTS,
  type FileType,
  KNOWN_TYPES,
  type KnownType,
  NO_FRAMES_INSIDE,
  SOUND,
} from './known-types.ts';

/** Pictures whose signatures are so short that text could begin with them. */
const BMP: FileType = { kind: 'picture', label: 'BMP' };
const WEBP: FileType = { kind: 'picture', label: 'WebP' };
const DRAWING: FileType = {
  kind: 'foreign',
  label: 'an SVG drawing',
  advice: 'It is made of lines, not of pixels: save it as PNG.',
};
const WEB_PAGE: FileType = {
  kind: 'foreign',
  label: 'a web page',
  advice: 'Save the video or the picture that is on it, and drop that.',
};
const TEXT: FileType = {
  kind: 'foreign',
  label: 'a text file',
  advice: `No frames or keypoints that Limn knows are in it. ${EXPORT_KEYPOINTS}`,
};
const UNKNOWN: FileType = {
  kind: 'foreign',
  label: 'of a kind that Limn doesn’t know',
  advice: NO_FRAMES_INSIDE,
};
const EMPTY: FileType = { kind: 'foreign', label: 'empty (0 bytes)', advice: 'Copy it again.' };
const TRANSPORT_STREAM: FileType = { kind: 'video', label: 'MPEG transport stream' };
/** Bytes that none of the signatures know, in files named as videos: their decoder says what is wrong with them. */
const DAMAGED_VIDEO: FileType = { kind: 'video', label: 'video' };

const VIDEO_NAME =
  /\.(mp4|m4v|mov|qt|webm|mkv|avi|wmv|asf|flv|f4v|mpe?g|m2v|m2ts|mts|ts|vob|3gpp?|3g2|ogv|ogg|mxf|dv|mjpe?g|h26[45]|264|265|hevc|ivf|rm|rmvb|lrv|insv|360)$/i;
const PICTURE_NAME = /\.(png|jpe?g|jfif|jpe|webp|avif|gif|bmp|heic|heif|jxl|tiff?)$/i;

/** So many bytes of a file are enough to tell its type. */
export const SNIFF_LENGTH = 4096;
const TRANSPORT_PACKET = 188;
/** Blu-ray's and AVCHD's transport streams have four bytes of time before each packet. */
const TIMED_PACKET = 192;

/** What a file is, by its first {@link SNIFF_LENGTH} bytes (all, if it has fewer) and its name. */
export function fileType(head: Uint8Array, name: string): FileType {
  const known = KNOWN_TYPES.find((type) => fits(type, head, name));
  if (known?.kind === 'video' || known?.kind === 'picture') return known;
  if (startsWith(head, 'RIFF') && startsWith(head, 'WEBP', 8)) return WEBP;
  if (isBmp(head)) return BMP;
  if (isTransportStream(head)) return TRANSPORT_STREAM;
  if (known) return known;
  // MPEG audio (ISO/IEC 11172-3 §2.4.1.3) and ADTS begin with eleven or twelve set bits.
  if (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0 && /\.(mp3|aac|mp2)$/i.test(name)) return SOUND;
  if (head.length === 0) {
    if (PICTURE_NAME.test(name)) return { kind: 'picture', label: 'a picture' };
    return VIDEO_NAME.test(name) ? DAMAGED_VIDEO : EMPTY;
  }
  if (isText(head)) return typeOfText(head);
  return VIDEO_NAME.test(name) ? DAMAGED_VIDEO : UNKNOWN;
}

/** Why Limn doesn't open a file, as a sentence. */
export function describeForeign(name: string, type: FileType): string {
  const { label, advice = NO_FRAMES_INSIDE, holdsData } = type;
  if (holdsData) return `${name} is ${label}. ${advice}`;
  return `${name} is ${label}, no picture, video or keypoint file. ${advice}`;
}

/** Is a file of sound only? */
export function isSound({ label }: FileType): boolean {
  return label === SOUND.label;
}

function fits(
  { signatures, brands, endings, needsBoth }: KnownType,
  head: Uint8Array,
  name: string,
): boolean {
  const hasSignature = signatures?.some(([at, bytes]) => startsWith(head, bytes, at)) ?? false;
  const hasEnding = endings?.test(name) ?? false;
  if (needsBoth) return hasSignature && hasEnding;
  return hasSignature || hasEnding || (brands !== undefined && hasBrand(head, brands));
}

export function startsWith(bytes: Uint8Array, text: string, at = 0): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Major and compatible brands lie in the first box, of the length that its first four bytes say. */
function hasBrand(head: Uint8Array, brands: readonly string[]): boolean {
  if (!startsWith(head, 'ftyp', 4)) return false;
  const length = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0);
  const end = Math.min(head.length, length);
  for (let at = 8; at + 4 <= end; at += 4) {
    // The second word is a version.
    if (at !== 12 && brands.some((brand) => startsWith(head, brand, at))) return true;
  }
  return false;
}

/** A file header, then the size of one of the bitmap headers there are. */
function isBmp(head: Uint8Array): boolean {
  const HEADER_SIZES = [12, 16, 40, 52, 56, 64, 108, 124];
  return startsWith(head, 'BM') && HEADER_SIZES.includes(head[14] ?? 0) && (head[15] ?? 0) === 0;
}

/** Packets begin with 0x47 (ISO/IEC 13818-1 §2.4.3.2). */
function isTransportStream(head: Uint8Array): boolean {
  return (
    (head[0] === 0x47 && head[TRANSPORT_PACKET] === 0x47) ||
    (head[4] === 0x47 && head[TIMED_PACKET + 4] === 0x47)
  );
}

/** No control characters but white space; text in two bytes a character has a mark at its beginning. */
function isText(head: Uint8Array): boolean {
  if (startsWith(head, '\xff\xfe') || startsWith(head, '\xfe\xff')) return true;
  return head.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

function typeOfText(head: Uint8Array): FileType {
  const text = new TextDecoder().decode(head).trimStart();
  if (/^(<\?xml[\s\S]*?\?>\s*)?(<!--[\s\S]*?-->\s*)*(<!doctype svg[^>]*>\s*)?<svg[\s>]/i.test(text))
    return DRAWING;
  if (/^<(!doctype html|html|head|body)/i.test(text)) return WEB_PAGE;
  const foreign = findForeignText(text);
  if (foreign) return { kind: 'foreign', ...foreign, holdsData: true };
  if (/^[[{]/.test(text)) return { kind: 'keypoints', label: 'JSON' };
  return TEXT;
}
