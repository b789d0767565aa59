import { noteHandle } from '../../browser/file-handles.ts';
import type { NamedFile } from '../../sources/named-file.ts';

type OpenPicker = (options: { multiple: boolean }) => Promise<FileSystemFileHandle[]>;

/** Does the browser say where the files that are picked lie? */
export function canPickHandles(): boolean {
  return 'showOpenFilePicker' in globalThis;
}

/**
 * Asks for files; where the browser can, so that they can be read again on another visit. To be called while handling a click
 * or a key.
 *
 * @returns none: nobody wants to give one
 */
export async function pickFiles(multiple: boolean): Promise<readonly NamedFile[]> {
  const { showOpenFilePicker } = globalThis as { showOpenFilePicker?: OpenPicker };
  if (!showOpenFilePicker) return pickByInput(multiple);
  try {
    const handles = await showOpenFilePicker({ multiple });
    return await Promise.all(
      handles.map(async (handle) => {
        const file = await handle.getFile();
        noteHandle(file, handle);
        return { name: file.name, blob: file };
      }),
    );
  } catch (error) {
    // Refused is not the same as cancelled.
    if (error instanceof DOMException && error.name === 'AbortError') return [];
    return pickByInput(multiple);
  }
}

function pickByInput(multiple: boolean): Promise<readonly NamedFile[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = multiple;
  return new Promise((resolve) => {
    input.onchange = () => resolve([...(input.files ?? [])].map((file) => ({ name: file.name, blob: file })));
    input.oncancel = () => resolve([]);
    input.click();
  });
}
