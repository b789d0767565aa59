import { LimnError } from '../../core/errors.ts';
import { sleep } from '../../sources/sleep.ts';
import { describeHolder, type Holders } from '../holders.ts';
import { FileMedium } from './medium.ts';
import { findFolders, isNamed, openFolder } from './private-files.ts';

const FOLDER = 'recordings';
/** Where earlier versions kept them; they stay there. */
const OLD_FOLDER = 'limn-recordings';
const EXTENSION = '.limnlog';
/** A page that was just reloaded or crashed holds its files for a moment longer. */
const LOCK_ATTEMPTS = 10;
const LOCK_WAIT_MS = 100;

/** A browser without the files that a recording is kept in. */
export class NoFilesError extends LimnError {}

/** Another tab has the recording open. */
export class InUseError extends LimnError {
  /** Who has it, as a sentence. */
  readonly holder: string;

  constructor(holder: string, cause: unknown) {
    super(`The recording can’t be changed here. ${holder} Close it there first.`, { cause });
    this.holder = holder;
  }
}

/** What tells whether a file is as it was. */
export interface FileState {
  readonly size: number;
  readonly lastModified: number;
}

/** The files of recordings in the origin's private file system. For a worker: only there can they be written in place. */
export class RecordingFiles {
  readonly #holders: Holders;
  #folder: Promise<FileSystemDirectoryHandle | null> | null = null;
  #folders: Promise<readonly FileSystemDirectoryHandle[]> | null = null;

  constructor(holders: Holders) {
    this.#holders = holders;
  }

  /** `null`: the browser gives the page none. */
  findFolder(): Promise<FileSystemDirectoryHandle | null> {
    // Private windows of some browsers have none.
    this.#folder ??= openFolder(FOLDER).catch(() => null);
    return this.#folder;
  }

  /** That, and where earlier versions kept recordings. */
  #findFolders(): Promise<readonly FileSystemDirectoryHandle[]> {
    this.#folders ??= this.findFolder()
      .then(() => findFolders(FOLDER, OLD_FOLDER))
      .catch(() => []);
    return this.#folders;
  }

  /** Of all recordings. */
  async ids(): Promise<string[]> {
    const ids: string[] = [];
    for (const folder of await this.#findFolders()) {
      for await (const name of folder.keys()) {
        if (name.endsWith(EXTENSION)) ids.push(name.slice(0, -EXTENSION.length));
      }
    }
    return ids;
  }

  create(id: string): Promise<FileMedium> {
    return this.#open(id, true, true);
  }

  /**
   * Opens a file, which no other tab can open then.
   *
   * @param isPatient waits a second for another tab to let go of it
   * @throws {InUseError} if none does; {LimnError} if it isn't there
   */
  open(id: string, isPatient: boolean): Promise<FileMedium> {
    return this.#open(id, false, isPatient);
  }

  /** How a file is now, whoever has it open. @throws {LimnError} if it isn't there */
  async stateOf(id: string): Promise<FileState> {
    const { size, lastModified } = await (await this.#find(id, false)).getFile();
    return { size, lastModified };
  }

  /** All of a file as it is now, whoever has it open. @throws {LimnError} if it isn't there */
  async snapshot(id: string): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await (await (await this.#find(id, false)).getFile()).arrayBuffer());
  }

  /** What never fitted on the disk has no file. @throws {InUseError} if another tab has it open */
  async delete(id: string): Promise<void> {
    for (const folder of await this.#findFolders()) {
      try {
        await folder.removeEntry(fileName(id));
      } catch (error) {
        if (isNamed(error, 'NoModificationAllowedError')) throw await this.#inUse(id, error);
        if (!isNamed(error, 'NotFoundError')) throw error;
      }
    }
  }

  async #open(id: string, create: boolean, isPatient: boolean): Promise<FileMedium> {
    const file = await this.#find(id, create);
    if (!file.createSyncAccessHandle) throw new NoFilesError('This browser can’t write files in place');
    for (let attempt = 1; ; attempt++) {
      try {
        return new FileMedium(await file.createSyncAccessHandle());
      } catch (cause) {
        if (!isNamed(cause, 'NoModificationAllowedError')) throw cause;
        if (!isPatient || attempt === LOCK_ATTEMPTS) throw await this.#inUse(id, cause);
        await sleep(LOCK_WAIT_MS);
      }
    }
  }

  async #inUse(id: string, cause: unknown): Promise<InUseError> {
    return new InUseError(describeHolder((await this.#holders.find()).get(id) ?? null), cause);
  }

  async #find(id: string, create: boolean): Promise<FileSystemFileHandle> {
    const folder = await this.findFolder();
    if (!folder) throw new NoFilesError('This browser gives the page no storage for files');
    if (create) return folder.getFileHandle(fileName(id), { create });
    for (const each of await this.#findFolders()) {
      try {
        return await each.getFileHandle(fileName(id));
      } catch (error) {
        if (!isNamed(error, 'NotFoundError')) throw error;
      }
    }
    throw new LimnError('The recording is not there any more: it was deleted.');
  }
}

function fileName(id: string): string {
  return `${id}${EXTENSION}`;
}
