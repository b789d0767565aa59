import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Ending of files that are being written. */
const PART_ENDING = '.limn-part';
/** What has lain so long half written, nobody is writing any more. */
const MAXIMUM_AGE_MS = 3_600_000;
/** Bytes between two looks at whether the process is to end. */
const CHUNK_BYTES = 2 ** 22;
const RANDOM_LETTERS = 8;

/** Writes files that are there whole or not at all: beside their place, onto the disk, and renamed then. */
export class WholeFiles {
  readonly #signal: AbortSignal;
  /** Folders that were made, and freed of what processes that were killed have left. */
  readonly #ready = new Set<string>();

  /** @param signal what is being written when it is aborted is given up, and nothing is left of it */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Makes its folder, too. @throws an error of the system; an `AbortError` */
  async write(path: string, bytes: Uint8Array): Promise<void> {
    const folder = dirname(path);
    await this.#prepare(folder);
    const part = join(folder, `.${basename(path)}.${randomUUID().slice(0, RANDOM_LETTERS)}${PART_ENDING}`);
    try {
      const file = await open(part, 'wx');
      try {
        for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
          this.#signal.throwIfAborted();
          await file.writeFile(bytes.subarray(at, at + CHUNK_BYTES));
        }
        await file.sync();
      } finally {
        await file.close();
      }
      this.#signal.throwIfAborted();
      await rename(part, path);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }

  async #prepare(folder: string): Promise<void> {
    if (this.#ready.has(folder)) return;
    await mkdir(folder, { recursive: true });
    await removeOld(folder);
    this.#ready.add(folder);
  }
}

/** What is at a place: nothing, these bytes, or something else. */
export async function lookForSame(path: string, bytes: Uint8Array): Promise<'none' | 'same' | 'other'> {
  try {
    const { size } = await stat(path);
    if (size !== bytes.length) return 'other';
    return Buffer.compare(await readFile(path), bytes) === 0 ? 'same' : 'other';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'none';
    throw error;
  }
}

async function removeOld(folder: string): Promise<void> {
  for (const each of await readdir(folder)) {
    if (!each.startsWith('.') || !each.endsWith(PART_ENDING)) continue;
    const path = join(folder, each);
    const found = await stat(path).catch(() => null);
    if (found && Date.now() - found.mtimeMs > MAXIMUM_AGE_MS) await rm(path, { force: true });
  }
}
