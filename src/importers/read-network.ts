import { strFromU8 } from 'fflate';
import { LimnError } from '../core/errors.ts';
import { readCaffe } from './caffe/caffe.ts';
import type { Graph } from './graph.ts';
import { simplify } from './passes/simplify.ts';
import { readFrozenGraph } from './tensorflow/frozen-graph.ts';
import { readTfjs } from './tfjs/tfjs.ts';
import type { NetworkFile } from './tfjs/weights.ts';
import { readTflite } from './tflite/tflite.ts';

export type NetworkFormat = 'tensorflow' | 'tfjs' | 'caffe' | 'tflite';

export interface ReadNetwork {
  readonly graph: Graph;
  readonly format: NetworkFormat;
  /** The file that the network is called after. */
  readonly name: string;
  /** All that its numbers were read from, in a fixed order. */
  readonly weights: readonly NetworkFile[];
  /** What lay beside it as JSON and is no model: what its maps are, perhaps. */
  readonly description: unknown;
}

const IS_WEIGHTS = /\.(pb|tflite|caffemodel)$/i;

/**
 * Reads a network out of one or several files, whatever they are, nothing of them being run.
 *
 * @throws {LimnError} naming file, layer and what was unexpected
 */
export function readNetwork(files: readonly NetworkFile[]): ReadNetwork {
  const documents = files
    .filter(({ name }) => /\.json$/i.test(name))
    .map((file) => ({ file, json: parse(file) }));
  const description = documents.find(({ json }) => !isModel(json))?.json ?? null;
  const model = documents.find(({ json }) => isModel(json));
  if (model) {
    const shards = files.filter((file) => /\.bin$/i.test(file.name));
    const { name } = model.file;
    const graph = simplify(readTfjs(model.json, shards, name));
    return { graph, format: 'tfjs', name, weights: [model.file, ...shards], description };
  }
  const weights =
    files.find(({ name }) => IS_WEIGHTS.test(name)) ??
    files.find(({ name }) => !/\.(json|prototxt|bin)$/i.test(name));
  if (!weights) {
    const list = files.find(({ name }) => /\.prototxt$/i.test(name));
    throw new LimnError(
      list
        ? `${list.name} is the list of a network's layers without its weights: drop its .caffemodel with it.`
        : 'There is no network in it that Limn reads: give it a .pb, .tflite or .caffemodel, or a model.json with its shards.',
    );
  }
  const { name, bytes } = weights;
  refuseForeign(bytes, name);
  if (isTflite(bytes) || /\.tflite$/i.test(name)) {
    return {
      graph: simplify(readTflite(bytes, name)),
      format: 'tflite',
      name,
      weights: [weights],
      description,
    };
  }
  if (/\.caffemodel$/i.test(name)) {
    const list = files.find((file) => /\.prototxt$/i.test(file.name));
    const graph = simplify(readCaffe(bytes, list ? strFromU8(list.bytes) : null, name));
    return { graph, format: 'caffe', name, weights: [weights], description };
  }
  return {
    graph: simplify(readFrozenGraph(bytes, name)),
    format: 'tensorflow',
    name,
    weights: [weights],
    description,
  };
}

function parse({ name, bytes }: NetworkFile): unknown {
  try {
    return JSON.parse(strFromU8(bytes));
  } catch (cause) {
    throw new LimnError(`${name} is no JSON: it is cut off, or something else.`, { cause });
  }
}

function isModel(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'modelTopology' in json;
}

function isTflite(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(4, 8)) === 'TFL3';
}

/** Formats of networks that Limn doesn't read, by their first bytes. */
function refuseForeign(bytes: Uint8Array, name: string): void {
  const text = String.fromCharCode(...bytes.subarray(0, 8));
  const is = (format: string, advice: string): LimnError =>
    new LimnError(`${name} is ${format}, which Limn does not read as a network of this kind. ${advice}`);
  if (text.startsWith('PK\x03\x04') || text.startsWith('\x80\x02') || text.startsWith('\x80\x04'))
    throw is('a pickle or a ZIP file, as PyTorch writes them', 'Convert it to TFLite or to a frozen graph.');
  if (text.startsWith('\x89HDF'))
    throw is('an HDF5 file, as Keras writes them', 'Convert it with tensorflowjs_converter.');
  if (bytes.length === 0) throw new LimnError(`${name} is empty.`);
}
