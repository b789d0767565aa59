import { LimnError } from '../../core/errors.ts';
import { nameInPath } from '../../core/texts/file-name.ts';
import { download } from '../../families/files/download.ts';

/**
 * The source's content and name; an address is fetched.
 *
 * @throws {LimnError} if it can't be had, or is no address; an `AbortError`
 */
export async function fetchSource(
  source: Blob | string,
  signal: AbortSignal | undefined,
): Promise<{ content: Blob; name: string }> {
  if (typeof source === 'string') return { content: await fetchBlob(source, signal), name: fileName(source) };
  return { content: source, name: source instanceof File ? source.name : 'file' };
}

/** As weights are fetched: what breaks off is asked for again. */
async function fetchBlob(address: string, signal: AbortSignal | undefined): Promise<Blob> {
  let parts: Uint8Array<ArrayBuffer>[] = [];
  await download(
    {
      url: toUrl(address).href,
      name: address,
      byteLength: null,
      maximumBytes: Number.POSITIVE_INFINITY,
      digest: null,
      statedBy: '',
      ...(signal && { signal }),
    },
    {
      add: (part) => void parts.push(part),
      clear: () => {
        parts = [];
      },
    },
  );
  return new Blob(parts);
}

/** @throws {LimnError} if it is no address */
function toUrl(address: string): URL {
  try {
    return new URL(address, location.href);
  } catch (cause) {
    throw new LimnError(`"${address}" is no address of a file.`, { cause });
  }
}

function fileName(address: string): string {
  return nameInPath(toUrl(address).pathname) || 'file';
}
