import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../node_modules/.cache/limn/', import.meta.url));
const KEY_DIGITS = 16;

/**
 * A file that is made once and then taken from the cache.
 *
 * @param name with its ending
 * @param madeOf all that decides what it holds: what is made of something else is made anew
 */
export async function cached(
  name: string,
  madeOf: unknown,
  make: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const key = createHash('sha256').update(JSON.stringify(madeOf)).digest('hex').slice(0, KEY_DIGITS);
  const path = join(folder, name.replace(/(\.\w+)$/, `-${key}$1`));
  try {
    return await readFile(path);
  } catch {
    const bytes = await make();
    await mkdir(folder, { recursive: true });
    // Renaming is atomic: two builds at once never see half a file.
    const partial = `${path}.${process.pid}`;
    await writeFile(partial, bytes);
    await rename(partial, path);
    return bytes;
  }
}
