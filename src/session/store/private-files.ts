/**
 * The root of the origin's private file system.
 *
 * @returns `null`: this browser has none (WebKitGTK)
 * @throws a `DOMException` where it is forbidden, as in private windows of some browsers
 */
export async function openRoot(): Promise<FileSystemDirectoryHandle | null> {
  return hasPrivateFiles() ? navigator.storage.getDirectory() : null;
}

/** Does this browser know of private files at all? In private windows they may be forbidden even so. */
export function hasPrivateFiles(): boolean {
  const { storage } = navigator as { readonly storage?: Partial<StorageManager> };
  return typeof storage?.getDirectory === 'function';
}
