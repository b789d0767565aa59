import { LimnError } from '../core/errors.ts';
import { isNamed, openFolder } from './log/private-files.ts';

const FOLDER = 'takes';

/** What a kept video can be: MP4 or WebM. */
export const KEPT_VIDEO_TYPES = { mp4: 'video/mp4', webm: 'video/webm' } as const;
export type KeptVideoKind = keyof typeof KEPT_VIDEO_TYPES;
const KINDS = Object.keys(KEPT_VIDEO_TYPES) as readonly KeptVideoKind[];

/** A video that is being written, on disk or in memory. */
interface WrittenVideo {
  readonly kind: KeptVideoKind;
  write(bytes: Uint8Array<ArrayBuffer>, position: number): void;
  /** @returns all of it, where it lies in memory; `null`: it is on the disk */
  end(): Blob | null;
}

/**
 * Videos that belong to recordings: what a camera has given. They lie in the origin's private file system as they come, beside
 * the recordings' logs; in memory where there is none. For a worker: only there can files be written in place.
 */
export class KeptVideos {
  readonly #written = new Map<string, WrittenVideo>();
  readonly #inMemory = new Map<string, Blob>();
  #folder: Promise<FileSystemDirectoryHandle | null> | null = null;

  /** Begins the video of a recording. */
  async begin(id: string, kind: KeptVideoKind): Promise<void> {
    if (this.#written.has(id)) throw new LimnError('The video of this recording is being written already.');
    const folder = await this.#findFolder();
    const file = await folder?.getFileHandle(fileName(id, kind), { create: true });
    const handle = await file?.createSyncAccessHandle?.();
    handle?.truncate(0);
    this.#written.set(id, handle ? new VideoOnDisk(kind, handle) : new VideoInMemory(kind));
  }

  /** @param position bytes from its start  @throws a `DOMException` named `QuotaExceededError` where the disk is full */
  write(id: string, bytes: Uint8Array<ArrayBuffer>, position: number): void {
    const video = this.#written.get(id);
    if (!video) throw new LimnError('The video of this recording is not being written any more.');
    video.write(bytes, position);
  }

  /** It is whole, or as whole as it gets. */
  end(id: string): void {
    const blob = this.#written.get(id)?.end();
    this.#written.delete(id);
    if (blob) this.#inMemory.set(id, blob);
  }

  /** The video of a recording; `null`: it has none, or it is still being written. */
  async find(id: string): Promise<Blob | null> {
    const kept = this.#inMemory.get(id);
    if (kept || this.#written.has(id)) return kept ?? null;
    for (const kind of KINDS) {
      const file = await this.#fileOf(id, kind);
      if (file) return file;
    }
    return null;
  }

  /** How large each of them is, in bytes, by their recordings' ids. */
  async sizes(): Promise<ReadonlyMap<string, number>> {
    const sizes = new Map([...this.#inMemory].map(([id, { size }]) => [id, size]));
    const folder = await this.#findFolder();
    for await (const name of folder?.keys() ?? []) {
      const [id = '', ending] = name.split('.');
      const kind = KINDS.find((each) => each === ending);
      const file = kind && (await this.#fileOf(id, kind));
      if (file) sizes.set(id, file.size);
    }
    return sizes;
  }

  async delete(id: string): Promise<void> {
    this.end(id);
    this.#inMemory.delete(id);
    const folder = await this.#findFolder();
    for (const kind of KINDS) {
      try {
        await folder?.removeEntry(fileName(id, kind));
      } catch (error) {
        if (!isNamed(error, 'NotFoundError')) throw error;
      }
    }
  }

  #findFolder(): Promise<FileSystemDirectoryHandle | null> {
    // Private windows of some browsers have none.
    this.#folder ??= openFolder(FOLDER).catch(() => null);
    return this.#folder;
  }

  async #fileOf(id: string, kind: KeptVideoKind): Promise<Blob | null> {
    try {
      const file = await (await this.#findFolder())?.getFileHandle(fileName(id, kind));
      return (await file?.getFile()) ?? null;
    } catch (error) {
      if (isNamed(error, 'NotFoundError')) return null;
      throw error;
    }
  }
}

function fileName(id: string, kind: KeptVideoKind): string {
  return `${id}.${kind}`;
}

class VideoOnDisk implements WrittenVideo {
  readonly kind: KeptVideoKind;
  readonly #handle: FileSystemSyncAccessHandle;

  constructor(kind: KeptVideoKind, handle: FileSystemSyncAccessHandle) {
    this.kind = kind;
    this.#handle = handle;
  }

  write(bytes: Uint8Array<ArrayBuffer>, position: number): void {
    if (this.#handle.write(bytes, { at: position }) === bytes.length) return;
    throw new DOMException(`${bytes.length} bytes could not be written.`, 'QuotaExceededError');
  }

  end(): null {
    this.#handle.flush();
    this.#handle.close();
    return null;
  }
}

class VideoInMemory implements WrittenVideo {
  readonly kind: KeptVideoKind;
  readonly #parts: { readonly position: number; readonly bytes: Uint8Array<ArrayBuffer> }[] = [];

  constructor(kind: KeptVideoKind) {
    this.kind = kind;
  }

  write(bytes: Uint8Array<ArrayBuffer>, position: number): void {
    this.#parts.push({ position, bytes });
  }

  end(): Blob {
    const size = this.#parts.reduce((end, { position, bytes }) => Math.max(end, position + bytes.length), 0);
    const all = new Uint8Array(size);
    // What is written later to the same place counts: headers are put right at the end.
    for (const { position, bytes } of this.#parts) all.set(bytes, position);
    return new Blob([all], { type: KEPT_VIDEO_TYPES[this.kind] });
  }
}
