import { isAbort, LimnError, toSentence } from '../../core/errors.ts';
import { Port } from '../../core/port/port.ts';
import { baseName, type ExportFormatId } from '../../formats/exporter.ts';
import { formatOf } from '../../formats/exporters.ts';
import type { WorkerFactories } from '../../tracking/platform.ts';
import { type ExportRequest, exportInWorker, removeFile } from './export-file.ts';

/** Several recordings in several formats. */
export interface BundleOrder {
  /** What the ZIP is called; of a folder, the folder. */
  readonly name: string;
  /** Of stored recordings; `null`: what was tracked or opened last. */
  readonly ids: readonly (string | null)[];
  readonly formats: readonly ExportFormatId[];
  /** Where it goes: a ZIP in a file, a folder of the user's; `null`: a ZIP that is given back. */
  readonly target: FileSystemFileHandle | FileSystemDirectoryHandle | null;
}

/** A file that could not be made, and why. */
export interface BundleFailure {
  /** Of the recording. */
  readonly name: string;
  readonly format: ExportFormatId;
  /** As a sentence. */
  readonly reason: string;
}

export interface WrittenBundle {
  readonly name: string;
  /** The ZIP, ready to be saved; `null`: all is where it was to go. */
  readonly blob: Blob | null;
  readonly byteLength: number;
  /** How many files are in it. */
  readonly files: number;
  readonly failed: readonly BundleFailure[];
}

/** What the exporting worker does for a ZIP of many files. */
export interface ZipCalls {
  /** Begins a ZIP. @param target where it is written; `null`: it is given back */
  openZip(target: FileSystemFileHandle | null, created: string): void;
  /** Answered when the file is in the ZIP. @param path with the folders in it */
  addToZip(path: string, file: Blob): void;
  /** Ends it. */
  closeZip(): { readonly blob: Blob | null };
}

/** Where finished files go, one after the other. */
interface Receiver {
  /** @param folder of the recording */
  add(folder: string, name: string, file: Blob): Promise<void>;
  /** @returns a ZIP that is given back, and the bytes of all */
  finish(): Promise<{ readonly blob: Blob | null; readonly byteLength: number }>;
  /** Takes back what was begun. */
  giveUp(): Promise<void>;
}

/**
 * Makes all files of an order, one after the other, and puts them into one ZIP or a folder: in each a folder a recording.
 * Whatever can't be made is left out.
 *
 * @param prepare gives what a file is made of
 * @param onProgress told how much is done, from 0 to 1
 * @throws {LimnError} if none could be made, or the ZIP can't be written; an `AbortError` if `signal` was aborted
 */
export async function writeBundle(
  { name, ids, formats, target }: BundleOrder,
  prepare: (id: string | null, format: ExportFormatId) => Promise<ExportRequest>,
  createWorker: WorkerFactories['export'],
  { onProgress, signal }: { readonly onProgress: (share: number) => void; readonly signal: AbortSignal },
): Promise<WrittenBundle> {
  const receiver = target?.kind === 'directory' ? intoFolder(target) : await intoZip(target, createWorker);
  const total = ids.length * formats.length;
  const folders = new Map<string | null, string>();
  const failed: BundleFailure[] = [];
  let [done, files] = [0, 0];
  try {
    for (const id of ids) {
      for (const format of formats) {
        signal.throwIfAborted();
        let named = id ?? name;
        try {
          const request = await prepare(id, format);
          named = request.name;
          const folder = folders.get(id) ?? uniqueFolder(named, [...folders.values()]);
          folders.set(id, folder);
          const file = await exportInWorker(request, createWorker, {
            onProgress: (share) => onProgress((done + share) / total),
            signal,
          });
          if (!file.blob) throw new Error('The file went elsewhere.');
          await receiver.add(folder, file.name, file.blob);
          files++;
        } catch (error) {
          if (isAbort(error) || !(error instanceof LimnError)) throw error;
          failed.push({ name: named, format, reason: toSentence(error) });
        }
        done++;
        onProgress(done / total);
      }
    }
    const [first] = failed;
    if (files === 0 && first) throw new LimnError(first.reason);
    return { name: target?.name ?? name, ...(await receiver.finish()), files, failed };
  } catch (error) {
    await receiver.giveUp();
    throw error;
  }
}

/** A folder for a recording that no other has. */
function uniqueFolder(name: string, taken: readonly string[]): string {
  const base = baseName(name);
  // Some file systems take names for the same that differ in case only.
  const isTaken = (folder: string): boolean =>
    taken.some((each) => each.toLowerCase() === folder.toLowerCase());
  let folder = base;
  for (let number = 2; isTaken(folder); number++) folder = `${base} (${number})`;
  return folder;
}

/** A ZIP that a worker writes as files come. */
async function intoZip(
  target: FileSystemFileHandle | null,
  createWorker: WorkerFactories['export'],
): Promise<Receiver> {
  const port = new Port<ZipCalls>(createWorker(), { name: 'The worker that writes ZIPs' });
  const giveUp = async (): Promise<void> => {
    port.close();
    if (target) await removeFile(target);
  };
  try {
    await port.call('openZip', [target, new Date().toISOString()]);
  } catch (error) {
    await giveUp();
    throw error;
  }
  return {
    add: (folder, name, file) => port.call('addToZip', [`${folder}/${name}`, file]),
    finish: async () => {
      const { blob } = await port.call('closeZip', []);
      port.close();
      return { blob, byteLength: (blob ?? (await target?.getFile()))?.size ?? 0 };
    },
    giveUp,
  };
}

/** A folder of the user's. What was written before somebody gives up stays. */
function intoFolder(target: FileSystemDirectoryHandle): Receiver {
  let byteLength = 0;
  return {
    add: async (folder, name, file) => {
      const parent = await target.getDirectoryHandle(folder, { create: true });
      const handle = await parent.getFileHandle(name, { create: true });
      await file.stream().pipeTo(await handle.createWritable());
      byteLength += file.size;
    },
    finish: () => Promise.resolve({ blob: null, byteLength }),
    giveUp: () => Promise.resolve(),
  };
}

/** How a bundle that isn't whole is said: a file, or how many and why the first. */
export function describeFailures(failed: readonly BundleFailure[]): string | null {
  const [first] = failed;
  if (!first) return null;
  const what = `${first.name} as ${formatOf(first.format).label}`;
  if (failed.length === 1) return `Left out: ${what}. ${first.reason}`;
  return `Left out: ${failed.length} files, the first of them ${what}. ${first.reason}`;
}
