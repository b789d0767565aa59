import { sha256 } from '@noble/hashes/sha2.js';
import { LimnError, toSentence } from '../../core/errors.ts';
import { sleep } from '../../sources/sleep.ts';
import { Log } from './log.ts';
import { FileMedium, type Medium, MemoryMedium, SpillingMedium } from './medium.ts';
import { openRoot } from './private-files.ts';
import type { OpenedRecording, Spill, StoreCalls, StoredRecording } from './protocol.ts';
import { decodeInfo, encodeInfo, type StoredInfo, type StoredState, toHex } from './stored-info.ts';

/** The folder in the origin's private file system. */
const FOLDER = 'limn-recordings';
const EXTENSION = '.limnlog';
const HASH_STEP_BYTES = 2 ** 22;
/** A page that was just reloaded or crashed holds its files for a moment longer. */
const LOCK_ATTEMPTS = 10;
const LOCK_WAIT_MS = 100;

type Calls = {
  [Name in keyof StoreCalls]: (
    ...parameters: Parameters<StoreCalls[Name]>
  ) => ReturnType<StoreCalls[Name]> | Promise<ReturnType<StoreCalls[Name]>>;
};

/**
 * Recordings in the origin's private file system, one log each; in memory where there is none. For a worker:
 * only there can files be written in place.
 */
export class Store implements Calls {
  readonly #open = new Map<string, Log>();
  /** Those whose end is known to be whole, so that they can be appended to. */
  readonly #checked = new WeakSet<Log>();
  readonly #onSpilled: (spill: Spill) => void;
  #folder: Promise<FileSystemDirectoryHandle | null> | null = null;

  /** @param onSpilled told when a recording goes on in memory */
  constructor(onSpilled: (spill: Spill) => void) {
    this.#onSpilled = onSpilled;
  }

  async create(id: string, info: StoredInfo): Promise<void> {
    const spill = (reason: unknown): void => this.#onSpilled(describeSpill(reason));
    let medium: Medium;
    try {
      medium = new SpillingMedium(await this.#openFile(id, true), spill);
    } catch (reason) {
      medium = new MemoryMedium();
      spill(reason);
    }
    const log = Log.create(medium);
    this.#open.set(id, log);
    this.#checked.add(log);
    log.append('info', encodeInfo(info));
  }

  async canKeep(): Promise<boolean> {
    // Where it isn't defined, that there is a folder says nothing.
    return (await this.#findFolder()) !== null && 'createSyncAccessHandle' in FileSystemFileHandle.prototype;
  }

  async open(id: string): Promise<OpenedRecording> {
    return this.#describe(await this.#opened(id, false));
  }

  async resume(id: string): Promise<OpenedRecording> {
    return this.#describe(await this.#opened(id, true));
  }

  append(id: string, batch: Uint8Array<ArrayBuffer>): void {
    this.#logOf(id).append('frames', batch);
  }

  /** The name stays what its owner has made it meanwhile. */
  setInfo(id: string, info: StoredInfo): void {
    const log = this.#logOf(id);
    log.append('info', encodeInfo({ ...info, name: infoOf(log).name }));
  }

  setPicture(id: string, picture: Uint8Array<ArrayBuffer>): void {
    this.#logOf(id).append('picture', picture);
  }

  async addStep(id: string, step: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#briefly(id, true, (log) => log.append('step', step));
  }

  read(id: string, first: number, count: number): Uint8Array<ArrayBuffer>[] {
    return this.#logOf(id).read(first, count);
  }

  readTimes(id: string, from: number, to: number): Uint8Array<ArrayBuffer>[] {
    return this.#logOf(id).readTimes(from, to);
  }

  /** What is only in memory stays open: closing would lose it. */
  close(id: string): void {
    if (this.#open.get(id)?.isLasting) this.#drop(id);
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#briefly(id, true, (log) => {
      log.append('info', encodeInfo({ ...infoOf(log), name }));
    });
  }

  async setState(id: string, state: StoredState): Promise<void> {
    await this.#briefly(id, true, (log) => {
      log.append('info', encodeInfo({ ...infoOf(log), state }));
    });
  }

  async delete(id: string): Promise<void> {
    this.#drop(id);
    const folder = await this.#findFolder();
    await folder?.removeEntry(fileName(id)).catch((error: unknown) => {
      if (isNamed(error, 'NoModificationAllowedError')) throw inUse(error);
      // What never fitted on the disk has no file.
      if (!isNamed(error, 'NotFoundError')) throw error;
    });
  }

  async list(): Promise<StoredRecording[]> {
    const folder = await this.#findFolder();
    const ids = new Set(this.#open.keys());
    for await (const name of folder?.keys() ?? []) {
      if (name.endsWith(EXTENSION)) ids.add(name.slice(0, -EXTENSION.length));
    }
    const listed: StoredRecording[] = [];
    for (const id of ids) listed.push(await this.#summarize(id));
    const createdOf = ({ info }: StoredRecording): string => info?.info.created ?? '';
    return listed.sort((a, b) => createdOf(b).localeCompare(createdOf(a)));
  }

  async hash(blob: Blob): Promise<string> {
    const hash = sha256.create();
    for (let at = 0; at < blob.size; at += HASH_STEP_BYTES) {
      hash.update(new Uint8Array(await blob.slice(at, at + HASH_STEP_BYTES).arrayBuffer()));
    }
    return toHex(hash.digest());
  }

  async #summarize(id: string): Promise<StoredRecording> {
    try {
      return await this.#briefly(id, false, (log) => {
        const [first, last] = log.timeRange ?? [0, 0];
        return {
          id,
          info: infoOf(log),
          frames: log.frames,
          duration: last - first,
          byteLength: log.byteLength,
          picture: log.last('picture'),
          problem: null,
        };
      });
    } catch (error) {
      const problem = toSentence(error);
      return { id, info: null, frames: 0, duration: 0, byteLength: 0, picture: null, problem };
    }
  }

  #drop(id: string): void {
    this.#open.get(id)?.close();
    this.#open.delete(id);
  }

  /** Does something with a recording, which is closed again if it wasn't open. */
  async #briefly<T>(id: string, isChecked: boolean, use: (log: Log) => T): Promise<T> {
    const wasOpen = this.#open.has(id);
    const log = await this.#opened(id, isChecked);
    try {
      return use(log);
    } finally {
      if (!wasOpen) this.close(id);
    }
  }

  async #opened(id: string, isChecked: boolean): Promise<Log> {
    const existing = this.#open.get(id);
    if (existing && (!isChecked || this.#checked.has(existing))) return existing;
    if (existing) return this.#keepOpen(id, existing.checked(), true);
    const file = await this.#openFile(id, false);
    const spill = (reason: unknown): void => this.#onSpilled(describeSpill(reason));
    try {
      return this.#keepOpen(id, Log.open(new SpillingMedium(file, spill), isChecked), isChecked);
    } catch (error) {
      file.close();
      throw error;
    }
  }

  #keepOpen(id: string, log: Log, isChecked: boolean): Log {
    this.#open.set(id, log);
    if (isChecked) this.#checked.add(log);
    return log;
  }

  async #openFile(id: string, create: boolean): Promise<FileMedium> {
    const folder = await this.#findFolder();
    if (!folder) throw new NoFilesError('This browser gives the page no storage for files');
    const file = await folder.getFileHandle(fileName(id), { create }).catch((cause: unknown) => {
      if (!isNamed(cause, 'NotFoundError')) throw cause;
      throw new LimnError('The recording is not there any more: it was deleted.', { cause });
    });
    if (!file.createSyncAccessHandle) throw new NoFilesError('This browser can’t write files in place');
    for (let attempt = 0; ; attempt++) {
      try {
        return new FileMedium(await file.createSyncAccessHandle());
      } catch (cause) {
        if (!isNamed(cause, 'NoModificationAllowedError')) throw cause;
        if (attempt >= LOCK_ATTEMPTS) throw inUse(cause);
        await sleep(LOCK_WAIT_MS);
      }
    }
  }

  #findFolder(): Promise<FileSystemDirectoryHandle | null> {
    this.#folder ??= openRoot()
      .then((root) => root?.getDirectoryHandle(FOLDER, { create: true }) ?? null)
      // Private windows of some browsers have none.
      .catch(() => null);
    return this.#folder;
  }

  #logOf(id: string): Log {
    const log = this.#open.get(id);
    if (!log) throw new LimnError('The recording is not open any more; open it again.');
    return log;
  }

  #describe(log: Log): OpenedRecording {
    const { frames, batches, timeRange } = log;
    return { info: infoOf(log), frames, batches, timeRange, steps: log.steps() };
  }
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof DOMException && error.name === name;
}

function inUse(cause: unknown): LimnError {
  return new LimnError('The recording is in use in another tab of Limn; close it there first.', { cause });
}

function infoOf(log: Log): StoredInfo {
  const bytes = log.last('info');
  if (!bytes) throw new LimnError('The recording has lost what it says of itself.');
  return decodeInfo(bytes);
}

function fileName(id: string): string {
  return `${id}${EXTENSION}`;
}

/** A browser without the files that a recording is kept in. */
class NoFilesError extends LimnError {}

function describeSpill(reason: unknown): Spill {
  if (reason instanceof NoFilesError) {
    return {
      isUsual: true,
      message: `${reason.message}: recordings are kept in memory, and are gone when the page is closed. Export what you want to keep.`,
    };
  }
  const isFull = isNamed(reason, 'QuotaExceededError');
  const why = isFull
    ? 'The storage of this page is full'
    : reason instanceof LimnError
      ? reason.message
      : `The disk can’t be written to (${reason instanceof Error ? reason.message : String(reason)})`;
  return {
    isUsual: false,
    message: `${why}: the analysis goes on in memory. Export it before you close the page${isFull ? ', or delete old recordings' : ''}.`,
  };
}
