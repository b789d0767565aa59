import type { NamedBytes } from '../../core/named-bytes.ts';

const OPENING = new Set([...'{["'].map((character) => character.charCodeAt(0)));

/**
 * The same file as plain UTF-8 where it is text in another form: UTF-16, as Windows' programs write it, or with a byte order
 * mark in front. Other files stay as they are.
 */
export function toPlainText(file: NamedBytes): NamedBytes {
  const encoding = encodingOf(file.bytes);
  if (encoding === null) return file;
  // Decoding takes the mark away, too.
  return { name: file.name, bytes: new TextEncoder().encode(new TextDecoder(encoding).decode(file.bytes)) };
}

/** `null`: plain UTF-8, or no text. */
function encodingOf([first, second, third]: Uint8Array): string | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  // JSON begins with characters of ASCII, so that without a mark its zero bytes tell (RFC 4627, 3).
  if (first !== undefined && OPENING.has(first) && second === 0) return 'utf-16le';
  if (first === 0 && second !== undefined && OPENING.has(second)) return 'utf-16be';
  return null;
}
