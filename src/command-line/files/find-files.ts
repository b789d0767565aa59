import { open, readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { isAbort } from '../../core/errors.ts';
import { isJunkFile } from '../../core/texts/junk-files.ts';
import { fileType, SNIFF_LENGTH } from '../../sources/files/file-types.ts';
import type { FileType } from '../../sources/files/known-types.ts';
import { type Failure, toFailure } from '../failures.ts';

/** A file that was named, or lies in a folder that was. */
export interface FoundFile {
  /** As it is named and opened. */
  readonly path: string;
  readonly size: number;
  readonly type: FileType;
  /** Its first bytes. */
  readonly head: Uint8Array;
  /** The folder it was found in, below the one that was named; `null`: the file itself was named. */
  readonly below: string | null;
}

export interface Found {
  readonly files: readonly FoundFile[];
  readonly failures: readonly Failure[];
}

/**
 * Files and all that lies in folders, in the order of their names, but what systems and people put beside data.
 *
 * @param left a folder that isn't looked into, for it is written to
 */
export async function findFiles(
  paths: readonly string[],
  signal: AbortSignal,
  left: string | null = null,
): Promise<Found> {
  const files: FoundFile[] = [];
  const failures: Failure[] = [];
  const add = async (path: string, below: string | null): Promise<void> => {
    try {
      files.push({ path, below, ...(await lookAt(path)) });
    } catch (error) {
      failures.push(toFailure(path, error));
    }
  };
  for (const path of paths) {
    try {
      if (!(await stat(path)).isDirectory()) await add(path, null);
      else {
        for (const file of await filesIn(path, left)) {
          signal.throwIfAborted();
          await add(file.path, file.below);
        }
      }
    } catch (error) {
      if (isAbort(error)) throw error;
      failures.push(toFailure(path, error));
    }
  }
  return { files: unique(files), failures };
}

async function lookAt(path: string): Promise<Pick<FoundFile, 'size' | 'type' | 'head'>> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const buffer = new Uint8Array(SNIFF_LENGTH);
    const { bytesRead } = await handle.read(buffer, 0, SNIFF_LENGTH, 0);
    const head = buffer.subarray(0, bytesRead);
    return { size, head, type: fileType(head, path) };
  } finally {
    await handle.close();
  }
}

/** Links to folders are not followed: they may lead back. */
async function filesIn(
  folder: string,
  left: string | null,
): Promise<{ readonly path: string; readonly below: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => ({ path: join(parentPath, name), below: relative(folder, parentPath) }))
    .filter(({ path }) => !isJunkFile(relative(folder, path)) && (left === null || !isWithin(path, left)))
    .sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
}

function isWithin(path: string, folder: string): boolean {
  return !relative(resolve(folder), resolve(path)).startsWith('..');
}

/** Who names a folder and a file in it means the file once. */
function unique(files: readonly FoundFile[]): FoundFile[] {
  const seen = new Map<string, FoundFile>();
  for (const file of files) {
    const key = resolve(file.path);
    if (!seen.has(key)) seen.set(key, file);
  }
  return [...seen.values()];
}
