import { noteHandle } from '../../browser/file-handles.ts';
import { LimnError } from '../../core/errors.ts';
import { listNames } from '../../core/texts/list-names.ts';
import type { NamedFile } from '../../sources/named-file.ts';
import { messages } from '../messages/messages.ts';

/** More files than these in one drop are passed over, and it is said. */
const MAXIMUM_FILES = 200_000;

/** What has to be known of a drop to read it: a `DataTransfer` has it. */
export interface Dropped {
  readonly items: Iterable<
    Pick<DataTransferItem, 'kind' | 'webkitGetAsEntry' | 'getAsFile'> & {
      /** Chromium says where a file lies, so that it can be read again on another visit. */
      getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
    }
  >;
  getData(type: string): string;
}

export interface DroppedFiles {
  readonly files: readonly NamedFile[];
  /** What couldn't be read, or was too much, a sentence each. */
  readonly said: readonly string[];
}

/**
 * The files of a drop or a paste, with those in dropped folders.
 *
 * @throws {LimnError} if there is none, saying what it was instead
 */
export async function readDroppedFiles(dropped: Dropped, maximum = MAXIMUM_FILES): Promise<DroppedFiles> {
  // Entries have to be taken before the first await: the transfer is emptied then.
  const entries = [...dropped.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({
      entry: item.webkitGetAsEntry(),
      file: item.getAsFile(),
      // Where that can't be told, the file is read all the same.
      place: item.getAsFileSystemHandle?.().catch(() => null),
    }));
  if (entries.length === 0) throw new LimnError(describeText(dropped));
  const gathered = new Gathered(maximum);
  const folders: string[] = [];
  for (const { entry, file, place } of entries) {
    if (entry?.isDirectory) {
      folders.push(entry.name);
      await gathered.addFolder(entry as FileSystemDirectoryEntry);
    } else if (file) {
      gathered.add({ name: file.name, blob: file });
      const handle = await place;
      if (handle?.kind === 'file') noteHandle(file, handle as FileSystemFileHandle);
    }
  }
  const { files, unread, isFull } = gathered;
  if (files.length === 0 && unread.length === 0) {
    throw new LimnError(folders.length > 0 ? messages.noFileIn(listNames(folders)) : messages.noFileDropped);
  }
  const said = [
    ...(isFull ? [messages.onlyFirstFiles(maximum)] : []),
    ...(unread.length > 0 ? [messages.unreadFiles(listNames(unread))] : []),
  ];
  if (files.length === 0) throw new LimnError(said.join(' '));
  return { files, said };
}

/** What was dropped or pasted instead of files. */
function describeText(dropped: Dropped): string {
  const address = dropped.getData('text/uri-list') || dropped.getData('text/plain');
  return /^\s*(https?|ftp|blob|data|file):/i.test(address) ? messages.droppedAddress : messages.droppedText;
}

/** Files of folders, up to a number. */
class Gathered {
  readonly files: NamedFile[] = [];
  /** Paths of what couldn't be read. */
  readonly unread: string[] = [];
  readonly #maximum: number;
  isFull = false;

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  add(file: NamedFile): void {
    if (this.files.length < this.#maximum) this.files.push(file);
    else this.isFull = true;
  }

  async addFolder(folder: FileSystemDirectoryEntry): Promise<void> {
    const reader = folder.createReader();
    for (;;) {
      const entries = await readSome(reader).catch(() => null);
      if (!entries) this.unread.push(pathOf(folder));
      // Entries come in portions; an empty one is the end.
      if (!entries || entries.length === 0) return;
      for (const entry of entries) {
        if (this.isFull) return;
        if (entry.isDirectory) await this.addFolder(entry as FileSystemDirectoryEntry);
        else await this.#addEntry(entry as FileSystemFileEntry);
      }
    }
  }

  async #addEntry(entry: FileSystemFileEntry): Promise<void> {
    if (this.files.length >= this.#maximum) {
      this.isFull = true;
      return;
    }
    try {
      const blob = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
      this.add({ name: pathOf(entry), blob });
    } catch {
      this.unread.push(pathOf(entry));
    }
  }
}

function readSome(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

/** Without the slash that it begins with. */
function pathOf({ fullPath }: FileSystemEntry): string {
  return fullPath.replace(/^\//, '');
}
