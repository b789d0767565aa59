import { toLatin1 } from '../bytes.ts';

/** Takes what a pickle is made of off its bytes, one after the other, and never past their end. */
export class PickleBytes {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  /** Makes the error of a fault. */
  readonly #onFault: (why: string) => Error;
  #at: number;

  constructor(bytes: Uint8Array, at: number, onFault: (why: string) => Error) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#onFault = onFault;
    this.#at = at;
  }

  /** Where the next byte is. */
  get position(): number {
    return this.#at;
  }

  short(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  integer(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  /** The only numbers that are big-endian. */
  float(): number {
    return this.#view.getFloat64(this.#take(8), false);
  }

  byte(): number {
    return this.#view.getUint8(this.#take(1));
  }

  word(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** Little-endian, two's complement. */
  long(length: number): number | bigint {
    const bytes = this.slice(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
    if (length > 0 && (bytes[length - 1] ?? 0) & 0x80) value -= 1n << BigInt(8 * length);
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }

  /** UTF-8. */
  text(length: number): string {
    return new TextDecoder().decode(this.slice(length));
  }

  /** A character a byte: the strings of Python 2, which may be texts or any bytes. */
  characters(length: number): string {
    return toLatin1(this.slice(length));
  }

  /** Up to the end of the line, which is not part of it. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw this.#onFault('a line in it has no end');
    const line = this.text(end - this.#at);
    this.#take(1);
    return line;
  }

  slice(length: number): Uint8Array {
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }

  /** @returns where it was before */
  #take(length: number): number {
    const at = this.#at;
    if (length > this.#bytes.length - at) throw this.#onFault('it ends in the middle of something');
    this.#at += length;
    return at;
  }
}
