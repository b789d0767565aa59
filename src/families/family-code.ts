import { bytesToHex } from '@noble/hashes/utils.js';
import type { NamedBytes } from '../core/named-bytes.ts';
import {
  glanceAtBytes,
  type NetworkFileKind,
  recognizeNetworkFile,
} from '../importers/recognize/recognize.ts';
import type { EngineId, EngineOrder } from './engines/engine-catalog.ts';
import type { RunningChain } from './engines/engine-chain.ts';
import type { EstimatorOptions, PoseEstimator } from './estimator.ts';
import type { AssetAddresses, ProgressSum } from './files/assets.ts';
import type { PersonFinder } from './finding/person-finder.ts';
import type { ImportedModelId } from './model-info.ts';
import type { Network, NetworkDescription, NetworkRecord } from './network.ts';
import type { ParityReference } from './runtimes/parity.ts';

/** Files that may be a network, and what is said of it. */
export interface GivenNetwork {
  readonly files: readonly NamedBytes[];
  /** The `model.json` among them, and what it holds; `null`: there is none. */
  readonly model: { readonly file: NamedBytes; readonly json: unknown } | null;
  readonly description: NetworkDescription;
  /** What engines are held against, if it is there already. */
  readonly reference: ParityReference | null;
}

/** The networks of a model with their weights; `null`: their family reads them itself, or they aren't asked for. */
export interface OpenedNetworks {
  readonly own: Network | null;
  readonly hands: Network | null;
  readonly faces: Network | null;
}

/** Where and how a model is opened. */
export interface OpenRequest {
  readonly options: EstimatorOptions;
  readonly networks: OpenedNetworks;
  /**
   * Opens whatever finds people for the model, on a chain of engines of its own; whoever calls it closes that. `null`: it is to
   * find them itself.
   *
   * @throws {LimnError} if no engine runs it, or its files can't be had
   */
  readonly openFinder: (() => Promise<PersonFinder>) | null;
  readonly assets: AssetAddresses;
  readonly progress: ProgressSum;
  /** At most; absent: as many as there are cores. */
  readonly threads: number | undefined;
  /** Makes a chain of a family's engines, those that are wished for first. */
  chain<Engine extends EngineId>(
    engines: EngineOrder<Engine>,
    open: (engine: Engine) => Promise<PoseEstimator>,
  ): RunningChain;
}

/** What a family's networks are built and opened with, in workers. */
export interface FamilyCode {
  /**
   * A network out of its files; `null`: they are of another family. Absent: its networks come with the page only.
   *
   * @throws {LimnError} naming file, layer and what was unexpected
   */
  build?(given: GivenNetwork): Promise<Network | null>;
  /** Absent: it finds nobody in pictures. */
  open?(request: OpenRequest): RunningChain;
}

const ID_DIGITS = 12;

/** Of a network that nobody knows, by its hash. */
export function ownId(sha256: string): ImportedModelId {
  return `imported-${sha256.slice(0, ID_DIGITS)}`;
}

/** Hash and size of a network's files, one after the other. */
export async function measureFiles(files: readonly NamedBytes[]): Promise<Omit<NetworkRecord, 'info'>> {
  const whole = new Blob(files.map(({ bytes }) => bytes as Uint8Array<ArrayBuffer>));
  const digest = await crypto.subtle.digest('SHA-256', await whole.arrayBuffer());
  return { sha256: bytesToHex(new Uint8Array(digest)), byteLength: whole.size };
}

/** The first file that is this to a network; `null`: there is none. */
export function findOfKind(kind: NetworkFileKind['kind'], files: readonly NamedBytes[]): NamedBytes | null {
  const isOne = ({ name, bytes }: NamedBytes): boolean =>
    recognizeNetworkFile(glanceAtBytes(name, bytes))?.kind === kind;
  return files.find(isOne) ?? null;
}
