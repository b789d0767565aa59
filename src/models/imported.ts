import type { Graph } from '../importers/graph.ts';
import type { ImportedModelId, ModelInfo } from './catalog.ts';
import type { MapsLayout } from './openpose/layouts.ts';
import type { ParityReference } from './runtime/parity.ts';

/** How a network wants its picture: each number of 0 … 255 times `scale`, and `shift`. */
export interface PictureScaling {
  readonly order: 'bgr' | 'rgb';
  readonly scale: number;
  readonly shift: number;
}

/**
 * The scalings there are, by what they are known from: openpose, src/openpose/utilities/openCv.cpp;
 * tf-pose-estimation's MobileNets; those that were turned into TFLite; HyperPose, hyperpose/Model.
 */
export const pictureScalings = {
  caffe: { scale: 1 / 256, shift: -0.5 },
  signed: { scale: 1 / 127.5, shift: -1 },
  raw: { scale: 1, shift: 0 },
  unit: { scale: 1 / 255, shift: 0 },
} as const satisfies Readonly<Record<string, Omit<PictureScaling, 'order'>>>;
export type PictureScalingName = keyof typeof pictureScalings;

/** A network that somebody has brought, ready to be run. Plain data: it goes to workers as it is. */
export interface ImportedNetwork {
  readonly info: ModelInfo & { readonly id: ImportedModelId };
  readonly graph: Graph;
  /** Of the file, as hexadecimal digits. */
  readonly sha256: string;
  readonly byteLength: number;
  readonly scaling: PictureScaling;
  /** What its maps are. */
  readonly layout: MapsLayout;
  /** Whose way of reading pictures and whose thresholds it was made for. */
  readonly manner: 'openpose' | 'tf-pose';
  /** What every engine's numbers are held against. */
  readonly reference: ParityReference;
}

const networks = new Map<string, ImportedNetwork>();

/** Makes a network one of the models of this page. */
export function registerNetwork(network: ImportedNetwork): void {
  networks.set(network.info.id, network);
}

export function forgetNetwork(id: string): void {
  networks.delete(id);
}

/** In the order in which they were brought. */
export function importedNetworks(): readonly ImportedNetwork[] {
  return [...networks.values()];
}

/** `null`: the model isn't one that somebody has brought. */
export function importedNetwork(id: string): ImportedNetwork | null {
  return networks.get(id) ?? null;
}
