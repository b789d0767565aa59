/** Tells whoever writes that the machine has gone off in the middle of it. */
export class PowerCut extends Error {}

interface MemoryFile {
  bytes: Uint8Array<ArrayBuffer>;
  isLocked: boolean;
  /** Grows with every write. */
  written: number;
}

/**
 * An origin's private file system in memory, for the store under Node: as much of it as Limn uses. The power can be
 * cut after so many written bytes: a write that is under way then is left half done, and nothing is written after it.
 */
export class MemoryFiles {
  /** Told when the power goes. */
  onCut: () => void = () => undefined;
  readonly #files = new Map<string, MemoryFile>();
  #bytesLeft = Number.POSITIVE_INFINITY;

  /** Takes the place of `navigator.storage.getDirectory`. */
  readonly getDirectory = async (): Promise<FileSystemDirectoryHandle> =>
    this.#folder as unknown as FileSystemDirectoryHandle;

  /** @param bytes how many more are written */
  cutPowerAfter(bytes: number): void {
    this.#bytesLeft = bytes;
  }

  /** Files are whole as far as they were written, and nobody holds one any more. */
  restorePower(): void {
    this.#bytesLeft = Number.POSITIVE_INFINITY;
    for (const file of this.#files.values()) file.isLocked = false;
  }

  #opened = 0;

  /** How often a file was opened to be read or written in place. */
  get opened(): number {
    return this.#opened;
  }

  /** How many files are held open. */
  get openCount(): number {
    return [...this.#files.values()].filter(({ isLocked }) => isLocked).length;
  }

  /** Damages a byte. @param at from the start of the file; negative: from its end */
  flip(name: string, at: number): void {
    const { bytes } = this.#files.get(name) ?? { bytes: new Uint8Array() };
    const position = at < 0 ? bytes.length + at : at;
    bytes[position] = (bytes[position] ?? 0) ^ 0xff;
  }

  /** Bytes of all files. */
  get size(): number {
    return [...this.#files.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  readonly #folder = {
    getDirectoryHandle: async () => this.#folder,
    getFileHandle: async (name: string, { create = false } = {}) => {
      if (!this.#files.has(name)) {
        if (!create) throw new DOMException(`${name} is not there.`, 'NotFoundError');
        this.#files.set(name, { bytes: new Uint8Array(0), isLocked: false, written: 0 });
      }
      const file = this.#files.get(name);
      return {
        createSyncAccessHandle: async () => this.#openHandle(name),
        getFile: async () => {
          // As of a disk, it comes later than what was sent to a worker meanwhile.
          await new Promise((resolve) => setImmediate(resolve));
          return new File([file?.bytes ?? ''], name, { lastModified: file?.written ?? 0 });
        },
      };
    },
    keys: () => this.#names(),
    removeEntry: async (name: string) => {
      if (this.#files.get(name)?.isLocked)
        throw new DOMException(`${name} is in use.`, 'NoModificationAllowedError');
      if (!this.#files.delete(name)) throw new DOMException(`${name} is not there.`, 'NotFoundError');
    },
  };

  async *#names(): AsyncGenerator<string> {
    yield* this.#files.keys();
  }

  #cut(): never {
    this.onCut();
    throw new PowerCut();
  }

  #openHandle(name: string): FileSystemSyncAccessHandle {
    const file = this.#files.get(name);
    if (!file) throw new DOMException(`${name} is not there.`, 'NotFoundError');
    if (file.isLocked) throw new DOMException(`${name} is in use.`, 'NoModificationAllowedError');
    file.isLocked = true;
    this.#opened++;
    const resize = (length: number): void => {
      const bytes = new Uint8Array(length);
      bytes.set(file.bytes.subarray(0, length));
      file.bytes = bytes;
    };
    return {
      getSize: () => file.bytes.length,
      read: (target: Uint8Array, { at = 0 } = {}) => {
        const part = file.bytes.subarray(at, at + target.length);
        target.set(part);
        return part.length;
      },
      write: (bytes: Uint8Array, { at = 0 } = {}) => {
        const length = Math.min(bytes.length, this.#bytesLeft);
        this.#bytesLeft -= length;
        if (at + length > file.bytes.length) resize(at + length);
        file.bytes.set(bytes.subarray(0, length), at);
        file.written++;
        if (length < bytes.length) this.#cut();
        return length;
      },
      // Whatever wants to mend a write that broke off can't: there is no power.
      truncate: (length: number) => {
        if (this.#bytesLeft <= 0) this.#cut();
        resize(length);
      },
      flush: () => undefined,
      close: () => {
        file.isLocked = false;
      },
    } as unknown as FileSystemSyncAccessHandle;
  }
}
