/**
 * Writes a flatbuffer from front to back.
 *
 * Flatbuffer references point forward only (an unsigned distance from the reference to its target), which is
 * why usual builders write back to front. Here children are appended behind their parents and each reference
 * is patched when its target's place is known, so that everything can also point into bytes that follow.
 *
 * Format: https://flatbuffers.dev/internals/
 */
export class ForwardFlatbuffer {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Reserves `size` zero bytes at a multiple of `alignment`; returns their position. */
  reserve(size: number, alignment = 4): number {
    const position = Math.ceil(this.#length / alignment) * alignment;
    this.#length = position + size;
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(this.#length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return position;
  }

  writeUint32(position: number, value: number): void {
    this.#view.setUint32(position, value, true);
  }

  writeUint8(position: number, value: number): void {
    this.#view.setUint8(position, value);
  }

  /** Makes the reference at `position` point at `target` (a later position). */
  pointTo(position: number, target: number): void {
    this.writeUint32(position, target - position);
  }

  /**
   * A table with the given fields, each of four bytes (`null`: absent, the default holds).
   * Returns the position of the table and of every field.
   */
  table(fields: readonly (number | null)[]): { position: number; fields: number[] } {
    const vtable = this.reserve(4 + 2 * fields.length, 4);
    const present = fields.filter((field) => field !== null).length;
    const size = 4 + 4 * present;
    const position = this.reserve(size, 4);
    this.#view.setUint16(vtable, 4 + 2 * fields.length, true);
    this.#view.setUint16(vtable + 2, size, true);
    this.#view.setInt32(position, position - vtable, true);
    let offset = 4;
    const positions = fields.map((field, index) => {
      if (field === null) return -1;
      this.#view.setUint16(vtable + 4 + 2 * index, offset, true);
      this.writeUint32(position + offset, field);
      offset += 4;
      return position + offset - 4;
    });
    return { position, fields: positions };
  }

  /** A vector of `count` four-byte elements, zero for now; returns its position (that of the length). */
  vector(count: number): number {
    const position = this.reserve(4 + 4 * count);
    this.writeUint32(position, count);
    return position;
  }

  floatVector(values: readonly number[]): number {
    const position = this.vector(values.length);
    for (const [index, value] of values.entries())
      this.#view.setFloat32(position + 4 + 4 * index, value, true);
    return position;
  }

  /** A vector of bytes whose content starts at a multiple of `alignment`. */
  byteVector(values: Uint8Array, alignment = 16): number {
    const content = this.reserve(values.length + 4, 4);
    const padding = (alignment - ((content + 4) % alignment)) % alignment;
    this.reserve(padding, 1);
    const position = content + padding;
    this.writeUint32(position, values.length);
    this.#bytes.set(values, position + 4);
    return position;
  }

  string(text: string): number {
    const characters = new TextEncoder().encode(text);
    const position = this.reserve(4 + characters.length + 1);
    this.writeUint32(position, characters.length);
    this.#bytes.set(characters, position + 4);
    return position;
  }

  /** The bytes written so far, padded to a multiple of `alignment`. */
  finish(alignment = 16): Uint8Array {
    this.reserve(0, alignment);
    return this.#bytes.slice(0, this.#length);
  }
}
