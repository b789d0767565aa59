import { LimnError, toSentence } from '../core/errors.ts';
import { channelsOf } from '../importers/graph.ts';
import { type NetworkFormat, type ReadNetwork, readNetwork } from '../importers/read-network.ts';
import { MAXIMUM_NETWORK_PEOPLE } from '../models/catalog.ts';
import { type ImportedNetwork, type PictureScaling, pictureScalings } from '../models/imported.ts';
import { layoutOf, layouts, type MapsLayout } from '../models/openpose/layouts.ts';
import { readOwnLayout } from '../models/openpose/own-layout.ts';
import { computeParityReference } from '../models/runtime/parity.ts';
import type { ImportModelOptions, ImportModelReply, ImportModelRequest } from '../session/import-model.ts';
import { toHex } from '../session/store/stored-info.ts';
import { workerScope } from './worker-scope.ts';

/** Files are read at once: more than this isn't a network of this kind. */
const MAXIMUM_BYTES = 2 ** 30;
const ID_DIGITS = 12;
/** What networks of each format mostly want; HyperPose's and others' may be told, or tried, otherwise. */
const USUAL: Readonly<Record<NetworkFormat, Pick<ImportedNetwork, 'scaling' | 'manner'>>> = {
  caffe: { scaling: { order: 'bgr', ...pictureScalings.caffe }, manner: 'openpose' },
  tensorflow: { scaling: { order: 'bgr', ...pictureScalings.signed }, manner: 'tf-pose' },
  tfjs: { scaling: { order: 'bgr', ...pictureScalings.signed }, manner: 'tf-pose' },
  tflite: { scaling: { order: 'bgr', ...pictureScalings.raw }, manner: 'tf-pose' },
};
/** A frozen graph that scales its picture itself, as tf-pose's "cmu" does, is given raw numbers. */
const RAW: PictureScaling = { order: 'bgr', ...pictureScalings.raw };

const scope = workerScope<ImportModelRequest, ImportModelReply>();

scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage({ type: 'read', network: await read(data) });
  } catch (error) {
    scope.postMessage({ type: 'failed', message: toSentence(error) });
  }
};

async function read({ files, options }: ImportModelRequest): Promise<ImportedNetwork> {
  const size = files.reduce((sum, { blob }) => sum + blob.size, 0);
  const [first] = files;
  if (size > MAXIMUM_BYTES)
    throw new LimnError(`${first?.name ?? 'It'} is too large for a network of this kind (${size} bytes).`);
  const named = await Promise.all(
    files.map(async ({ name, blob }) => ({ name, bytes: new Uint8Array(await blob.arrayBuffer()) })),
  );
  const network = readNetwork(named);
  const { graph, format, name, weights } = network;
  const layout = chooseLayout(network, options);
  const whole = new Blob(weights.map(({ bytes }) => bytes as Uint8Array<ArrayBuffer>));
  const sha256 = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', await whole.arrayBuffer())));
  const usual = USUAL[format];
  const scaling = options.scaling ?? (scalesItself(network) ? RAW : usual.scaling);
  const isPart = layout.limbs.length === 0;
  return {
    info: {
      id: `imported-${sha256.slice(0, ID_DIGITS)}`,
      label: options.label ?? name.replace(/^.*\//, ''),
      description: isPart
        ? `${layout.keypoints} keypoints of each ${layout.set === 'hand-21' ? 'hand' : 'face'} that a network of OpenPose's kind finds; brought from a file`
        : `Everybody in the picture at once, ${layout.keypoints} keypoints in 2-D; brought from a file`,
      finds: 'bodies',
      keypoints: layout.set,
      hasWorld: false,
      bundle: null,
      maximumPeople: MAXIMUM_NETWORK_PEOPLE,
      license: 'unknown',
      source: name,
    },
    graph,
    sha256,
    byteLength: whole.size,
    scaling,
    layout,
    manner: options.manner ?? usual.manner,
    reference: computeParityReference(graph, scaling),
  };
}

function chooseLayout(
  { graph, name, description }: ReadNetwork,
  { skeleton }: ImportModelOptions,
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
