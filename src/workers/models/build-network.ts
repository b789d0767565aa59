import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { LimnError } from '../../core/errors.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import { channelsOf } from '../../importers/graph.ts';
import { readVideoPose3d } from '../../importers/pytorch/videopose3d.ts';
import {
  type NetworkFormat,
  parseNetworkJson,
  type ReadNetwork,
  readNetwork,
} from '../../importers/read-network.ts';
import {
  foreignFault,
  glanceAtBytes,
  type NetworkFileKind,
  recognizeNetworkFile,
} from '../../importers/recognize/recognize.ts';
import { shardsOf } from '../../importers/tfjs/tfjs.ts';
import { type CatalogNetwork, catalogNetworks } from '../../models/catalog.ts';
import type {
  ImportedLifter,
  ImportedMoveNet,
  ImportedNetwork,
  MoveNetVariant,
  Network,
  NetworkRecord,
} from '../../models/imported.ts';
import { BUNDLED_LIFTER, LIFTER_KEYPOINTS } from '../../models/lifter/lifter-info.ts';
import { MAXIMUM_NETWORK_PEOPLE } from '../../models/model-info.ts';
import { moveNetVariant } from '../../models/movenet/recognize.ts';
import { layoutOf, layouts, type MapsLayout } from '../../models/openpose/layouts.ts';
import { readOwnLayout } from '../../models/openpose/own-layout.ts';
import { type PictureScaling, pictureScalings } from '../../models/picture-scaling.ts';
import { computeParityReference, type ParityReference } from '../../models/runtime/parity.ts';
import { glanceAt } from '../../session/networks/network-files.ts';
import type { NetworkDescription } from '../../session/networks/protocol.ts';
import type { NamedFile } from '../../session/opening/open-files.ts';
import { toHex } from '../../session/store/log/stored-info.ts';
import { skeletonOf } from '../../skeletons/registry.ts';

/** Files are read at once: more than this isn't a network of this kind. */
const MAXIMUM_BYTES = 2 ** 30;
const ID_DIGITS = 12;
/** Of what Limn reads a network from. */
const READ_KINDS: readonly NetworkFileKind['kind'][] = ['model', 'weights', 'checkpoint'];
/** What networks of each format mostly want; HyperPose's and others' may be told, or tried, otherwise. */
const USUAL: Readonly<Record<NetworkFormat, Pick<ImportedNetwork, 'scaling' | 'manner'>>> = {
  caffe: { scaling: { order: 'bgr', ...pictureScalings.caffe }, manner: 'openpose' },
  tensorflow: { scaling: { order: 'bgr', ...pictureScalings.signed }, manner: 'tf-pose' },
  tfjs: { scaling: { order: 'bgr', ...pictureScalings.signed }, manner: 'tf-pose' },
  tflite: { scaling: { order: 'bgr', ...pictureScalings.raw }, manner: 'tf-pose' },
};
/** A frozen graph that scales its picture itself, as tf-pose's "cmu" does, is given raw numbers. */
const RAW: PictureScaling = { order: 'bgr', ...pictureScalings.raw };

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
  return Promise.all(
    files.map(async ({ name, blob }) => ({ name, bytes: new Uint8Array(await blob.arrayBuffer()) })),
  );
}

/**
 * A network out of its files: one of the catalogue is known by its hash, everything else by what is said of it, or by
 * its format.
 *
 * @param reference what engines are held against, if it is there already
 * @throws {LimnError} naming file, layer and what was unexpected
 */
export async function buildNetwork(
  files: readonly NamedBytes[],
  description: NetworkDescription,
  reference: ParityReference | null,
): Promise<Network> {
  const model = findOfKind('model', files);
  const checkpoint = model ? null : findOfKind('checkpoint', files);
  if (checkpoint) return buildLifter(checkpoint, description);
  const json = model && parseNetworkJson(model);
  const variant = moveNetVariant(json);
  if (model && variant) return buildMoveNet(variant, model, json, files, description);
  const read = readNetwork(files);
  const { graph, format, name, weights } = read;
  const record = await describe(weights);
  const known = findKnown(weights, record.sha256);
  const layout = chooseLayout(read, description);
  const usual = known?.use ?? USUAL[format];
  const scaling = description.scaling ?? (!known && scalesItself(read) ? RAW : usual.scaling);
  const isScalingGuessed = !known && description.scaling === undefined;
  const isPart = layout.limbs.length === 0;
  return {
    kind: 'maps',
    ...record,
    info: known?.info ?? {
      id: `imported-${record.sha256.slice(0, ID_DIGITS)}`,
      label: description.label ?? name.replace(/^.*\//, ''),
      description: isPart
        ? `${layout.keypoints} keypoints of each ${layout.set === 'hand-21' ? 'hand' : 'face'} that a network of OpenPose's kind finds; brought from a file`
        : `Everybody in the picture at once, ${layout.keypoints} keypoints in 2-D; brought from a file${isScalingGuessed ? ', and how it wants its pictures scaled is a guess' : ''}`,
      works: 'maps',
      origin: 'own',
      finds: 'bodies',
      isPart,
      keypoints: layout.set,
      hasWorld: false,
      bundle: null,
      maximumPeople: MAXIMUM_NETWORK_PEOPLE,
      license: 'unknown',
      source: name,
    },
    graph,
    scaling,
    isScalingGuessed,
    layout,
    manner: description.manner ?? usual.manner,
    reference: reference ?? computeParityReference(graph, scaling),
  };
}

/** The first file that is this to a network; `null`: there is none. */
function findOfKind(kind: NetworkFileKind['kind'], files: readonly NamedBytes[]): NamedBytes | null {
  const isOne = ({ name, bytes }: NamedBytes): boolean =>
    recognizeNetworkFile(glanceAtBytes(name, bytes))?.kind === kind;
  return files.find(isOne) ?? null;
}

async function buildLifter(
  file: NamedBytes,
  { label, isCausal }: NetworkDescription,
): Promise<ImportedLifter> {
  const name = file.name.replace(/^.*\//, '');
  const network = readVideoPose3d(file.bytes, name, isCausal === undefined ? {} : { isCausal });
  const { receptiveField, jointsIn, jointsOut } = network;
  const [wantedIn, wantedOut] = [skeletonOf(LIFTER_KEYPOINTS), skeletonOf(BUNDLED_LIFTER.keypoints)];
  if (jointsIn !== wantedIn.keypoints.length || jointsOut !== wantedOut.keypoints.length) {
    throw new LimnError(
      `${name} makes ${jointsOut} joints of ${jointsIn} keypoints. Limn knows what they are of networks that make ${wantedOut.label} of ${wantedIn.label}, such as VideoPose3D's for Detectron.`,
    );
  }
  const record = await describe([file]);
  return {
    kind: 'lifter',
    ...record,
    network,
    info: {
      ...BUNDLED_LIFTER,
      id: `imported-${record.sha256.slice(0, ID_DIGITS)}`,
      label: label ?? name,
      description: `Lifts 17 keypoints in 2-D to 17 joints in 3-D, from ${receptiveField} frames${network.isCausal ? ' of the past' : ''}; brought from a file`,
      origin: 'own',
      license: 'unknown',
      source: name,
    },
  };
}

async function describe(files: readonly NamedBytes[]): Promise<Omit<NetworkRecord, 'info'>> {
  const whole = new Blob(files.map(({ bytes }) => bytes as Uint8Array<ArrayBuffer>));
  const digest = await crypto.subtle.digest('SHA-256', await whole.arrayBuffer());
  return { sha256: toHex(new Uint8Array(digest)), byteLength: whole.size };
}

/** One of the catalogue, by the hash of its weights. */
function findKnown(weights: readonly NamedBytes[], sha256: string): CatalogNetwork | null {
  const [file] = weights;
  if (!file || weights.length > 1) return null;
  // OpenPose gives only its files' MD5.
  const isCaffe = /\.caffemodel$/i.test(file.name);
  const digest = isCaffe ? bytesToHex(md5(file.bytes)) : sha256;
  return (
    catalogNetworks.find(({ files }) =>
      files.some((each) => (isCaffe ? each.md5 : each.sha256) === digest),
    ) ?? null
  );
}

async function buildMoveNet(
  variant: MoveNetVariant,
  file: NamedBytes,
  model: unknown,
  files: readonly NamedBytes[],
  { label }: NetworkDescription,
): Promise<ImportedMoveNet> {
  const known = catalogNetworks.find((entry) => entry.variant === variant);
  if (!known) throw new Error('Every MoveNet is in the catalogue.');
  const info = label === undefined ? known.info : { ...known.info, label };
  const own = shardsOf(model, files, file.name);
  const shards = own.map(({ name, bytes }) => ({ name: name.replace(/^.*\//, ''), bytes }));
  return { kind: 'movenet', info, ...(await describe([file, ...own])), variant, model, shards };
}

function chooseLayout(
  { graph, name, description }: ReadNetwork,
  { skeleton }: NetworkDescription,
): MapsLayout {
  const channels = channelsOf(graph).get(graph.output) ?? 0;
  if (description !== null) return readOwnLayout(description, channels);
  const layout = skeleton ? layouts.find(({ set }) => set === skeleton) : layoutOf(channels);
  if (layout && layout.channels <= channels) return layout;
  throw new LimnError(
    `${name} gives ${channels} maps. Limn knows networks with 78 (BODY_25), 57 (COCO), 44 (MPI), 22 (a hand) and 71 (a face); of others, a JSON beside it says what its maps are.`,
  );
}

/** Is the first thing that happens to the picture a scaling? */
function scalesItself({ graph }: ReadNetwork): boolean {
  return graph.nodes.some(
    ({ operation, inputs }) => operation.kind === 'affine' && inputs[0] === graph.input,
  );
}
