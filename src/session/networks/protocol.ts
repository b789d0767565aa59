import type { KeypointSetId } from '../../core/pose.ts';
import type { ImportedNetwork, Network, NetworkRecord } from '../../models/imported.ts';
import type { CatalogModelId } from '../../models/model-info.ts';
import type { PictureScaling } from '../../models/picture-scaling.ts';
import type { NamedFile } from '../opening/open-files.ts';

/** What can be said of a network that is brought; else it is taken from the file, or from the catalogue. */
export interface NetworkDescription {
  /** What the network is called; default: its file's name. */
  readonly label?: string;
  /** Which skeleton it speaks; default: by the number of its maps, or as a JSON beside it says. */
  readonly skeleton?: KeypointSetId;
  /** How it wants its picture; default: as networks of its format mostly do. A wrong one finds few people, or none. */
  readonly scaling?: PictureScaling;
  /** Whose thresholds it is used with; default: tf-pose's for TensorFlow and TFLite, OpenPose's for Caffe. */
  readonly manner?: ImportedNetwork['manner'];
  /** Of a lifter: does it look at the past only? Its weights don't say; default: whether the file's name does. */
  readonly isCausal?: boolean;
}

/** A network that was read. */
export interface ReadNetwork {
  readonly network: Network;
  /** It stays on this device. */
  readonly isKept: boolean;
}

/** What the worker does that reads and keeps networks. */
export interface NetworkCalls {
  /** Reads files; `isKept`: they are to stay on this device. */
  read(files: readonly NamedFile[], description: NetworkDescription, isKept: boolean): ReadNetwork;
  /** Reads one that was kept. */
  load(id: string): ReadNetwork;
  list(): readonly NetworkRecord[];
  describe(id: string, description: NetworkDescription): ReadNetwork;
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
