/** All that Limn keeps lies under it, for the origin may be other people's. */
const OWN_FOLDER = 'limn';

/**
 * The root of the origin's private file system.
 *
 * @returns `null`: this browser has none (WebKitGTK)
 * @throws a `DOMException` where it is forbidden, as in private windows of some browsers
 */
async function openRoot(): Promise<FileSystemDirectoryHandle | null> {
  return hasPrivateFiles() ? navigator.storage.getDirectory() : null;
}

/**
 * One of Limn's own folders, which is made if it isn't there.
 *
 * @returns `null`: this browser has no private file system
 * @throws a `DOMException` where it is forbidden
 */
export async function openFolder(name: string): Promise<FileSystemDirectoryHandle | null> {
  const root = await openRoot();
  const own = await root?.getDirectoryHandle(OWN_FOLDER, { create: true });
  return (await own?.getDirectoryHandle(name, { create: true })) ?? null;
}

/**
 * The folders where something may lie: Limn's own first, then that at the root where earlier versions kept it. None is made.
 *
 * @param oldName of the folder at the root
 * @throws a `DOMException` where private files are forbidden
 */
export async function findFolders(name: string, oldName: string): Promise<FileSystemDirectoryHandle[]> {
  const root = await openRoot();
  const own = root && (await findIn(root, OWN_FOLDER));
  const found = [own && (await findIn(own, name)), root && (await findIn(root, oldName))];
  return found.filter((folder) => folder !== null);
}

/** @returns `null`: there is no folder of that name */
export async function findIn(
  folder: FileSystemDirectoryHandle,
  name: string,
): Promise<FileSystemDirectoryHandle | null> {
  try {
    return await folder.getDirectoryHandle(name);
  } catch (error) {
    if (isNamed(error, 'NotFoundError') || isNamed(error, 'TypeMismatchError')) return null;
    throw error;
  }
}

/** Does this browser know of private files at all? In private windows they may be forbidden even so. */
export function hasPrivateFiles(): boolean {
  const { storage } = navigator as { readonly storage?: Partial<StorageManager> };
  return typeof storage?.getDirectory === 'function';
}

/** Is it the exception of the browser's that has this name? */
export function isNamed(error: unknown, name: string): boolean {
  return error instanceof DOMException && error.name === name;
}
