import { LimnError } from '../../core/errors.ts';
import { callOnce } from '../../core/port/call-once.ts';
import type { NamesOf, ParametersOf, ResultOf } from '../../core/port/messages.ts';
import { Port } from '../../core/port/port.ts';
import { bundledNetwork, onPage } from '../../families/bundled-networks.ts';
import { catalogNetwork } from '../../families/catalog/catalog.ts';
import type { AssetAddresses, DownloadProgress } from '../../families/files/assets.ts';
import type { NetworkDescription, NetworkSource } from '../../families/network.ts';
import type { ModelRegistry } from '../../families/registry.ts';
import type { NamedFile } from '../../sources/named-file.ts';
import type {
  FetchCalls,
  FetchEvents,
  FetchRequest,
  NetworkCalls,
  NetworkSize,
  SummarizedNetwork,
} from './protocol.ts';

export interface FetchOptions {
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly signal?: AbortSignal;
  /** Told of every request that goes to another host. */
  readonly onForeignRequest?: (url: string) => void;
}

/** How networks come to be models of a Limn: from files, from other hosts, and from this device. */
export class Networks {
  readonly #workers: { readonly import: () => Worker; readonly fetch: () => Worker };
  readonly #registry: ModelRegistry;
  readonly #assets: AssetAddresses;
  /** Networks being looked at, by id. */
  readonly #loading = new Map<string, Promise<void>>();

  constructor(
    workers: { readonly import: () => Worker; readonly fetch: () => Worker },
    registry: ModelRegistry,
    assets: AssetAddresses,
  ) {
    this.#assets = assets;
    this.#workers = workers;
    this.#registry = registry;
  }

  /**
   * Reads a network out of files, in a worker, and makes it one of the models.
   *
   * @param isKept it stays on this device, for later visits
   * @throws {LimnError} naming file, layer and what was unexpected
   */
  async read(
    files: readonly NamedFile[],
    description: NetworkDescription,
    isKept: boolean,
  ): Promise<SummarizedNetwork> {
    const read = await this.#ask('read', [files, description, isKept]);
    this.#registry.add(read.network, read.files);
    return read;
  }

  /**
   * Looks at what a model needs, if nobody has yet.
   *
   * @throws {LimnError} if it isn't on this device
   */
  ensure(id: string): Promise<void> {
    if (this.#registry.info(id).origin === 'bundled' || this.#registry.source(id)) return Promise.resolve();
    const existing = this.#loading.get(id);
    if (existing) return existing;
    const task = this.#load(id).finally(() => this.#loading.delete(id));
    this.#loading.set(id, task);
    return task;
  }

  /** Where workers find a network. @throws {LimnError} if it isn't on this device */
  async sourceOf(id: string): Promise<NetworkSource> {
    const bundled = bundledNetwork(id);
    if (bundled) return { id, revision: 0, place: { type: 'page', given: onPage(bundled, this.#assets) } };
    await this.ensure(id);
    const source = this.#registry.source(id);
    if (!source) throw new LimnError(this.#describeMissing(id));
    return source;
  }

  /** How large a network of OpenPose's kind is, for a picture of so many columns and rows. */
  async measure(id: string, width: number, height: number): Promise<NetworkSize> {
    return this.#ask('measure', [await this.sourceOf(id), width, height]);
  }

  /** Looks up which networks lie on this device, and makes them models. */
  async list(): Promise<void> {
    for (const record of await this.#ask('list', [])) this.#registry.note(record);
  }

  /** A model that was kept on an earlier visit isn't known before somebody looks what lies on this device. */
  async know(id: string): Promise<void> {
    if (!this.#registry.has(id)) await this.list();
  }

  /** Says something else of a network; one that lies on this device has it said for good. */
  async describe(id: string, description: NetworkDescription): Promise<void> {
    if (bundledNetwork(id)) throw new LimnError(`${id} comes with the page, and is used as it is.`);
    const { network, files } = await this.#ask('describe', [await this.sourceOf(id), description]);
    this.#registry.add(network, files);
  }

  /** Takes a network off this device. */
  async delete(id: string): Promise<void> {
    await this.#ask('delete', [id]);
    this.#registry.forget(id);
  }

  /**
   * Fetches a network's files, and nothing else: whoever asks has said so.
   *
   * @throws {LimnError} if they can't be had, or aren't what the catalogue says; an `AbortError`
   */
  fetch(
    request: FetchRequest,
    { onProgress, signal, onForeignRequest }: FetchOptions = {},
  ): Promise<readonly NamedFile[]> {
    const port = new Port<FetchCalls, FetchEvents>(this.#workers.fetch(), {
      name: 'The worker that fetches networks',
      on: { ...(onForeignRequest && { 'foreign-request': onForeignRequest }) },
    });
    return callOnce(port, 'fetch', [request], { signal, onProgress });
  }

  async #load(id: string): Promise<void> {
    if (!this.#registry.record(id)) await this.list();
    if (!this.#registry.record(id)) throw new LimnError(this.#describeMissing(id));
    const { network, files } = await this.#ask('load', [id]);
    this.#registry.add(network, files);
  }

  /** Which file of a network is to be fetched from where. */
  #describeMissing(id: string): string {
    const { label, source } = this.#registry.info(id);
    const files = catalogNetwork(id)?.files ?? [];
    const names = files.map(({ name }) => name).join(', ');
    const beside = names === 'model.json' ? ' with the .bin files beside it' : '';
    return `${label} isn't on this device. Fetch it under Model, or get ${names}${beside} from ${source} and drop it here.`;
  }

  #ask<Name extends NamesOf<NetworkCalls>>(
    name: Name,
    parameters: ParametersOf<NetworkCalls[Name]>,
  ): Promise<ResultOf<NetworkCalls[Name]>> {
    const port = new Port<NetworkCalls>(this.#workers.import(), { name: 'The worker that reads networks' });
    return callOnce(port, name, parameters);
  }
}
