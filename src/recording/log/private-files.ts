/** All that Limn keeps lies under it, for the origin may be other people's. */
const OWN_FOLDER = 'limn';
/** In it: a folder for each Limn that has a name. */
const NAMED_FOLDER = 'named';

/** From Limn's folder down to that of the Limn that this thread works for. */
let ownPath: readonly string[] = [OWN_FOLDER];

/** Says whose files this thread keeps. @param limn its name; empty: it has none */
export function keepUnder(limn: string): void {
  ownPath = limn === '' ? [OWN_FOLDER] : [OWN_FOLDER, NAMED_FOLDER, limn];
}

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
  let folder = await openRoot();
  for (const step of [...ownPath, name]) {
    folder = (await folder?.getDirectoryHandle(step, { create: true })) ?? null;
  }
  return folder;
}

/**
 * The folders where something may lie: Limn's own first, then that at the root where earlier versions kept it. None is made.
 *
 * @param oldName of the folder at the root
 * @throws a `DOMException` where private files are forbidden
 */
export async function findFolders(name: string, oldName: string): Promise<FileSystemDirectoryHandle[]> {
  const root = await openRoot();
  let own = root;
  for (const step of [...ownPath, name]) own = own && (await findIn(own, step));
  // What earlier versions kept belongs to the Limn without a name.
  const earlier = root && ownPath.length === 1 ? await findIn(root, oldName) : null;
  return [own, earlier].filter((folder) => folder !== null);
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
