import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { LimnError, toSentence } from '../core/errors.ts';
import type { DownloadProgress } from '../models/assets.ts';
import { type CatalogFile, catalogNetwork } from '../models/catalog.ts';
import type { FetchReply, FetchRequest } from '../session/networks/protocol.ts';
import type { NamedFile } from '../session/open-files.ts';
import { workerScope } from './worker-scope.ts';

/*
 * The one worker that may ask other hosts, and does so only for the networks that somebody has asked for: the servers'
 * security policy opens `connect-src` for this script alone (config/security.ts).
 */

/** No network of this kind is larger. */
const MAXIMUM_BYTES = 2 ** 30;
const PROGRESS_INTERVAL_MS = 100;

const scope = workerScope<FetchRequest, FetchReply>();

scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage({ type: 'fetched', files: await fetchAll(data) });
  } catch (error) {
    scope.postMessage({ type: 'failed', message: toSentence(error) });
  }
};

async function fetchAll(request: FetchRequest): Promise<NamedFile[]> {
  const progress = new ProgressReport();
  if (request.type === 'addresses') {
    return fetchWithShards(
      request.addresses.map((url) => ({ name: nameOf(url), url })),
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

/** The files, and of a `model.json` the shards that it names. */
async function fetchWithShards(
  files: readonly CatalogFile[],
  progress: ProgressReport,
): Promise<NamedFile[]> {
  const all: NamedFile[] = [];
  for (const file of files) {
    const blob = await fetchFile(file, progress);
    all.push({ name: file.name, blob });
    if (!/(^|\/)model\.json$/.test(file.name)) continue;
    for (const shard of shardsOf(file, await blob.text())) {
      all.push({ name: shard.name, blob: await fetchFile(shard, progress) });
    }
  }
  return all;
}

const manifest = v.object({ weightsManifest: v.array(v.object({ paths: v.array(v.string()) })) });

function shardsOf({ name, url }: CatalogFile, text: string): CatalogFile[] {
  const parsed = v.safeParse(manifest, parse(text));
  if (!parsed.success) throw new LimnError(`${name} of ${new URL(url).host} is no model of TensorFlow.js.`);
  const paths = parsed.output.weightsManifest.flatMap((group) => group.paths);
  return paths.map((path) => {
    const address = new URL(path, url);
    // tfhub.dev gives files only with the query that the model's own address has.
    address.search = new URL(url).search;
    return { name: path, url: address.href };
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function fetchFile(file: CatalogFile, progress: ProgressReport): Promise<Blob> {
  const { host, origin } = new URL(file.url);
  if (origin !== location.origin) scope.postMessage({ type: 'foreign-request', url: file.url });
  const response = await fetch(file.url, { credentials: 'omit', referrerPolicy: 'no-referrer' }).catch(
    (cause: unknown) => {
      throw new LimnError(
        `${file.name} could not be fetched from ${host}: there is no network, or the server refuses other pages.`,
        { cause },
      );
    },
  );
  if (!response.ok || !response.body) {
    throw new LimnError(`${file.name} could not be fetched: ${host} answered ${response.status}.`);
  }
  const expected = Number(response.headers.get('content-length') ?? 0);
  const hash = file.md5 ? md5.create() : sha256.create();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let loaded = 0;
  progress.add(expected);
  for await (const part of readable(response.body)) {
    loaded += part.length;
    if (loaded > MAXIMUM_BYTES) throw new LimnError(`${file.name} is larger than any network of this kind.`);
    hash.update(part);
    parts.push(part);
    progress.advance(part.length);
  }
  const digest = bytesToHex(hash.digest());
  const wanted = file.md5 ?? file.sha256;
  if (wanted && digest !== wanted) {
    throw new LimnError(
      `What ${host} gives as ${file.name} is another file than the catalogue knows (${digest.slice(0, 12)}…, not ${wanted.slice(0, 12)}…). It isn't used.`,
    );
  }
  return new Blob(parts);
}

/** A stream's parts; streams can't be iterated over everywhere yet. */
async function* readable(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

function nameOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.replace(/^.*\//, ''));
}

class ProgressReport {
  #sum: DownloadProgress = { loadedBytes: 0, totalBytes: 0 };
  #reported = 0;

  add(bytes: number): void {
    this.#sum = { ...this.#sum, totalBytes: this.#sum.totalBytes + bytes };
  }

  advance(bytes: number): void {
    const loadedBytes = this.#sum.loadedBytes + bytes;
    this.#sum = { loadedBytes, totalBytes: Math.max(this.#sum.totalBytes, loadedBytes) };
    const now = performance.now();
    if (now - this.#reported < PROGRESS_INTERVAL_MS) return;
    this.#reported = now;
    scope.postMessage({ type: 'progress', progress: this.#sum });
  }
}
