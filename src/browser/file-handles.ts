/** The files on the user's disk that blobs were read from, as far as the browser says so, for as long as the blobs are there. */
const handles = new WeakMap<Blob, FileSystemFileHandle>();

const STORE = 'files';

/** What of a handle browsers that have it don't all have, and TypeScript doesn't know. */
interface Permitted {
  queryPermission?(descriptor: { mode: 'read' }): Promise<PermissionState>;
  requestPermission?(descriptor: { mode: 'read' }): Promise<PermissionState>;
}

/** Says which file a blob was read from. */
export function noteHandle(blob: Blob, handle: FileSystemFileHandle): void {
  handles.set(blob, handle);
}

/** The file that a blob was read from; `null`: the browser doesn't say. */
export function handleOf(blob: Blob): FileSystemFileHandle | null {
  return handles.get(blob) ?? null;
}

/**
 * Files that are remembered from visit to visit by a name, in IndexedDB: nothing else can hold handles. Where there is none,
 * or it is forbidden, nothing is remembered.
 */
export class KeptHandles {
  readonly #database: string;

  /** @param limn the name of the Limn whose files they are; empty: it has none */
  constructor(limn: string) {
    this.#database = limn === '' ? 'limn-files' : `limn-files ${limn}`;
  }

  async keep(name: string, handle: FileSystemFileHandle): Promise<void> {
    await this.#do('readwrite', (store) => toPromise(store.put(handle, name)));
  }

  /** `null`: no file is remembered by this name. */
  async find(name: string): Promise<FileSystemFileHandle | null> {
    const found = await this.#do<unknown>('readonly', (store) => toPromise(store.get(name)));
    return isFileHandle(found) ? found : null;
  }

  async forget(name: string): Promise<void> {
    await this.#do('readwrite', (store) => toPromise(store.delete(name)));
  }

  /** @returns `null`: that can't be done */
  async #do<Result>(
    mode: IDBTransactionMode,
    act: (store: IDBObjectStore) => Promise<Result>,
  ): Promise<Result | null> {
    let database: IDBDatabase | null = null;
    try {
      const opening = indexedDB.open(this.#database, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
      database = await toPromise(opening);
      return await act(database.transaction(STORE, mode).objectStore(STORE));
    } catch {
      return null;
    } finally {
      database?.close();
    }
  }
}

/**
 * The file as it is now, if somebody lets the page read it. To be called while handling a click or a key.
 *
 * @returns `null`: that was refused, or the file is gone
 */
export async function readHandle(handle: FileSystemFileHandle & Permitted): Promise<File | null> {
  try {
    const mode = { mode: 'read' } as const;
    let state = (await handle.queryPermission?.(mode)) ?? 'granted';
    if (state === 'prompt') state = (await handle.requestPermission?.(mode)) ?? 'denied';
    if (state !== 'granted') return null;
    const file = await handle.getFile();
    noteHandle(file, handle);
    return file;
  } catch {
    return null;
  }
}

function isFileHandle(value: unknown): value is FileSystemFileHandle {
  return typeof value === 'object' && value !== null && 'getFile' in value;
}

function toPromise<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database gave no reason.'));
  });
}
