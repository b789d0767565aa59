import { strToU8 } from 'fflate';
import { concat } from '../../core/bytes.ts';
import { crc32 } from '../../core/numbers/crc32.ts';

/** Signature (8 bytes), and the chunk IHDR (length, type, 13 bytes, checksum), which comes first. */
const HEAD_LENGTH = 8 + 4 + 4 + 13 + 4;

/**
 * A PNG that also says something in words, as UTF-8 that is not compressed.
 *
 * Format: W3C, PNG Specification, 11.3.3.4 (`iTXt`).
 *
 * @param keyword one of those that the specification has, such as `Comment`
 */
export function withText(png: Uint8Array, keyword: string, text: string): Uint8Array {
  // Not compressed, method 0, no language, no translated keyword.
  const content = concat([strToU8('iTXt'), strToU8(keyword), new Uint8Array(5), strToU8(text)]);
  const chunk = new Uint8Array(4 + content.length + 4);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, content.length - 4);
  chunk.set(content, 4);
  view.setUint32(4 + content.length, crc32(content));
  return concat([png.subarray(0, HEAD_LENGTH), chunk, png.subarray(HEAD_LENGTH)]);
}
