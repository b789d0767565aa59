import type { Page } from 'playwright-core';
import { testAddress } from './browser.ts';

/** A file of a page's private file system. */
export interface KeptFile {
  /** Folders and name, from the root. */
  readonly path: readonly string[];
  readonly base64: string;
}

/** Goes to an empty page of the same origin, which has no file open and no script. */
export async function leave(page: Page): Promise<void> {
  const address = `${testAddress()}empty.html`;
  await page.route(address, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>empty</title>' }),
  );
  await page.goto(address);
}

/** All that a page has kept in its private file system. Leaves the page. */
export async function readKept(page: Page): Promise<readonly KeptFile[]> {
  await leave(page);
  return page.evaluate(async () => {
    const found: { path: string[]; base64: string }[] = [];
    const look = async (folder: FileSystemDirectoryHandle, path: string[]): Promise<void> => {
      for await (const [name, handle] of folder.entries()) {
        const inside = [...path, name];
        if (handle instanceof FileSystemDirectoryHandle) await look(handle, inside);
        else if (handle instanceof FileSystemFileHandle) {
          const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
          let text = '';
          for (const byte of bytes) text += String.fromCharCode(byte);
          found.push({ path: inside, base64: btoa(text) });
        }
      }
    };
    await look(await navigator.storage.getDirectory(), []);
    return found;
  });
}

/** A worker of a page that has just been closed holds its file for a moment longer. */
const RELEASE = { attempts: 50, waitMilliseconds: 100 };

/** Puts files into a page's private file system, as an earlier visit has left them. Leaves the page. */
export async function writeKept(page: Page, files: readonly KeptFile[]): Promise<void> {
  await leave(page);
  const write = async ({
    files,
    attempts,
    waitMilliseconds,
  }: typeof RELEASE & { files: readonly KeptFile[] }) => {
    const open = async (file: FileSystemFileHandle): Promise<FileSystemWritableFileStream> => {
      for (let left = attempts; ; left--) {
        try {
          return await file.createWritable();
        } catch (error) {
          const isHeld = error instanceof DOMException && error.name === 'NoModificationAllowedError';
          if (!isHeld || left <= 1) throw error;
          await new Promise((resolve) => setTimeout(resolve, waitMilliseconds));
        }
      }
    };
    for (const { path, base64 } of files) {
      let folder = await navigator.storage.getDirectory();
      for (const name of path.slice(0, -1)) folder = await folder.getDirectoryHandle(name, { create: true });
      const file = await folder.getFileHandle(path.at(-1) ?? '', { create: true });
      const writable = await open(file);
      await writable.write(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
      await writable.close();
    }
  };
  await page.evaluate(write, { files, ...RELEASE });
}
