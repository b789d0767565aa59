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
  /** By path. */
  readonly #files = new Map<string, MemoryFile>();
  readonly #folders = new Set<string>();
  #room = Number.POSITIVE_INFINITY;
  #roomForParts = Number.POSITIVE_INFINITY;
  #bytesLeft = Number.POSITIVE_INFINITY;

  /** Takes the place of `navigator.storage.getDirectory`. */
  readonly getDirectory = async (): Promise<FileSystemDirectoryHandle> =>
    this.#folderAt('') as unknown as FileSystemDirectoryHandle;

  /** @param bytes how many more are written */
  cutPowerAfter(bytes: number): void {
    this.#bytesLeft = bytes;
  }

  /** Files are whole as far as they were written, and nobody holds one any more. */
  restorePower(): void {
    this.#bytesLeft = Number.POSITIVE_INFINITY;
    for (const file of this.#files.values()) file.isLocked = false;
  }

  /** @param bytes how many more the disk has room for; the write that would take more fails, and changes nothing */
  fillDiskAfter(bytes: number): void {
    this.#room = bytes;
  }

  /** @param bytes how many more the disk has room for; the write that would take more writes only so many */
  shortenWritesAfter(bytes: number): void {
    this.#roomForParts = bytes;
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

  /** Damages a byte. @param name without its folders @param at from the start of the file; negative: from its end */
  flip(name: string, at: number): void {
    const [, { bytes }] = [...this.#files].find(([path]) => path.endsWith(`/${name}`)) ?? [
      name,
      { bytes: new Uint8Array() },
    ];
    const position = at < 0 ? bytes.length + at : at;
    bytes[position] = (bytes[position] ?? 0) ^ 0xff;
  }

  /** Changes what a file says. @param path with its folders @throws if it isn't there */
  rewrite(path: string, change: (text: string) => string): void {
    const file = this.#files.get(path);
    if (!file) throw new Error(`${path} is not there.`);
    file.bytes = new TextEncoder().encode(change(new TextDecoder().decode(file.bytes)));
  }

  /** Bytes of all files. */
  get size(): number {
    return [...this.#files.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  /** The names of all files, with their folders: `limn/recordings/walk.limnlog`. */
  get paths(): string[] {
    return [...this.#files.keys()];
  }

  /** Moves a folder's files, as to where an earlier version has left them. */
  move(from: string, to: string): void {
    for (const [path, file] of [...this.#files]) {
      if (!path.startsWith(`${from}/`)) continue;
      this.#files.delete(path);
      this.#files.set(`${to}${path.slice(from.length)}`, file);
      this.#folders.add(to);
    }
    this.#folders.delete(from);
  }

  /** Is it there, or does something lie in it? */
  #hasFolder(path: string): boolean {
    return this.#folders.has(path) || this.#names(`${path}/`).length > 0;
  }

  /** Of what lies directly in a folder. @param inside its path with a slash behind it; `''`: the root */
  #names(inside: string): string[] {
    const paths = [...this.#files.keys(), ...this.#folders].filter((path) => path.startsWith(inside));
    return [...new Set(paths.map((path) => path.slice(inside.length).split('/')[0] ?? ''))];
  }

  #folderAt(folder: string) {
    const inside = folder === '' ? '' : `${folder}/`;
    const notThere = (name: string) => new DOMException(`${name} is not there.`, 'NotFoundError');
    const getDirectoryHandle = async (name: string, { create = false } = {}): Promise<unknown> => {
      if (!this.#hasFolder(inside + name)) {
        if (!create) throw notThere(name);
        this.#folders.add(inside + name);
      }
      return this.#folderAt(inside + name);
    };
    return {
      kind: 'directory',
      name: folder.replace(/^.*\//, ''),
      getDirectoryHandle,
      getFileHandle: async (name: string, { create = false } = {}) => {
        const path = inside + name;
        if (!this.#files.has(path)) {
          if (!create) throw notThere(name);
          this.#files.set(path, { bytes: new Uint8Array(0), isLocked: false, written: 0 });
        }
        const file = this.#files.get(path);
        return {
          kind: 'file',
          createSyncAccessHandle: async () => this.#openHandle(path),
          getFile: async () => {
            // As of a disk, it comes later than what was sent to a worker meanwhile.
            await new Promise((resolve) => setImmediate(resolve));
            return new File([file?.bytes ?? ''], name, { lastModified: file?.written ?? 0 });
          },
        };
      },
      keys: () => toAsync(this.#names(inside)),
      values: () =>
        toAsync(
          this.#names(inside).map((name): { readonly kind: string; readonly name: string } =>
            this.#hasFolder(inside + name) ? this.#folderAt(inside + name) : { kind: 'file', name },
          ),
        ),
      removeEntry: async (name: string, { recursive = false } = {}) => {
        if (this.#bytesLeft <= 0) this.#cut();
        const path = inside + name;
        if (recursive) {
          for (const each of this.paths) if (each.startsWith(`${path}/`)) this.#files.delete(each);
          for (const each of [...this.#folders])
            if (`${each}/`.startsWith(`${path}/`)) this.#folders.delete(each);
          return;
        }
        if (this.#files.get(path)?.isLocked)
          throw new DOMException(`${name} is in use.`, 'NoModificationAllowedError');
        if (!this.#files.delete(path)) throw notThere(name);
      },
    };
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
        if (bytes.length > this.#room) throw new DOMException('The disk is full.', 'QuotaExceededError');
        this.#room -= bytes.length;
        const asked = Math.min(bytes.length, this.#roomForParts);
        this.#roomForParts -= asked;
        const length = Math.min(asked, this.#bytesLeft);
        this.#bytesLeft -= length;
        if (at + length > file.bytes.length) resize(at + length);
        file.bytes.set(bytes.subarray(0, length), at);
        file.written++;
        if (length < asked) this.#cut();
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

async function* toAsync<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}
