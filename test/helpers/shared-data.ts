import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../shared/testdata/', import.meta.url));

/** Are the pictures and videos of other projects there? They lie beside the repository, not in it. */
export const hasSharedData = existsSync(folder);
if (!hasSharedData) console.warn('../shared/testdata is missing: the tests with real pictures are skipped.');

export function sharedPath(name: string): string {
  return `${folder}${name}`;
}

export function readShared(name: string): Uint8Array {
  return new Uint8Array(readFileSync(sharedPath(name)));
}

export function readSharedJson<T>(name: string): T {
  return JSON.parse(readFileSync(sharedPath(name), 'utf8')) as T;
}

/** A file's bytes as text that can be handed to a page. */
export function readBase64(path: string): string {
  return readFileSync(path).toString('base64');
}
