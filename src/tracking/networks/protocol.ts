import type { CatalogModelId } from '../../families/model-info.ts';
import type {
  NetworkDescription,
  NetworkFiles,
  NetworkRecord,
  NetworkSource,
  NetworkSummary,
} from '../../families/network.ts';
import type { NamedFile } from '../../sources/named-file.ts';

/** A network that was read. */
export interface SummarizedNetwork {
  readonly network: NetworkSummary;
  /** What it is built from where it can't be kept; `null`: it stays on this device. */
  readonly files: NetworkFiles | null;
}

/** How large a network is. */
export interface NetworkSize {
  readonly layers: number;
  readonly parameters: number;
  /** Of one picture. */
  readonly multiplyAdds: number;
  readonly maps: number;
}

/** What the worker does that reads and keeps networks. */
export interface NetworkCalls {
  /** Reads files; `isKept`: they are to stay on this device. */
  read(files: readonly NamedFile[], description: NetworkDescription, isKept: boolean): SummarizedNetwork;
  /** Looks at one that was kept. */
  load(id: string): SummarizedNetwork;
  list(): readonly NetworkRecord[];
  describe(source: NetworkSource, description: NetworkDescription): SummarizedNetwork;
  /** Of a network of OpenPose's kind and a picture of so many columns and rows. */
  measure(source: NetworkSource, width: number, height: number): NetworkSize;
  delete(id: string): void;
}

/** What is to be fetched: a network of the catalogue, or any by its addresses. */
export type FetchRequest =
  | { readonly type: 'catalog'; readonly id: CatalogModelId }
  | { readonly type: 'addresses'; readonly addresses: readonly string[] };

/** What the worker does that fetches networks. */
export interface FetchCalls {
  /** Reports `DownloadProgress`. */
  fetch(request: FetchRequest): readonly NamedFile[];
}

export interface FetchEvents {
  /** A request goes to another host: its address. */
  'foreign-request': string;
}
