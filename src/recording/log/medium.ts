import { LimnError } from '../../core/errors.ts';

/** Bytes that are only ever appended to, or cut off at the end. */
export interface Medium {
  /** Bytes. */
  readonly size: number;
  /** Is all of it still there after closing? */
  readonly isLasting: boolean;
  /** As many bytes as there are from a position on, at most `length`. */
  read(at: number, length: number): Uint8Array<ArrayBuffer>;
  /** All of it, or nothing: what fails leaves no part behind. */
  append(bytes: Uint8Array<ArrayBuffer>): void;
  truncate(size: number): void;
  close(): void;
}

/** A file in the origin's private file system. Closing lets others open it. */
export class FileMedium implements Medium {
  readonly isLasting = true;
  readonly #handle: FileSystemSyncAccessHandle;
  #size: number;

  constructor(handle: FileSystemSyncAccessHandle) {
    this.#handle = handle;
    this.#size = handle.getSize();
  }

  get size(): number {
    return this.#size;
  }

  read(at: number, length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.#size - at)));
    return bytes.subarray(0, this.#handle.read(bytes, { at }));
  }

  append(bytes: Uint8Array<ArrayBuffer>): void {
    let written = 0;
    try {
      written = this.#handle.write(bytes, { at: this.#size });
    } finally {
      if (written !== bytes.length) this.#handle.truncate(this.#size);
    }
    // A full disk is mostly told by an exception; in private windows of Chromium 156 by an error's number (−8)
    // taken for a length (4294967288), and by nothing else.
    if (written !== bytes.length) {
      throw new DOMException(`${bytes.length} bytes could not be written.`, 'QuotaExceededError');
    }
    this.#size += written;
  }

  truncate(size: number): void {
    this.#handle.truncate(size);
    this.#size = size;
  }

  close(): void {
    this.#handle.flush();
    this.#handle.close();
  }
}

/** Bytes in memory, for browsers without a file system and for what no longer fits on the disk. */
export class MemoryMedium implements Medium {
  readonly isLasting = false;
  #blocks: { readonly at: number; readonly bytes: Uint8Array<ArrayBuffer> }[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  read(at: number, length: number): Uint8Array<ArrayBuffer> {
    const result = new Uint8Array(Math.max(0, Math.min(length, this.#size - at)));
    // Reads are mostly of what was appended last, or of all from the start: a search costs more than it saves.
    for (const block of this.#blocks) {
      const from = Math.max(at, block.at);
      const to = Math.min(at + result.length, block.at + block.bytes.length);
      if (from < to) result.set(block.bytes.subarray(from - block.at, to - block.at), from - at);
    }
    return result;
  }

  append(bytes: Uint8Array<ArrayBuffer>): void {
    this.#blocks.push({ at: this.#size, bytes: bytes.slice() });
    this.#size += bytes.length;
  }

  truncate(size: number): void {
    this.#blocks = this.#blocks
      .filter(({ at }) => at < size)
      .map(({ at, bytes }) => ({ at, bytes: bytes.subarray(0, size - at) }));
    this.#size = Math.min(this.#size, size);
  }

  close(): void {
    this.#blocks = [];
  }
}

/** A file as it was at some time: it can only be looked at. */
export class SnapshotMedium implements Medium {
  readonly isLasting = true;
  readonly #bytes: Uint8Array<ArrayBuffer>;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes;
  }

  get size(): number {
    return this.#bytes.length;
  }

  read(at: number, length: number): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(at, at + length);
  }

  append(): void {
    throw new LimnError('The recording is open to be looked at only. Close it, and open it again.');
  }

  truncate(): void {
    this.append();
  }

  close(): void {
    // Nothing is held.
  }
}

/** Writes to one medium until that fails, and to memory from then on. */
export class SpillingMedium implements Medium {
  readonly #first: Medium;
  readonly #onSpill: (reason: unknown) => void;
  #rest: MemoryMedium | null = null;

  constructor(first: Medium, onSpill: (reason: unknown) => void) {
    this.#first = first;
    this.#onSpill = onSpill;
  }

  get isLasting(): boolean {
    return this.#first.isLasting && this.#rest === null;
  }

  get size(): number {
    return this.#first.size + (this.#rest?.size ?? 0);
  }

  /** What was appended at once lies in one of the two. */
  read(at: number, length: number): Uint8Array<ArrayBuffer> {
    const border = this.#first.size;
    return at < border || !this.#rest ? this.#first.read(at, length) : this.#rest.read(at - border, length);
  }

  append(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#rest) {
      this.#rest.append(bytes);
      return;
    }
    try {
      this.#first.append(bytes);
    } catch (reason) {
      this.#rest = new MemoryMedium();
      this.#rest.append(bytes);
      this.#onSpill(reason);
    }
  }

  truncate(size: number): void {
    this.#rest?.truncate(Math.max(0, size - this.#first.size));
    if (size < this.#first.size) this.#first.truncate(size);
  }

  close(): void {
    this.#rest?.close();
    this.#first.close();
  }
}
