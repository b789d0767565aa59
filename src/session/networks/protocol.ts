import type { KeypointSetId } from '../../core/pose.ts';
import type { DownloadProgress } from '../../models/assets.ts';
import type { ImportedNetwork, Network, NetworkRecord } from '../../models/imported.ts';
import type { CatalogModelId } from '../../models/model-info.ts';
import type { PictureScaling } from '../../models/picture-scaling.ts';
import type { NamedFile } from '../open-files.ts';

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

/** What the page asks of the worker that reads and keeps networks. One request to a worker. */
export type NetworkRequest =
  /** Reads files; `isKept`: they stay on this device. */
  | {
      readonly type: 'read';
      readonly files: readonly NamedFile[];
      readonly description: NetworkDescription;
      readonly isKept: boolean;
    }
  /** Reads one that was kept. */
  | { readonly type: 'load'; readonly id: string }
  | { readonly type: 'list' }
  | { readonly type: 'describe'; readonly id: string; readonly description: NetworkDescription }
  | { readonly type: 'delete'; readonly id: string };

export type NetworkReply =
  | { readonly type: 'read'; readonly network: Network; readonly isKept: boolean }
  | { readonly type: 'listed'; readonly records: readonly NetworkRecord[] }
  | { readonly type: 'deleted' }
  | { readonly type: 'failed'; readonly message: string };

/** What the page asks of the worker that fetches networks: one of the catalogue, or any by its addresses. */
export type FetchRequest =
  | { readonly type: 'catalog'; readonly id: CatalogModelId }
  | { readonly type: 'addresses'; readonly addresses: readonly string[] };

export type FetchReply =
  | { readonly type: 'progress'; readonly progress: DownloadProgress }
  | { readonly type: 'foreign-request'; readonly url: string }
  | { readonly type: 'fetched'; readonly files: readonly NamedFile[] }
  | { readonly type: 'failed'; readonly message: string };
