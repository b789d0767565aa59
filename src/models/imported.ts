import type { Graph } from '../importers/graph.ts';
import type { ImportedModelId, ModelInfo } from './catalog.ts';

/** How a network wants its picture: each number of 0 … 255 times `scale`, and `shift`. */
export interface PictureScaling {
  readonly order: 'bgr' | 'rgb';
  readonly scale: number;
  readonly shift: number;
}

/** A network that somebody has brought, ready to be run. Plain data: it goes to workers as it is. */
export interface ImportedNetwork {
  readonly info: ModelInfo & { readonly id: ImportedModelId };
  readonly graph: Graph;
  /** Of the file, as hexadecimal digits. */
  readonly sha256: string;
  readonly scaling: PictureScaling;
  /** Channels that come out; see `openpose/layouts.ts`. */
  readonly channels: number;
  /** Whose thresholds decide who is somebody. */
  readonly manner: 'openpose' | 'tf-pose';
}

const networks = new Map<string, ImportedNetwork>();

/** Makes a network one of the models of this page. */
export function registerNetwork(network: ImportedNetwork): void {
  networks.set(network.info.id, network);
}

/** In the order in which they were brought. */
export function importedNetworks(): readonly ImportedNetwork[] {
  return [...networks.values()];
}

/** `null`: the model isn't one that somebody has brought. */
export function importedNetwork(id: string): ImportedNetwork | null {
  return networks.get(id) ?? null;
}
