import { strFromU8 } from 'fflate';
import { LimnError } from '../../core/errors.ts';

/** Reads little-endian numbers one after the other, and never past the end. */
export class Cursor {
  readonly name: string;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array, name: string) {
    this.name = name;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Bytes. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  float(): number {
    return this.#view.getFloat32(this.skip(4), true);
  }

  word(): number {
    return this.#view.getUint32(this.skip(4), true);
  }

  short(): number {
    return this.#view.getUint16(this.skip(2), true);
  }

  text(): string {
    const length = this.short();
    const at = this.skip(length);
    return strFromU8(this.#bytes.subarray(at, at + length));
  }

  floats(length: number): Float32Array {
    const at = this.skip(length * 4);
    // Copied, for floats need their alignment.
    const copy = new Uint8Array(length * 4);
    copy.set(this.#bytes.subarray(at, at + copy.length));
    return new Float32Array(copy.buffer);
  }

  /** @returns where it was before */
  skip(length: number): number {
    const at = this.#at;
    if (length > this.left) {
      throw new LimnError(
        `${this.name} is cut off or damaged: it ends at byte ${this.#bytes.length} in the middle of something.`,
      );
    }
    this.#at += length;
    return at;
  }
}
