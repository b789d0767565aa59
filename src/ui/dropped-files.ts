import type { NamedFile } from '../session/open-files.ts';

/** More files than this in one drop are passed over. */
const MAXIMUM_FILES = 200_000;

/** The files of a drop or a paste, with those in dropped folders. */
export async function readDroppedFiles(transfer: DataTransfer): Promise<NamedFile[]> {
  // Entries have to be taken before the first await: the transfer is emptied then.
  const entries = [...transfer.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const files: NamedFile[] = [];
  for (const { entry, file } of entries) {
    if (entry?.isDirectory) await readFolder(entry as FileSystemDirectoryEntry, files);
    else if (file) files.push({ name: file.name, blob: file });
  }
  return files;
}

async function readFolder(folder: FileSystemDirectoryEntry, files: NamedFile[]): Promise<void> {
  const reader = folder.createReader();
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (entries.length === 0) return;
    for (const entry of entries) {
      if (files.length >= MAXIMUM_FILES) return;
      if (entry.isDirectory) await readFolder(entry as FileSystemDirectoryEntry, files);
      else files.push(await readEntry(entry as FileSystemFileEntry));
    }
  }
}

function readEntry(entry: FileSystemFileEntry): Promise<NamedFile> {
  return new Promise((resolve, reject) =>
    entry.file((file) => resolve({ name: entry.fullPath.slice(1), blob: file }), reject),
  );
}
