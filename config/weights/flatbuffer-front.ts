import { ForwardFlatbuffer } from './forward-flatbuffer.ts';

/** A table of a finished flatbuffer, by the positions of what is in it. Format: https://flatbuffers.dev/internals/ */
export class OldTable {
  readonly #view: DataView;
  readonly position: number;

  constructor(view: DataView, position: number) {
    this.#view = view;
    this.position = position;
  }

  static root(bytes: Uint8Array): OldTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new OldTable(view, view.getUint32(0, true));
  }

  /** Where a field is; `null`: it is absent, and has its default. */
  field(index: number): number | null {
    const vtable = this.position - this.#view.getInt32(this.position, true);
    const entry = 4 + 2 * index;
    const offset =
      entry < this.#view.getUint16(vtable, true) ? this.#view.getUint16(vtable + entry, true) : 0;
    return offset === 0 ? null : this.position + offset;
  }

  uint32(index: number): number | null {
    const position = this.field(index);
    return position === null ? null : this.#view.getUint32(position, true);
  }

  /** Where the vector, text or table is that a field points to. */
  target(index: number): number | null {
    const position = this.field(index);
    return position === null ? null : this.#follow(position);
  }

  /** Where the content of a vector of bytes is; `null`: there is none. */
  bytes(index: number): { readonly start: number; readonly end: number } | null {
    const vector = this.target(index);
    if (vector === null) return null;
    const start = vector + 4;
    return { start, end: start + this.#view.getUint32(vector, true) };
  }

  /** The tables of a vector of tables. */
  tables(index: number): OldTable[] {
    const vector = this.target(index);
    if (vector === null) return [];
    return Array.from(
      { length: this.#view.getUint32(vector, true) },
      (_, i) => new OldTable(this.#view, this.#follow(vector + 4 + 4 * i)),
    );
  }

  #follow(position: number): number {
    return position + this.#view.getUint32(position, true);
  }
}

/**
 * New tables in front of a finished flatbuffer, of which they may refer to anything.
 *
 * Nothing can be appended to a finished flatbuffer that its root refers to, for references point forward only.
 * So a new root is put in front of the old bytes, which stay as they are.
 */
export class FlatbufferFront extends ForwardFlatbuffer {
  /** References into the old bytes, patched once it is known where those begin. */
  readonly #intoOld: { readonly position: number; readonly target: number }[] = [];

  /** The file's first reference and its identifier, of four characters. @returns where the reference is */
  begin(fileId: string): number {
    const root = this.reserve(8);
    for (let i = 0; i < 4; i++) this.writeUint8(root + 4 + i, fileId.charCodeAt(i));
    return root;
  }

  /** Makes the reference at `position` point at something old. */
  pointToOld(position: number, target: number): void {
    this.#intoOld.push({ position, target });
  }

  /**
   * A table like an old one: what isn't given anew stays as it is.
   *
   * @param references fields that are references, by their numbers
   * @param own fields that the caller fills in: a number, or `null` for a reference that is pointed later
   * @returns where the table and its fields are
   */
  tableLike(
    old: OldTable,
    count: number,
    references: readonly number[],
    own: ReadonlyMap<number, number | null>,
  ): { position: number; fields: number[] } {
    const table = this.table(
      Array.from({ length: count }, (_, index) => {
        const given = own.get(index);
        if (given !== undefined) return given ?? 0;
        return references.includes(index) && old.field(index) !== null ? 0 : null;
      }),
    );
    for (const index of references) {
      const target = own.has(index) ? null : old.target(index);
      if (target !== null) this.pointToOld(table.fields[index] ?? -1, target);
    }
    return table;
  }

  /** A vector of references to old tables, with room for more. @returns where the first place left over is */
  oldTables(reference: number, tables: readonly OldTable[], more = 0): number {
    const vector = this.vector(tables.length + more);
    this.pointTo(reference, vector);
    for (const [i, { position }] of tables.entries()) this.pointToOld(vector + 4 + 4 * i, position);
    return vector + 4 + 4 * tables.length;
  }

  /** What was written, and the old bytes behind it, aligned to 16 as TensorFlow Lite wants its buffers. */
  join(old: Uint8Array): Uint8Array {
    const head = this.finish(16);
    const result = new Uint8Array(head.length + old.length);
    result.set(head);
    result.set(old, head.length);
    const view = new DataView(result.buffer);
    for (const { position, target } of this.#intoOld) {
      view.setUint32(position, head.length + target - position, true);
    }
    return result;
  }
}
