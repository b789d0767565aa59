/** A file and what it is to be called. */
export interface SavableFile {
  readonly name: string;
  readonly blob: Blob;
}

/** The address of a saved file stays valid this long, in milliseconds: some browsers read it late. */
const ADDRESS_LIFETIME = 60_000;

/** Has the browser save a file, as a download. */
export function saveFile({ name, blob }: SavableFile): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), ADDRESS_LIFETIME);
}

type Picker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;

/**
 * Asks where a large file is to go, so that it is written there as it comes. To be called while handling a click or
 * a key, else browsers refuse.
 *
 * @returns `null`: this browser can't write to files; `'cancelled'`: nobody wants the file after all
 */
export async function chooseFile(suggestedName: string): Promise<FileSystemFileHandle | 'cancelled' | null> {
  const { showSaveFilePicker } = globalThis as { showSaveFilePicker?: Picker };
  if (!showSaveFilePicker) return null;
  try {
    return await showSaveFilePicker({ suggestedName });
  } catch (error) {
    // Refused is not the same as cancelled: then the file is saved as all others are.
    return error instanceof DOMException && error.name === 'AbortError' ? 'cancelled' : null;
  }
}

type FolderPicker = (options: { mode: 'readwrite' }) => Promise<FileSystemDirectoryHandle>;

/** Can files be written into a folder of the user's? */
export function canChooseFolder(): boolean {
  return 'showDirectoryPicker' in globalThis;
}

/** Asks for a folder to write into. To be called while handling a click or a key. @returns as `chooseFile` */
export async function chooseFolder(): Promise<FileSystemDirectoryHandle | 'cancelled' | null> {
  const { showDirectoryPicker } = globalThis as { showDirectoryPicker?: FolderPicker };
  if (!showDirectoryPicker) return null;
  try {
    return await showDirectoryPicker({ mode: 'readwrite' });
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError' ? 'cancelled' : null;
  }
}
