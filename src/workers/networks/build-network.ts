import { LimnError } from '../../core/errors.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import { findOfKind } from '../../families/family-code.ts';
import { fetchAsset, ProgressSum } from '../../families/files/assets.ts';
import type { FamilyId } from '../../families/model-info.ts';
import type {
  Network,
  NetworkDescription,
  NetworkSource,
  NetworkSummary,
  PageNetwork,
} from '../../families/network.ts';
import { type ParityReference, readParityReference } from '../../families/runtimes/parity.ts';
import { unzipEntries } from '../../formats/zip/read.ts';
import { parseNetworkJson } from '../../importers/read-network.ts';
import {
  foreignFault,
  isOnnxName,
  type NetworkFileKind,
  recognizeNetworkFile,
} from '../../importers/recognize/recognize.ts';
import { isZip } from '../../importers/recognize/zip-names.ts';
import type { NamedFile } from '../../sources/named-file.ts';
import { glanceAt } from '../../tracking/networks/network-files.ts';
import { readKept } from '../../tracking/networks/network-store.ts';
import { familyCodes } from './family-codes.ts';

/** Files are read at once: more than this isn't a network of this kind. */
const MAXIMUM_BYTES = 2 ** 30;
/** Of what Limn reads a network from. */
const READ_KINDS: readonly NetworkFileKind['kind'][] = ['model', 'weights', 'checkpoint', 'task'];

/** @throws {LimnError} if together they are too large, or are of a format that isn't read, however large */
export async function readFiles(files: readonly NamedFile[]): Promise<NamedBytes[]> {
  const kinds = await Promise.all(files.map(async (file) => recognizeNetworkFile(await glanceAt(file))));
  // Whatever lies beside it is part of it, and isn't looked at.
  if (!kinds.some((kind) => kind && READ_KINDS.includes(kind.kind))) {
    for (const [i, kind] of kinds.entries()) {
      if (kind?.kind === 'foreign') throw foreignFault(files[i]?.name ?? '', kind.format);
    }
  }
  const size = files.reduce((sum, { blob }) => sum + blob.size, 0);
  const [first] = files;
  if (size > MAXIMUM_BYTES)
    throw new LimnError(`${first?.name ?? 'It'} is too large for a network of this kind (${size} bytes).`);
  const read = await Promise.all(
    files.map(async ({ name, blob }) => ({ name, bytes: new Uint8Array(await blob.arrayBuffer()) })),
  );
  return read.flatMap((file, i) => (isPackedOnnx(file, kinds[i] ?? null) ? unpackOnnx(file) : [file]));
}

/** Is a file a ZIP with an ONNX network in it, as mmdeploy packs them? */
function isPackedOnnx({ bytes }: NamedBytes, kind: NetworkFileKind | null): boolean {
  return kind?.kind === 'weights' && kind.format === 'onnx' && isZip(bytes);
}

/** The network in a ZIP, and what holds some of its weights. */
function unpackOnnx(file: NamedBytes): NamedBytes[] {
  const entries = unzipEntries(file, (name) => isOnnxName(name) || /[._]data$/i.test(name));
  const networks = entries.filter(({ name }) => isOnnxName(name));
  if (networks.length > 1) {
    const names = networks.map(({ name }) => name).join(', ');
    throw new LimnError(`${file.name} has several networks in it (${names}): unpack it, and drop one.`);
  }
  return entries.map(({ name, bytes }) => ({ name: `${file.name}/${name}`, bytes }));
}

/**
 * A network out of its files, by the family that it is of.
 *
 * @param reference what engines are held against, if it is there already
 * @param family that it is known to be of; absent: all are asked
 * @throws {LimnError} naming file, layer and what was unexpected
 */
export async function buildNetwork(
  files: readonly NamedBytes[],
  description: NetworkDescription,
  reference: ParityReference | null,
  family?: FamilyId,
): Promise<Network> {
  const file = findOfKind('model', files);
  const model = file && { file, json: parseNetworkJson(file) };
  const codes = family ? [familyCodes[family]] : Object.values(familyCodes);
  for (const load of codes) {
    const network = await (await load()).build?.({ files, model, description, reference });
    if (network) return network;
  }
  throw new Error('The last family takes a network, or throws.');
}

/** What a network is built from. */
interface ReadSource {
  readonly files: readonly NamedBytes[];
  readonly description: NetworkDescription;
  readonly reference: ParityReference | null;
}

/**
 * @param progress of what is fetched from the page's own host
 * @throws {LimnError} if it can't be read
 */
export async function readSource({ id, place }: NetworkSource, progress = unheard()): Promise<ReadSource> {
  switch (place.type) {
    case 'device':
      return readKept(id);
    case 'memory': {
      const { files, description, reference } = place.given;
      return { files: await readFiles(files), description, reference };
    }
    case 'page':
      return fetchPageNetwork(place.given, progress);
  }
}

async function fetchPageNetwork(
  { files, description, reference }: PageNetwork,
  progress: ProgressSum,
): Promise<ReadSource> {
  const assets = [...files.map(({ asset }) => asset), ...(reference ? [reference] : [])];
  for (const asset of assets) progress.expect(asset);
  const [own, maps] = await Promise.all([
    Promise.all(files.map(async ({ name, asset }) => ({ name, bytes: await fetchAsset(asset, progress) }))),
    reference && fetchAsset(reference, progress),
  ]);
  return { files: own, description, reference: maps && readParityReference(maps) };
}

const unheard = (): ProgressSum => new ProgressSum(() => undefined);

/**
 * @param progress of what is fetched from the page's own host
 * @throws {LimnError} if it can't be read
 */
export async function loadNetwork(source: NetworkSource, progress = unheard()): Promise<Network> {
  const { files, description, reference } = await readSource(source, progress);
  if (source.place.type !== 'page') return buildNetwork(files, description, reference);
  const { info } = source.place.given;
  // Families know networks by their weights, and the page's are converted.
  return { ...(await buildNetwork(files, description, reference, info.family)), info };
}

/** A network without its weights. */
export function summarize(network: Network): NetworkSummary {
  switch (network.kind) {
    case 'maps': {
      const { graph: _, reference: __, ...summary } = network;
      return summary;
    }
    case 'movenet': {
      const { model: _, shards: __, ...summary } = network;
      return summary;
    }
    case 'multipose':
    case 'posenet': {
      const { graph: _, reference: __, ...summary } = network;
      return summary;
    }
    case 'lifter': {
      const { network: _, ...summary } = network;
      return summary;
    }
    case 'task': {
      const { bytes: _, ...summary } = network;
      return summary;
    }
    case 'onnx':
    case 'maps-onnx': {
      const { files: _, ...summary } = network;
      return summary;
    }
  }
}
