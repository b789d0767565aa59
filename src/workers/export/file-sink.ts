import { concat } from '../../core/bytes.ts';
import type { FileParts } from '../../formats/exporter.ts';
import type { PlacedBytes } from '../../formats/film/film.ts';
import { findFolders, openFolder } from '../../recording/log/private-files.ts';

/** The folder in the origin's private file system, under Limn's own, where films wait to be saved. */
const FOLDER = 'exports';
/** Where earlier versions of Limn put them, at the root. */
const EARLIER_FOLDER = 'limn-exports';
/** What has waited so long has been saved, or won't be. */
const MAXIMUM_AGE_MS = 3_600_000;

/** Where a file's bytes go. */
export interface FileSink {
  readonly writable: WritableStream<PlacedBytes>;
  /** To be called once the stream is closed. @returns the file, unless it is where it was to go */
  finish(mediaType: string): Promise<Blob | null>;
}

/** The user's own file. */
export async function openFileSink(handle: FileSystemFileHandle): Promise<FileSink> {
  return { writable: await handle.createWritable(), finish: () => Promise.resolve(null) };
}

/** A file of this page's own: on disk where there is one, for films are larger than memory; else in memory. */
export async function openTemporarySink(): Promise<FileSink> {
  try {
    const folder = await openFolder(FOLDER);
    if (!folder) return openMemorySink();
    for (const each of await findFolders(FOLDER, EARLIER_FOLDER)) await removeOld(each);
    const handle = await folder.getFileHandle(crypto.randomUUID(), { create: true });
    const writable = await handle.createWritable();
    return { writable, finish: async (mediaType) => (await handle.getFile()).slice(0, undefined, mediaType) };
  } catch {
    // Private windows of some browsers have no file system, and Safari up to 18 has no streams into one.
    return openMemorySink();
  }
}

export function openMemorySink(): FileSink {
  let bytes = new Uint8Array(0);
  let length = 0;
  const writable = new WritableStream<PlacedBytes>({
    write: ({ data, position }) => {
      const end = position + data.length;
      if (end > bytes.length) {
        const larger = new Uint8Array(Math.max(end, bytes.length * 2));
        larger.set(bytes);
        bytes = larger;
      }
      bytes.set(data, position);
      length = Math.max(length, end);
    },
  });
  return {
    writable,
    finish: (mediaType) => Promise.resolve(new Blob([bytes.subarray(0, length)], { type: mediaType })),
  };
}

/** A disk takes few large parts sooner than many small ones, such as a ZIP's headers. */
const PART_BYTES = 2 ** 20;

/** Writes parts one after the other, small ones together, and closes the file; where that fails, nothing is kept of it. */
export async function writeParts(writable: WritableStream<PlacedBytes>, parts: FileParts): Promise<void> {
  const writer = writable.getWriter();
  let position = 0;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const flush = async (): Promise<void> => {
    await writer.write({ type: 'write', data: concat(waiting), position });
    position += waitingBytes;
    waiting = [];
    waitingBytes = 0;
  };
  try {
    for await (const part of parts) {
      waiting.push(part);
      waitingBytes += part.length;
      if (waitingBytes >= PART_BYTES) await flush();
    }
    if (waitingBytes > 0) await flush();
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    throw error;
  }
}

async function removeOld(folder: FileSystemDirectoryHandle): Promise<void> {
  for await (const { kind, name } of folder.values()) {
    if (kind !== 'file') continue;
    const { lastModified } = await (await folder.getFileHandle(name)).getFile();
    // One that another tab has open stays for the next time.
    if (Date.now() - lastModified > MAXIMUM_AGE_MS) await folder.removeEntry(name).catch(() => undefined);
  }
}
