import { strFromU8 } from 'fflate';
import { LimnError } from '../../core/errors.ts';

const VARINT = 0;
const FIXED_64 = 1;
const BYTES = 2;
const FIXED_32 = 5;
const VARINT_BYTES = 10;

/** One field of a message. What its number means only the message's definition says. */
export interface ProtoField {
  readonly number: number;
  /** Of a varint, as far as it is a safe integer; two's complement for negative ones. */
  readonly integer: number;
  /** Of a fixed field, its bytes as they are; of a length-delimited one, its content. */
  readonly bytes: Uint8Array;
  readonly type: 'varint' | 'bytes' | 'fixed32' | 'fixed64';
}

const NOTHING = new Uint8Array(0);

/**
 * The fields of a message in their order, without a definition: a small reader instead of generated megabytes.
 *
 * Format: protobuf.dev, "Encoding".
 *
 * @throws {LimnError} if a length leads beyond the end, or a field is of a kind that there isn't
 */
export function* readFields(bytes: Uint8Array, what: string): Generator<ProtoField> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const damaged = (why: string): LimnError =>
    new LimnError(
      `${what} is damaged at byte ${at}: ${why}. It may be cut off, or no such file: copy it again.`,
    );
  const take = (length: number): Uint8Array => {
    if (length > bytes.length - at)
      throw damaged(`${length} bytes are to follow, and ${bytes.length - at} do`);
    at += length;
    return bytes.subarray(at - length, at);
  };
  const varint = (): bigint => {
    let value = 0n;
    for (let i = 0; i < VARINT_BYTES; i++) {
      if (at >= bytes.length) throw damaged('a number goes on beyond the end');
      const byte = view.getUint8(at++);
      value |= BigInt(byte & 0x7f) << BigInt(7 * i);
      if (byte < 0x80) return value;
    }
    throw damaged('a number is longer than numbers are');
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const number = Math.floor(key / 8);
    if (number === 0) throw damaged('a field has no number');
    switch (key % 8) {
      case VARINT: {
        const integer = Number(BigInt.asIntN(64, varint()));
        yield { number, integer, bytes: NOTHING, type: 'varint' };
        break;
      }
      case FIXED_64:
        yield { number, integer: 0, bytes: take(8), type: 'fixed64' };
        break;
      case BYTES: {
        const length = Number(varint());
        yield { number, integer: 0, bytes: take(length), type: 'bytes' };
        break;
      }
      case FIXED_32:
        yield { number, integer: 0, bytes: take(4), type: 'fixed32' };
        break;
      default:
        throw damaged(`a field is of kind ${key % 8}, which there isn't`);
    }
  }
}

export function textOf({ bytes }: ProtoField): string {
  return strFromU8(bytes);
}

/** Floats of a repeated field: packed, or one a field. */
export function floatsOf({ bytes }: ProtoField): Float32Array {
  // Copied, for floats need their alignment; `slice` of some arrays is no copy.
  const copy = new Uint8Array(bytes.length - (bytes.length % 4));
  copy.set(bytes.subarray(0, copy.length));
  return new Float32Array(copy.buffer);
}

/** Integers of a repeated field: packed, or one a field. @throws {LimnError} as `readFields` */
export function integersOf(field: ProtoField): number[] {
  if (field.type === 'varint') return [field.integer];
  const integers: number[] = [];
  let value = 0n;
  let shift = 0n;
  for (const byte of field.bytes) {
    value |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (byte >= 0x80 && shift < 70n) continue;
    integers.push(Number(BigInt.asIntN(64, value)));
    value = 0n;
    shift = 0n;
  }
  return integers;
}
