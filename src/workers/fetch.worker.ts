import { LimnError, toSentence } from '../core/errors.ts';
import { type Call, serve } from '../core/port/serve.ts';
import { nameInPath } from '../core/texts/file-name.ts';
import { catalogNetwork } from '../families/catalog/catalog.ts';
import type { CatalogFile } from '../families/catalog/catalog-networks.ts';
import { ProgressSum } from '../families/files/assets.ts';
import { browserHost, download } from '../families/files/download.ts';
import { shardPaths } from '../importers/tfjs/manifest.ts';
import type { NamedFile } from '../sources/named-file.ts';
import type { FetchCalls, FetchEvents, FetchRequest } from '../tracking/networks/protocol.ts';
import { scope } from './scope/worker-scope.ts';

/*
 * The one worker that may ask other hosts, and does so only for the networks that somebody has asked for: the servers'
 * security policy opens `connect-src` for this script only (config/security.ts).
 */

/** No network of this kind is larger. */
const MAXIMUM_BYTES = 2 ** 30;
const PROGRESS_INTERVAL_MS = 100;

const emit = serve<FetchCalls, FetchEvents>(scope, { fetch: (call, request) => fetchAll(request, call) });

async function fetchAll(request: FetchRequest, call: Call): Promise<NamedFile[]> {
  const progress = reportInIntervals(call);
  if (request.type === 'addresses') {
    return fetchWithShards(
      request.addresses.map((url) => ({ name: nameInPath(new URL(url).pathname), urls: [url] })),
      progress,
    );
  }
  const entry = catalogNetwork(request.id);
  if (!entry) throw new LimnError(`The catalogue has no network "${request.id}".`);
  const manual = `Get ${entry.files.map(({ name }) => name).join(', ')} from ${entry.info.source} by hand, and drop it on the page.`;
  try {
    return await fetchWithShards(entry.files, progress);
  } catch (error) {
    throw new LimnError(`${toSentence(error)} ${manual}`, { cause: error });
  }
}

/** The files, and of a `model.json` the shards that it names, where they aren't among them. */
async function fetchWithShards(files: readonly CatalogFile[], progress: ProgressSum): Promise<NamedFile[]> {
  const all: NamedFile[] = [];
  for (const file of files) {
    const { blob, url } = await fetchFromAny(file, progress);
    all.push({ name: file.name, blob });
    if (!/\.json$/i.test(file.name)) continue;
    for (const shard of shardsOf(file.name, url, await blob.text())) {
      if (files.some(({ name }) => name === shard.name)) continue;
      all.push({ name: shard.name, blob: (await fetchFromAny(shard, progress)).blob });
    }
  }
  return all;
}

function shardsOf(name: string, url: string, text: string): CatalogFile[] {
  const paths = shardPaths(parse(text));
  // Another JSON may say what a network's maps are.
  if (!paths && !/(^|\/)model\.json$/i.test(name)) return [];
  if (!paths) throw new LimnError(`${name} of ${new URL(url).host} is no model of TensorFlow.js.`);
  return paths.map((path) => {
    const address = new URL(path, url);
    // Some hosts give files only with the query that the model's own address has.
    address.search = new URL(url).search;
    return { name: path, urls: [address.href] };
  });
}

/**
 * Asks one address after the other.
 *
 * @returns the file, and the address that gave it
 * @throws {LimnError} why each of them didn't; an `AbortError`
 */
async function fetchFromAny(
  file: CatalogFile,
  progress: ProgressSum,
): Promise<{ readonly blob: Blob; readonly url: string }> {
  const reasons: string[] = [];
  for (const url of file.urls) {
    try {
      return { blob: await fetchFile(file, url, progress), url };
    } catch (error) {
      if (!(error instanceof LimnError)) throw error;
      reasons.push(error.message);
    }
  }
  throw new LimnError(reasons.join(' '));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function fetchFile(
  { name, md5, sha256 }: CatalogFile,
  url: string,
  progress: ProgressSum,
): Promise<Blob> {
  const host = browserHost();
  const isForeign = new URL(url).origin !== host.origin;
  const fetchAndSay = (...request: Parameters<typeof fetch>): Promise<Response> => {
    if (isForeign) emit('foreign-request', url);
    return host.fetch(...request);
  };
  let parts: Uint8Array<ArrayBuffer>[] = [];
  const receiver = {
    add: (part: Uint8Array<ArrayBuffer>) => void parts.push(part),
    clear: () => {
      parts = [];
    },
  };
  await download(
    {
      url,
      name,
      byteLength: null,
      maximumBytes: MAXIMUM_BYTES,
      digest: md5 ? { md5 } : sha256 ? { sha256 } : null,
      statedBy: 'the catalogue knows',
      init: { credentials: 'omit', referrerPolicy: 'no-referrer' },
      // Under the file's name, for another address may have to give it.
      onAnswer: (totalBytes) => progress.expect({ url: name, byteLength: totalBytes ?? 0 }),
      onProgress: (loadedBytes, isAgain) => progress.update({ url: name }, loadedBytes, isAgain),
    },
    receiver,
    { ...host, fetch: fetchAndSay },
  );
  return new Blob(parts);
}

/** Progress as the page wants to hear of it: not of every part, but of all that changes what is said. */
function reportInIntervals(call: Call): ProgressSum {
  let reported = 0;
  let wasAgain = false;
  return new ProgressSum((progress) => {
    const now = performance.now();
    if (now - reported < PROGRESS_INTERVAL_MS && progress.isAgain === wasAgain) return;
    reported = now;
    wasAgain = progress.isAgain;
    call.report(progress);
  });
}
