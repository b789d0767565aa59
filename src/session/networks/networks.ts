import { createDeferred } from '../../core/async.ts';
import { describeFault, LimnError } from '../../core/errors.ts';
import type { DownloadProgress } from '../../models/assets.ts';
import { catalogNetwork, modelInfo } from '../../models/catalog.ts';
import {
  forgetNetwork,
  loadedNetwork,
  type Network,
  networkRecord,
  noteNetwork,
  registerNetwork,
} from '../../models/imported.ts';
import type { NamedFile } from '../open-files.ts';
import type { Platform } from '../workers.ts';
import type {
  FetchReply,
  FetchRequest,
  NetworkDescription,
  NetworkReply,
  NetworkRequest,
} from './protocol.ts';

type Workers = Pick<Platform, 'workers'>;

/**
 * Reads a network out of files, in a worker, and makes it one of the page's models.
 *
 * @param isKept it stays on this device, for later visits
 * @throws {LimnError} naming file, layer and what was unexpected
 */
export async function readNetworkFiles(
  files: readonly NamedFile[],
  description: NetworkDescription,
  isKept: boolean,
  platform: Workers,
): Promise<{ readonly network: Network; readonly isKept: boolean }> {
  const reply = await ask({ type: 'read', files, description, isKept }, platform);
  if (reply.type !== 'read') throw new Error('The worker answered something else.');
  const { network } = reply;
  registerNetwork(network);
  if (reply.isKept) unkept.delete(network.info.id);
  else unkept.set(network.info.id, { files, description });
  return reply;
}

/** Networks that lie in memory only, by id: what they were read from. */
const unkept = new Map<
  string,
  { readonly files: readonly NamedFile[]; readonly description: NetworkDescription }
>();

/** Networks being brought into memory, by id. */
const loading = new Map<string, Promise<void>>();

/**
 * Brings what a model needs into memory, if it isn't there.
 *
 * @throws {LimnError} if it isn't on this device
 */
export function ensureNetwork(id: string, platform: Workers): Promise<void> {
  if (modelInfo(id).origin === 'bundled' || loadedNetwork(id)) return Promise.resolve();
  const existing = loading.get(id);
  if (existing) return existing;
  const task = load(id, platform).finally(() => loading.delete(id));
  loading.set(id, task);
  return task;
}

async function load(id: string, platform: Workers): Promise<void> {
  if (!networkRecord(id)) await listNetworks(platform);
  if (!networkRecord(id)) throw new LimnError(describeMissing(id));
  const reply = await ask({ type: 'load', id }, platform);
  if (reply.type === 'read') registerNetwork(reply.network);
}

/** Which file of a network is to be fetched from where. */
export function describeMissing(id: string): string {
  const { label, source } = modelInfo(id);
  const files = catalogNetwork(id)?.files ?? [];
  const names = files.map(({ name }) => name).join(', ');
  const beside = names === 'model.json' ? ' with the .bin files beside it' : '';
  return `${label} isn't on this device. Fetch it under Model, or get ${names}${beside} from ${source} and drop it here.`;
}

/** Looks up which networks lie on this device, and makes them models of the page. */
export async function listNetworks(platform: Workers): Promise<void> {
  const reply = await ask({ type: 'list' }, platform);
  if (reply.type === 'listed') for (const record of reply.records) noteNetwork(record);
}

/** Says something else of a network; one that lies on this device has it said for good. */
export async function describeNetwork(
  id: string,
  description: NetworkDescription,
  platform: Workers,
): Promise<void> {
  const source = unkept.get(id);
  if (source) {
    await readNetworkFiles(source.files, { ...source.description, ...description }, false, platform);
    return;
  }
  const reply = await ask({ type: 'describe', id, description }, platform);
  if (reply.type === 'read') registerNetwork(reply.network);
}

/** Takes a network off this device. */
export async function deleteNetwork(id: string, platform: Workers): Promise<void> {
  await ask({ type: 'delete', id }, platform);
  unkept.delete(id);
  forgetNetwork(id);
}

export interface FetchOptions {
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly signal?: AbortSignal;
  /** Told of every request that goes to another host. */
  readonly onForeignRequest?: (url: string) => void;
}

/**
 * Fetches a network's files, and nothing else: whoever asks has said so.
 *
 * @throws {LimnError} if they can't be had, or aren't what the catalogue says; an `AbortError`
 */
export async function fetchNetworkFiles(
  request: FetchRequest,
  { onProgress, signal, onForeignRequest }: FetchOptions,
  { workers }: Workers,
): Promise<readonly NamedFile[]> {
  signal?.throwIfAborted();
  const worker = workers.fetch();
  const { promise, resolve, reject } = createDeferred<readonly NamedFile[]>();
  const onAbort = (): void => reject(signal?.reason);
  signal?.addEventListener('abort', onAbort);
  worker.onmessage = ({ data }: MessageEvent<FetchReply>) => {
    if (data.type === 'progress') onProgress?.(data.progress);
    else if (data.type === 'foreign-request') onForeignRequest?.(data.url);
    else if (data.type === 'fetched') resolve(data.files);
    else reject(new LimnError(data.message));
  };
  worker.onerror = (event) =>
    reject(new LimnError(`The network could not be fetched: ${describeFault(event)}`));
  worker.postMessage(request);
  try {
    return await promise;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    worker.terminate();
  }
}

async function ask(request: NetworkRequest, { workers }: Workers): Promise<NetworkReply> {
  const worker = workers.import();
  try {
    return await new Promise<NetworkReply>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<NetworkReply>) => {
        if (data.type === 'failed') reject(new LimnError(data.message));
        else resolve(data);
      };
      worker.onerror = (event) =>
        reject(new LimnError(`The network could not be read: ${describeFault(event)}`));
      worker.postMessage(request);
    });
  } finally {
    worker.terminate();
  }
}
