import { pngChunks, riffChunks, textAt } from './parts.ts';

/** Colour types of PNG with transparency (PNG §11.2.2): grey and colour. */
const TRANSPARENT_COLOR_TYPES: readonly (number | undefined)[] = [4, 6];
const WEBP_ALPHA_FLAG = 0x10;
/** A bit of VP8L's header (RFC 9649 §3.4), behind two sides of fourteen bits each. */
const VP8L_ALPHA_BIT = 0x10;

/** May a picture have transparent parts? `false` only if it surely has none. @param bytes the whole file */
export function mayBeTransparent(bytes: Uint8Array): boolean {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return false;
  if (textAt(bytes, 0, 2) === 'BM') return false;
  if (textAt(bytes, 1, 3) === 'PNG') {
    for (const { name, start } of pngChunks(bytes)) {
      if (name === 'IHDR' && TRANSPARENT_COLOR_TYPES.includes(bytes[start + 9])) return true;
      if (name === 'tRNS') return true;
      if (name === 'IDAT') return false;
    }
  }
  if (textAt(bytes, 8) === 'WEBP') {
    const [first] = riffChunks(bytes);
    if (first?.name === 'VP8 ') return false;
    if (first?.name === 'VP8L') return ((bytes[first.start + 4] ?? 0) & VP8L_ALPHA_BIT) !== 0;
    if (first?.name === 'VP8X') return ((bytes[first.start] ?? 0) & WEBP_ALPHA_FLAG) !== 0;
  }
  return true;
}
