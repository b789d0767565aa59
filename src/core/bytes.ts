/** Parts one after the other. */
export function concat(parts: Iterable<Uint8Array>): Uint8Array<ArrayBuffer> {
  const all = [...parts];
  const result = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of all) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/** What typed arrays lie in, to be handed over with them. Whatever else is among them is passed over. */
export function buffersOf(items: readonly unknown[]): ArrayBufferLike[] {
  return items.flatMap((item) => (ArrayBuffer.isView(item) ? [item.buffer] : []));
}

/** Bytes as the letters of their numbers, as ISO 8859-1 has them. Of any length, which `String.fromCharCode` doesn't take. */
export function toLatin1(bytes: Iterable<number>): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
