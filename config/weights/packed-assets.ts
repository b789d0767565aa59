import { readFile } from 'node:fs/promises';

/**
 * Reads one file out of an Emscripten "packed assets" pair: `NAME.data` holds the bytes of several files one
 * behind the other, `NAME_loader.js` lists name, start and end of each.
 *
 * @throws if the loader doesn't list the file, or lists a range outside of the data.
 */
export async function readPackedAsset(dataPath: string, fileName: string): Promise<Uint8Array> {
  const loaderPath = dataPath.replace(/\.data$/, '_loader.js');
  const [data, loader] = await Promise.all([readFile(dataPath), readFile(loaderPath, 'utf8')]);
  const entry = new RegExp(`"filename":\\s*"[^"]*/${fileName}",\\s*"start":\\s*(\\d+),\\s*"end":\\s*(\\d+)`);
  const match = entry.exec(loader);
  const start = Number(match?.[1]);
  const end = Number(match?.[2]);
  if (!match || !(start < end) || end > data.length) {
    throw new Error(`${loaderPath} lists no usable range for ${fileName}.`);
  }
  return data.subarray(start, end);
}
