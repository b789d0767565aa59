import { LimnError } from '../../core/errors.ts';
import { callOnce } from '../../core/port/call-once.ts';
import type { NamesOf, ParametersOf, ResultOf } from '../../core/port/messages.ts';
import { Port } from '../../core/port/port.ts';
import type { DownloadProgress } from '../../models/assets.ts';
import { catalogNetwork, modelInfo } from '../../models/catalog.ts';
import {
  forgetNetwork,
  type NetworkDescription,
  type NetworkSource,
  networkRecord,
  networkSource,
  noteNetwork,
  registerNetwork,
} from '../../models/imported.ts';
import type { NamedFile } from '../opening/open-files.ts';
import type { Platform } from '../workers.ts';
import type {
  FetchCalls,
  FetchEvents,
  FetchRequest,
  NetworkCalls,
  NetworkSize,
  ReadNetwork,
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
): Promise<ReadNetwork> {
  const read = await ask('read', [files, description, isKept], platform);
  registerNetwork(read.network, read.files);
  return read;
}

/** Networks being looked at, by id. */
const loading = new Map<string, Promise<void>>();

/**
 * Looks at what a model needs, if nobody has yet.
 *
 * @throws {LimnError} if it isn't on this device
 */
export function ensureNetwork(id: string, platform: Workers): Promise<void> {
  if (modelInfo(id).origin === 'bundled' || networkSource(id)) return Promise.resolve();
  const existing = loading.get(id);
  if (existing) return existing;
  const task = load(id, platform).finally(() => loading.delete(id));
  loading.set(id, task);
  return task;
}

async function load(id: string, platform: Workers): Promise<void> {
  if (!networkRecord(id)) await listNetworks(platform);
  if (!networkRecord(id)) throw new LimnError(describeMissing(id));
  const { network, files } = await ask('load', [id], platform);
  registerNetwork(network, files);
}

/** Where workers find a network. @throws {LimnError} if it isn't on this device */
export async function sourceOf(id: string, platform: Workers): Promise<NetworkSource> {
  await ensureNetwork(id, platform);
  const source = networkSource(id);
  if (!source) throw new LimnError(describeMissing(id));
  return source;
}

/** How large a network of OpenPose's kind is, for a picture of so many columns and rows. */
export async function measureNetwork(
  id: string,
  width: number,
  height: number,
  platform: Workers,
): Promise<NetworkSize> {
  return ask('measure', [await sourceOf(id, platform), width, height], platform);
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
  for (const record of await ask('list', [], platform)) noteNetwork(record);
}

/** Says something else of a network; one that lies on this device has it said for good. */
export async function describeNetwork(
  id: string,
  description: NetworkDescription,
  platform: Workers,
): Promise<void> {
  const { network, files } = await ask('describe', [await sourceOf(id, platform), description], platform);
  registerNetwork(network, files);
}

/** Takes a network off this device. */
export async function deleteNetwork(id: string, platform: Workers): Promise<void> {
  await ask('delete', [id], platform);
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
export function fetchNetworkFiles(
  request: FetchRequest,
  { onProgress, signal, onForeignRequest }: FetchOptions,
  { workers }: Workers,
): Promise<readonly NamedFile[]> {
  const port = new Port<FetchCalls, FetchEvents>(workers.fetch(), {
    name: 'The worker that fetches networks',
    on: { ...(onForeignRequest && { 'foreign-request': onForeignRequest }) },
  });
  return callOnce(port, 'fetch', [request], { signal, onProgress });
}

function ask<Name extends NamesOf<NetworkCalls>>(
  name: Name,
  parameters: ParametersOf<NetworkCalls[Name]>,
  { workers }: Workers,
): Promise<ResultOf<NetworkCalls[Name]>> {
  const port = new Port<NetworkCalls>(workers.import(), { name: 'The worker that reads networks' });
  return callOnce(port, name, parameters);
}
