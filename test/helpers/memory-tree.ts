/** Tells whoever writes that there is no room. */
const full = () => new DOMException('There is no room left.', 'QuotaExceededError');
const missing = (name: string) => new DOMException(`${name} is not there.`, 'NotFoundError');

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
}

/**
 * A private file system with folders in memory, for tests under Node: as much of it as networks use. After so many written bytes
 * there is no room, or no power, left: a write that is under way is left half done, and nothing is written or removed after it.
 */
export class MemoryTree {
  readonly #root: Folder = { folders: new Map(), files: new Map() };
  #bytesLeft = Number.POSITIVE_INFINITY;
  /** Is it the power that goes? Then nothing is removed, either. */
  #isPower = false;

  /** Takes the place of `navigator.storage.getDirectory`. */
  readonly getDirectory = async (): Promise<FileSystemDirectoryHandle> => this.#open(this.#root, '');

  endAfter(bytes: number, what: 'room' | 'power'): void {
    this.#bytesLeft = bytes;
    this.#isPower = what === 'power';
  }

  restore(): void {
    this.#bytesLeft = Number.POSITIVE_INFINITY;
  }

  /** Paths of all files. */
  get paths(): readonly string[] {
    const list = (folder: Folder, path: string): string[] => [
      ...[...folder.files.keys()].map((name) => `${path}${name}`),
      ...[...folder.folders].flatMap(([name, inner]) => list(inner, `${path}${name}/`)),
    ];
    return list(this.#root, '').sort();
  }

  #open(folder: Folder, name: string): FileSystemDirectoryHandle {
    const { folders, files } = folder;
    return {
      kind: 'directory',
      name,
      getDirectoryHandle: async (inner: string, { create = false } = {}) => {
        const found = folders.get(inner) ?? (create ? { folders: new Map(), files: new Map() } : null);
        if (!found) throw missing(inner);
        folders.set(inner, found);
        return this.#open(found, inner);
      },
      getFileHandle: async (inner: string, { create = false } = {}) => {
        if (!files.has(inner) && !create) throw missing(inner);
        if (!files.has(inner)) files.set(inner, new Uint8Array(0));
        return {
          getFile: async () => new Blob([files.get(inner) ?? new Uint8Array(0)]),
          createSyncAccessHandle: async () => this.#write(folder, inner),
        };
      },
      removeEntry: async (inner: string) => {
        if (this.#isPower && this.#bytesLeft <= 0) throw full();
        if (!folders.delete(inner) && !files.delete(inner)) throw missing(inner);
      },
      async *keys() {
        yield* [...folders.keys(), ...files.keys()];
      },
      values: () => this.#values(folder),
    } as unknown as FileSystemDirectoryHandle;
  }

  async *#values({ folders, files }: Folder): AsyncGenerator<unknown> {
    for (const [name, inner] of folders) yield this.#open(inner, name);
    for (const name of files.keys()) yield { kind: 'file', name };
  }

  #write({ files }: Folder, name: string): unknown {
    return {
      truncate: () => {
        if (this.#bytesLeft <= 0) throw full();
        files.set(name, new Uint8Array(0));
      },
      write: (bytes: Uint8Array) => {
        const length = Math.min(bytes.length, this.#bytesLeft);
        this.#bytesLeft -= length;
        files.set(name, bytes.slice(0, length));
        return length;
      },
      flush: () => undefined,
      close: () => undefined,
    };
  }
}
