import type { Graph } from '../importers/graph.ts';
import type { TemporalNetwork } from '../importers/pytorch/videopose3d.ts';
import type { CatalogModelId, ImportedModelId, ModelInfo } from './model-info.ts';
import type { MapsLayout } from './openpose/layouts.ts';
import type { PictureScaling } from './picture-scaling.ts';
import type { ParityReference } from './runtime/parity.ts';

/** What is known of a network that lies on this device, whether or not it is in memory. */
export interface NetworkRecord {
  readonly info: ModelInfo & { readonly id: ImportedModelId | CatalogModelId };
  /** Of its files, one after the other, as hexadecimal digits. */
  readonly sha256: string;
  readonly byteLength: number;
}

/** A network of OpenPose's kind that somebody has brought, ready to be run. Plain data: it goes to workers as it is. */
export interface ImportedNetwork extends NetworkRecord {
  readonly kind: 'maps';
  readonly graph: Graph;
  readonly scaling: PictureScaling;
  /** Nobody has said or found out how it wants its picture: `scaling` is what its format mostly wants. */
  readonly isScalingGuessed: boolean;
  /** What its maps are. */
  readonly layout: MapsLayout;
  /** Whose way of reading pictures and whose thresholds it was made for. */
  readonly manner: 'openpose' | 'tf-pose';
  /** What every engine's numbers are held against. */
  readonly reference: ParityReference;
}

/** MoveNet's files, which tfjs-models runs as they are. */
export interface ImportedMoveNet extends NetworkRecord {
  readonly kind: 'movenet';
  readonly variant: MoveNetVariant;
  /** What `model.json` holds. */
  readonly model: unknown;
  readonly shards: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** By the side of the picture that they get, and how many they find. */
export type MoveNetVariant = 'lightning' | 'thunder' | 'multipose';

/** A lifter that somebody has brought. */
export interface ImportedLifter extends NetworkRecord {
  readonly kind: 'lifter';
  readonly network: TemporalNetwork;
}

export type Network = ImportedNetwork | ImportedMoveNet | ImportedLifter;

/** All that lie on this device, in the order in which they came. */
const records = new Map<string, NetworkRecord>();
/** Those of them that are in memory. */
const loaded = new Map<string, Network>();

/** Makes a network one of the models of this page. */
export function registerNetwork(network: Network): void {
  const { info, sha256, byteLength } = network;
  records.set(info.id, { info, sha256, byteLength });
  loaded.set(info.id, network);
}

/** Makes known that a network lies on this device. */
export function noteNetwork(record: NetworkRecord): void {
  records.set(record.info.id, record);
}

export function forgetNetwork(id: string): void {
  records.delete(id);
  loaded.delete(id);
}

export function networkRecords(): readonly NetworkRecord[] {
  return [...records.values()];
}

export function networkRecord(id: string): NetworkRecord | null {
  return records.get(id) ?? null;
}

/** `null`: it isn't in memory. */
export function loadedNetwork(id: string): Network | null {
  return loaded.get(id) ?? null;
}

/** The network of OpenPose's kind with an id; `null`: there is none in memory. */
export function loadedMaps(id: string): ImportedNetwork | null {
  const network = loaded.get(id);
  return network?.kind === 'maps' ? network : null;
}
