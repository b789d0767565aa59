import { toLatin1 } from '../../core/bytes.ts';
import { LimnError } from '../../core/errors.ts';

const WORD = 4;
const SHORT = 2;

/**
 * A table of a flatbuffer, read without a definition: fields by their position. Nothing is read beyond the end.
 *
 * Format: flatbuffers.dev, "FlatBuffer Internals".
 */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;
  readonly #fields: number;
  readonly #what: string;

  private constructor(view: DataView, at: number, what: string) {
    this.#view = view;
    this.#at = at;
    this.#what = what;
    this.#fields = at - this.#signed(at);
    this.#check(this.#fields, WORD);
  }

  /** The table that a file is. @throws {LimnError} if the file is too short, or damaged */
  static root(bytes: Uint8Array, what: string): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < 2 * WORD) throw new LimnError(`${what} is too short (${bytes.length} bytes).`);
    return new FlatTable(view, view.getUint32(0, true), what);
  }

  /** A whole number of 1, 2 or 4 bytes. */
  integer(field: number, size: 1 | 2 | 4, otherwise = 0): number {
    const at = this.#place(field);
    if (at === 0) return otherwise;
    this.#check(at, size);
    if (size === 1) return this.#view.getInt8(at);
    return size === 2 ? this.#view.getInt16(at, true) : this.#view.getInt32(at, true);
  }

  text(field: number): string {
    return toLatin1(this.bytes(field).subarray(0, 1000));
  }

  /** `null`: there is none. */
  table(field: number): FlatTable | null {
    const at = this.#place(field);
    return at === 0 ? null : new FlatTable(this.#view, at + this.#unsigned(at), this.#what);
  }

  tables(field: number): FlatTable[] {
    const { start, length } = this.#vector(field, WORD);
    return Array.from({ length }, (_, i) => {
      const at = start + i * WORD;
      return new FlatTable(this.#view, at + this.#unsigned(at), this.#what);
    });
  }

  integers(field: number): number[] {
    const { start, length } = this.#vector(field, WORD);
    return Array.from({ length }, (_, i) => this.#view.getInt32(start + i * WORD, true));
  }

  /** Whole numbers of 16 bits without a sign. */
  shorts(field: number): number[] {
    const { start, length } = this.#vector(field, SHORT);
    return Array.from({ length }, (_, i) => this.#view.getUint16(start + i * SHORT, true));
  }

  floats(field: number): number[] {
    const { start, length } = this.#vector(field, WORD);
    return Array.from({ length }, (_, i) => this.#view.getFloat32(start + i * WORD, true));
  }

  /** Whole numbers of 64 bits, as far as they are safe. */
  longs(field: number): number[] {
    const { start, length } = this.#vector(field, 2 * WORD);
    return Array.from({ length }, (_, i) => Number(this.#view.getBigInt64(start + i * 2 * WORD, true)));
  }

  bytes(field: number): Uint8Array {
    const { start, length } = this.#vector(field, 1);
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + start, length);
  }

  #vector(field: number, size: number): { start: number; length: number } {
    const place = this.#place(field);
    if (place === 0) return { start: 0, length: 0 };
    const at = place + this.#unsigned(place);
    const length = this.#unsigned(at);
    this.#check(at + WORD, length * size);
    return { start: at + WORD, length };
  }

  /** Where a field lies; 0: the table hasn't got it. */
  #place(field: number): number {
    const size = this.#view.getUint16(this.#fields, true);
    const entry = 2 * SHORT + field * SHORT;
    if (entry + SHORT > size) return 0;
    this.#check(this.#fields + entry, SHORT);
    const offset = this.#view.getUint16(this.#fields + entry, true);
    return offset === 0 ? 0 : this.#at + offset;
  }

  #unsigned(at: number): number {
    this.#check(at, WORD);
    return this.#view.getUint32(at, true);
  }

  #signed(at: number): number {
    this.#check(at, WORD);
    return this.#view.getInt32(at, true);
  }

  #check(at: number, length: number): void {
    if (at >= 0 && at + length <= this.#view.byteLength) return;
    throw new LimnError(
      `${this.#what} is damaged: something in it lies at byte ${at}, beyond its end. Copy it again.`,
    );
  }
}
