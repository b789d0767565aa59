import { strToU8 } from 'fflate';
import { LimnError } from '../../core/errors.ts';
import { append, greatest } from '../../core/lists.ts';

/** Everything in the format comes in blocks of this many bytes, or 16-bit words. */
export const C3D_BLOCK = 512;
export const PARAMETER_KEY = 0x50;
export const MAXIMUM_WORD = 0xffff;
/** "Intel": little-endian, IEEE floats. */
const PROCESSOR = 84;
/** The number of the section's blocks is a byte, and so is each length of a list. */
const MAXIMUM_BLOCKS = 255;
export const MAXIMUM_BYTE = 255;
/** The length of a name is a signed byte, whose sign locks it. */
const MAXIMUM_NAME = 127;
/** The way to the next record is a word that some read with a sign. */
const MAXIMUM_LINK = 0x7fff;
/** Bytes of a record beside its name and content. */
const RECORD_BYTES = 16;
const TEXT = -1;
const BYTE = 1;
const INTEGER = 2;
const FLOAT = 4;

/**
 * Groups and their parameters one after the other, as a C3D file chains them. Lists and texts that are too long for one
 * parameter go on in others: `NAME2`, `NAME3` and so on.
 *
 * Format: c3d.org, "The C3D File Format User Guide", The parameter section.
 */
export class ParameterWriter {
  readonly #bytes: number[] = [1, PARAMETER_KEY, 0, PROCESSOR];
  #groups = 0;
  /** Where the last record keeps the way to the next. */
  #lastLinkAt = 0;
  /** Where the number of the first data block goes, which is known last. */
  #dataStartAt: number | null = null;

  group(name: string, description: string): void {
    this.#groups++;
    this.#record(name, -this.#groups, [description.length, ...strToU8(description)]);
  }

  integers(name: string, values: readonly number[]): void {
    const content = values.flatMap((value) => [value & 0xff, (value >> 8) & 0xff]);
    this.#parameter(name, INTEGER, values.length === 1 ? [] : [values.length], content);
  }

  floats(name: string, values: readonly number[]): void {
    const content = [...new Uint8Array(Float32Array.from(values).buffer)];
    this.#parameter(name, FLOAT, values.length === 1 ? [] : [values.length], content);
  }

  /** Rows of so many numbers, one after the other. */
  table(name: string, columns: number, values: readonly number[]): void {
    const content = [...new Uint8Array(Float32Array.from(values).buffer)];
    this.#parameter(name, FLOAT, [columns, values.length / columns], content);
  }

  /** One number a byte, as a list. */
  bytes(name: string, values: readonly number[]): void {
    this.#parameter(name, BYTE, [values.length], values);
  }

  dataStart(name: string): void {
    this.integers(name, [0]);
    // Behind the number is the length of a description, which there is none of.
    this.#dataStartAt = this.#bytes.length - 3;
  }

  /** Texts, each as wide as the widest of those in one parameter. */
  lists(name: string, values: readonly string[]): void {
    const all = values.map((value) => strToU8(toAscii(value)));
    const width = greatest(
      all.map(({ length }) => length),
      1,
    );
    if (width > MAXIMUM_NAME) throw new LimnError(`C3D has no room for the name ${values[0]}.`);
    const most = Math.min(MAXIMUM_BYTE, Math.floor((MAXIMUM_LINK - RECORD_BYTES - MAXIMUM_NAME) / width));
    for (let first = 0, part = 1; first < all.length; first += most, part++) {
      const some = all.slice(first, first + most);
      const content = new Uint8Array(some.length * width).fill(0x20);
      for (const [i, text] of some.entries()) content.set(text, i * width);
      this.#parameter(partName(name, part), TEXT, [width, some.length], content);
    }
  }

  /** One text, cut into rows. */
  text(name: string, value: string): void {
    const ascii = toAscii(value);
    for (let first = 0, part = 1; first < ascii.length; first += TEXT_PART, part++) {
      const some = ascii.slice(first, first + TEXT_PART);
      const rows = Math.ceil(some.length / MAXIMUM_BYTE);
      const content = strToU8(some.padEnd(rows * MAXIMUM_BYTE));
      this.#parameter(partName(name, part), TEXT, [MAXIMUM_BYTE, rows], content);
    }
  }

  /** Would a text still fit? */
  hasRoomFor(value: string): boolean {
    const { length } = toAscii(value);
    const parts = Math.ceil(length / TEXT_PART);
    const needed = length + MAXIMUM_BYTE + parts * (RECORD_BYTES + MAXIMUM_NAME);
    return this.#bytes.length + needed <= MAXIMUM_BLOCKS * C3D_BLOCK;
  }

  /** The section in whole blocks. @throws {LimnError} if there are more than the format can count */
  finish(): Uint8Array {
    // The last record leads nowhere.
    this.#bytes[this.#lastLinkAt] = 0;
    this.#bytes[this.#lastLinkAt + 1] = 0;
    const blocks = Math.ceil((this.#bytes.length + 2) / C3D_BLOCK);
    if (blocks > MAXIMUM_BLOCKS) {
      throw new LimnError(
        `C3D has room for ${MAXIMUM_BLOCKS} blocks of names and facts, and this takes ${blocks}.`,
      );
    }
    this.#bytes[2] = blocks;
    const section = new Uint8Array(blocks * C3D_BLOCK);
    section.set(this.#bytes);
    if (this.#dataStartAt !== null) {
      new DataView(section.buffer).setUint16(this.#dataStartAt, blocks + 2, true);
    }
    return section;
  }

  #parameter(name: string, type: number, dimensions: readonly number[], content: ArrayLike<number>): void {
    const head = [type & 0xff, dimensions.length, ...dimensions];
    this.#record(name, this.#groups, [...head, ...Array.from(content), 0]);
  }

  #record(name: string, group: number, content: readonly number[]): void {
    this.#bytes.push(name.length, group & 0xff);
    append(this.#bytes, strToU8(name));
    this.#lastLinkAt = this.#bytes.length;
    const link = content.length + 2;
    if (link > MAXIMUM_LINK) throw new Error(`${name} is too long for a record.`);
    this.#bytes.push(link & 0xff, link >> 8);
    append(this.#bytes, content);
  }
}

/** Letters of a text in one parameter: whole rows, in a record that every reader can skip. */
const TEXT_PART = Math.floor((MAXIMUM_LINK - RECORD_BYTES) / MAXIMUM_BYTE) * MAXIMUM_BYTE;

function partName(name: string, part: number): string {
  return part === 1 ? name : `${name}${part}`;
}

/** Letters and bytes are the same then; in JSON, `\u` stands for what is replaced. */
function toAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
