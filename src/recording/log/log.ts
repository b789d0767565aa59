import { LimnError } from '../../core/errors.ts';
import { crc32 } from '../../core/numbers/crc32.ts';
import { type BatchSummary, countFrames, summarizeBatch, summaryLength } from './frame-codec.ts';
import type { Medium } from './medium.ts';

/*
 * A recording on disk: a file that is only appended to, so that whatever ends the page leaves all but the last
 * moment whole. Numbers are little-endian.
 *
 *     7 bytes   "LIMNLOG"
 *     u8        version, 1
 *     chunks:
 *       u32     kind: 1 info, 2 frames, 3 picture, 4 step
 *       u32     length of the content in bytes
 *       u32     CRC-32 of kind, length and content
 *       …       content: JSON (`StoredInfo`) | a batch as in frame-codec.ts | JPEG | JSON (`Step`)
 *
 * Of several infos or pictures the last counts; steps are corrections by hand, in their order. A chunk that is cut off or whose checksum is wrong ends the log:
 * it and all behind it are cut away when the log is opened to be written.
 */

const MAGIC = new TextEncoder().encode('LIMNLOG');
const VERSION = 1;
const HEADER_BYTES = MAGIC.length + 1;
const HEAD_BYTES = 12;
const LENGTH_AT = 4;
const CRC_AT = 8;
/** Longer chunks are never written, and a damaged length doesn't ask for gigabytes. */
const MAXIMUM_CHUNK_BYTES = 2 ** 26;
/** What a batch's own head tells without its frames. */
const BATCH_HEAD_BYTES = summaryLength(0);

export type ChunkKind = 'info' | 'frames' | 'picture' | 'step';
const KINDS: Readonly<Record<ChunkKind, number>> = { info: 1, frames: 2, picture: 3, step: 4 };

/** Where a chunk's content lies, in bytes. */
interface Place {
  readonly at: number;
  readonly length: number;
}

/** Where a batch of frames lies, and which it is. */
interface BatchEntry extends BatchSummary, Place {
  /** Position of its first frame among all. */
  readonly firstFrame: number;
}

/** A recording's file, open. */
export class Log {
  readonly #medium: Medium;
  readonly #batches: BatchEntry[] = [];
  readonly #steps: Place[] = [];
  #info: Place | null = null;
  #picture: Place | null = null;

  private constructor(medium: Medium) {
    this.#medium = medium;
  }

  static create(medium: Medium): Log {
    medium.truncate(0);
    medium.append(new Uint8Array([...MAGIC, VERSION]));
    return new Log(medium);
  }

  /**
   * @param isChecked check every checksum and cut away what is damaged; else only look where things lie
   * @throws {LimnError} if it is no log, or of another version
   */
  static open(medium: Medium, isChecked: boolean): Log {
    const header = medium.read(0, HEADER_BYTES);
    if (header.length < HEADER_BYTES || MAGIC.some((byte, i) => header[i] !== byte)) {
      throw new LimnError('It is no recording of Limn, or its beginning is damaged.');
    }
    const version = header[MAGIC.length];
    if (version !== VERSION) {
      throw new LimnError(`It is in version ${version} of the format; this Limn reads version ${VERSION}.`);
    }
    const log = new Log(medium);
    const end = log.#scan(isChecked);
    if (isChecked && end < medium.size) medium.truncate(end);
    return log;
  }

  /** The same, with every checksum checked, and what is damaged cut away; takes this one's place. */
  checked(): Log {
    return Log.open(this.#medium, true);
  }

  /** Is all of it on disk? */
  get isLasting(): boolean {
    return this.#medium.isLasting;
  }

  get byteLength(): number {
    return this.#medium.size;
  }

  /** Frames in all. */
  get frames(): number {
    const last = this.#batches.at(-1);
    return last ? last.firstFrame + last.frames : 0;
  }

  /** Batches in all. */
  get batches(): number {
    return this.#batches.length;
  }

  /** Seconds of the first and the last frame; `null` if there is none. */
  get timeRange(): readonly [first: number, last: number] | null {
    const first = this.#batches.find(({ frames }) => frames > 0);
    const last = this.#batches.findLast(({ frames }) => frames > 0);
    return first && last ? [first.firstTime, last.lastTime] : null;
  }

  /** @throws {LimnError} if it is longer than anything that is read */
  append(kind: ChunkKind, content: Uint8Array): void {
    if (content.length > MAXIMUM_CHUNK_BYTES) {
      throw new LimnError(
        `A part of the recording has ${content.length} bytes, more than the ${MAXIMUM_CHUNK_BYTES} that are kept at once: there is too much in its frames.`,
      );
    }
    const chunk = new Uint8Array(HEAD_BYTES + content.length);
    const view = new DataView(chunk.buffer);
    view.setUint32(0, KINDS[kind], true);
    view.setUint32(LENGTH_AT, content.length, true);
    chunk.set(content, HEAD_BYTES);
    view.setUint32(CRC_AT, checksum(chunk.subarray(0, CRC_AT), content), true);
    const at = this.#medium.size;
    this.#medium.append(chunk);
    this.#note(KINDS[kind], at + HEAD_BYTES, content.length, content);
  }

  /** What the recording says of itself. @throws {LimnError} if that is lost */
  info(): Uint8Array<ArrayBuffer> {
    const bytes = this.last('info');
    if (!bytes) throw new LimnError('The recording has lost what it says of itself.');
    return bytes;
  }

  /** The last info or picture; `null` if there is none. */
  last(kind: 'info' | 'picture'): Uint8Array<ArrayBuffer> | null {
    const entry = kind === 'info' ? this.#info : this.#picture;
    return entry && this.#medium.read(entry.at, entry.length);
  }

  /** All corrections, in the order in which they were made. */
  steps(): Uint8Array<ArrayBuffer>[] {
    return this.#steps.map(({ at, length }) => this.#medium.read(at, length));
  }

  /** Encoded batches by their position; those that are damaged are empty. */
  read(first: number, count: number): Uint8Array<ArrayBuffer>[] {
    return this.#batches.slice(first, first + count).map((batch) => this.#readWhole(batch));
  }

  /**
   * Encoded batches with the frames from a time to another, both in seconds and included; with the last frame before that and
   * the first one behind it, however far they are, and their neighbours. Those that are damaged are empty.
   */
  readTimes(from: number, to: number): Uint8Array<ArrayBuffer>[] {
    const batches = this.#batches.filter(({ frames }) => frames > 0);
    const first = batches.findLastIndex(({ firstTime }) => firstTime <= from);
    const last = batches.findIndex(({ lastTime }) => lastTime >= to);
    return batches
      .slice(Math.max(0, first - 1), last < 0 ? batches.length : last + 2)
      .map((batch) => this.#readWhole(batch));
  }

  /** Where it was only looked where things lie, nobody knows yet whether a number has changed on the disk. */
  #readWhole({ at, length }: Place): Uint8Array<ArrayBuffer> {
    const chunk = this.#medium.read(at - HEAD_BYTES, HEAD_BYTES + length);
    const content = chunk.slice(HEAD_BYTES);
    const { byteOffset } = chunk;
    const stated = new DataView(chunk.buffer, byteOffset).getUint32(CRC_AT, true);
    return checksum(chunk.subarray(0, CRC_AT), content) === stated ? content : new Uint8Array();
  }

  close(): void {
    this.#medium.close();
  }

  /** @returns where the whole chunks end */
  #scan(isChecked: boolean): number {
    let at = HEADER_BYTES;
    while (at + HEAD_BYTES <= this.#medium.size) {
      const head = this.#medium.read(at, HEAD_BYTES);
      const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
      const [kind, length] = [view.getUint32(0, true), view.getUint32(LENGTH_AT, true)];
      const start = at + HEAD_BYTES;
      if (!Object.values(KINDS).includes(kind) || length > MAXIMUM_CHUNK_BYTES) return at;
      if (start + length > this.#medium.size) return at;
      const content = this.#medium.read(start, isChecked ? length : this.#lookAt(kind, start, length));
      if (isChecked && checksum(head.subarray(0, CRC_AT), content) !== view.getUint32(CRC_AT, true)) {
        return at;
      }
      if (!this.#note(kind, start, length, content)) return at;
      at = start + length;
    }
    return at;
  }

  /** How many bytes of a chunk have to be read to know what it is. */
  #lookAt(kind: number, start: number, length: number): number {
    if (kind !== KINDS.frames || length < BATCH_HEAD_BYTES) return 0;
    return Math.min(length, summaryLength(countFrames(this.#medium.read(start, BATCH_HEAD_BYTES))));
  }

  /** @returns whether the content is what its kind says */
  #note(kind: number, at: number, length: number, content: Uint8Array): boolean {
    if (kind === KINDS.info) this.#info = { at, length };
    else if (kind === KINDS.picture) this.#picture = { at, length };
    else if (kind === KINDS.step) this.#steps.push({ at, length });
    else {
      try {
        this.#batches.push({ ...summarizeBatch(content), at, length, firstFrame: this.frames });
      } catch {
        return false;
      }
    }
    return true;
  }
}

function checksum(head: Uint8Array, content: Uint8Array): number {
  return crc32(content, crc32(head));
}
