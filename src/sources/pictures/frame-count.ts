import { pngChunks, riffChunks, textAt } from './reading/parts.ts';

const WEBP_ANIMATION_FLAG = 0x02;

/** Has a picture several frames? GIF, WebP, PNG and AVIF may. @param bytes the whole file */
export function isAnimated(bytes: Uint8Array): boolean {
  if (textAt(bytes, 0, 4) === 'GIF8') return hasSeveralGifFrames(bytes);
  if (textAt(bytes, 1, 3) === 'PNG') {
    for (const { name } of pngChunks(bytes)) {
      if (name === 'acTL') return true;
      if (name === 'IDAT') return false;
    }
  }
  if (textAt(bytes, 8) === 'WEBP') {
    const [first] = riffChunks(bytes);
    return first?.name === 'VP8X' && ((bytes[first.start] ?? 0) & WEBP_ANIMATION_FLAG) !== 0;
  }
  return textAt(bytes, 4) === 'ftyp' && textAt(bytes, 8, 40).includes('avis');
}

const GIF_HEAD_BYTES = 13;
const GIF_EXTENSION = 0x21;
const GIF_IMAGE = 0x2c;

/** Blocks of a GIF (GIF89a §15–§26), until the second picture. */
function hasSeveralGifFrames(bytes: Uint8Array): boolean {
  const tableBytes = (flags = 0): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = GIF_HEAD_BYTES + tableBytes(bytes[10]);
  let pictures = 0;
  while (at < bytes.length) {
    const kind = bytes[at];
    if (kind === GIF_IMAGE) {
      if (++pictures > 1) return true;
      // A descriptor, colours, and the least size of a code.
      at += 10 + tableBytes(bytes[at + 9]) + 1;
    } else if (kind === GIF_EXTENSION) {
      at += 2;
    } else {
      return false;
    }
    // Sub-blocks, until an empty one.
    while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
    at++;
  }
  return false;
}
