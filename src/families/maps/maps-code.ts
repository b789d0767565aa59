import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { LimnError } from '../../core/errors.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import { channelsOf } from '../../importers/graph.ts';
import { type NetworkFormat, type ReadNetwork, readNetwork } from '../../importers/read-network.ts';
import { type CatalogNetwork, catalogNetworks } from '../catalog/catalog-networks.ts';
import { type FamilyCode, type GivenNetwork, measureFiles, ownId } from '../family-code.ts';
import type { ImportedNetwork, MapsSummary, Network, NetworkDescription } from '../network.ts';
import { describeUnknown, findOnnx } from '../onnx/build-onnx.ts';
import { type PictureScaling, pictureScalings } from '../picture-scaling.ts';
import { computeParityReference } from '../runtimes/parity.ts';
import { startRuntime } from '../runtimes/start-runtime.ts';
import { layoutOf, layouts, type MapsLayout } from './layouts.ts';
import { OpenPoseEstimator } from './maps-estimator.ts';
import { mapsFamily } from './maps-family.ts';
import { toMapsInfo } from './maps-info.ts';
import { readOwnLayout } from './own-layout.ts';

/** What networks of each format mostly want; HyperPose's and others' may be told, or tried, otherwise. */
const USUAL: Readonly<Record<NetworkFormat, Pick<MapsSummary, 'scaling' | 'implementation'>>> = {
  caffe: { scaling: { order: 'bgr', ...pictureScalings.caffe }, implementation: 'openpose' },
  tensorflow: { scaling: { order: 'bgr', ...pictureScalings.signed }, implementation: 'tf-pose' },
  tfjs: { scaling: { order: 'bgr', ...pictureScalings.signed }, implementation: 'tf-pose' },
  tflite: { scaling: { order: 'bgr', ...pictureScalings.raw }, implementation: 'tf-pose' },
};
/** A frozen graph that scales its picture itself, as tf-pose's "cmu" does, is given raw numbers. */
const RAW: PictureScaling = { order: 'bgr', ...pictureScalings.raw };

/** Networks of OpenPose's kind, out of every format that Limn reads weights from. */
export const mapsCode: FamilyCode = {
  build,
  open: ({ options, networks, assets, progress, chain }) => {
    const { own, hands, faces } = networks;
    const bodies = toMaps(own);
    if (!bodies) throw new Error(`${options.model} is no network of OpenPose's kind.`);
    const all = { bodies, hands: toMaps(hands), faces: toMaps(faces) };
    return chain(mapsFamily.engines, (engine) =>
      OpenPoseEstimator.open(options, engine, all, assets, progress, startRuntime),
    );
  },
};

function toMaps(network: Network | null): ImportedNetwork | null {
  return network?.kind === 'maps' ? network : null;
}

/** One of the catalogue is known by its hash, everything else by what is said of it, or by its format. */
async function build({ files, description, reference }: GivenNetwork): Promise<ImportedNetwork> {
  const onnx = findOnnx(files);
  if (onnx) throw describeUnknown(onnx);
  const read = readNetwork(files);
  const { graph, format, name, weights } = read;
  const record = await measureFiles(weights);
  const known = findKnown(weights, record.sha256);
  const layout = chooseLayout(read, description);
  const usual = known?.use ?? USUAL[format];
  const scaling = description.scaling ?? (!known && scalesItself(read) ? RAW : usual.scaling);
  const isScalingGuessed = !known && description.scaling === undefined;
  return {
    kind: 'maps',
    ...record,
    info:
      known?.info ??
      toMapsInfo(
        {
          id: ownId(record.sha256),
          label: description.label ?? name.replace(/^.*\//, ''),
          family: 'maps',
          license: 'unknown',
          source: name,
        },
        { layout, isScalingGuessed },
      ),
    graph,
    scaling,
    isScalingGuessed,
    layout,
    implementation: description.implementation ?? description.manner ?? usual.implementation,
    reference: reference ?? computeParityReference(graph, scaling),
  };
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

function chooseLayout(
  { graph, name, description }: ReadNetwork,
  { skeleton }: NetworkDescription,
): MapsLayout {
  const channels = channelsOf(graph).get(graph.output) ?? 0;
  if (description !== null) return readOwnLayout(description, channels);
  const layout = skeleton ? layouts.find(({ set }) => set === skeleton) : layoutOf(channels);
  // Maps are told apart by how many there are: with others among them, each would be taken for another one.
  if (layout?.channels === channels) return layout;
  if (skeleton && layout) {
    throw new LimnError(
      `${name} gives ${channels} maps, and networks for ${skeleton}, which it is said to be, give ${layout.channels}.`,
    );
  }
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
