import { strFromU8 } from 'fflate';
import { LimnError } from '../core/errors.ts';
import { readCaffe } from './caffe/caffe.ts';
import type { Graph } from './graph.ts';
import { simplify } from './passes/simplify.ts';
import {
  foreignFault,
  glanceAtBytes,
  type NetworkFileKind,
  recognizeNetworkFile,
} from './recognize/recognize.ts';
import { readFrozenGraph } from './tensorflow/frozen-graph.ts';
import type { NetworkFile } from './tfjs/manifest.ts';
import { readTfjs, shardsOf } from './tfjs/tfjs.ts';
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

interface Recognized {
  readonly file: NetworkFile;
  readonly kind: NetworkFileKind | null;
}

/**
 * Reads a network out of one or several files, whatever they are called, nothing of them being run.
 *
 * @throws {LimnError} naming file, layer and what was unexpected
 */
export function readNetwork(files: readonly NetworkFile[]): ReadNetwork {
  const all = recognizeAll(files);
  const model = all.find(({ kind }) => kind?.kind === 'model')?.file;
  if (model) {
    const json = parseNetworkJson(model);
    const graph = simplify(readTfjs(json, files, model.name));
    const weights = [model, ...shardsOf(json, files, model.name)];
    return { graph, format: 'tfjs', name: model.name, weights, description: descriptionIn(all, model) };
  }
  const weights = all.find(({ kind }) => kind?.kind === 'weights');
  if (weights?.kind?.kind !== 'weights') throw refusal(all);
  const { file } = weights;
  const { format } = weights.kind;
  if (format === 'onnx') throw new Error('ONNX networks are run as they are, and not read into a graph.');
  if (file.bytes.length === 0) throw new LimnError(`${file.name} is empty.`);
  const graph = simplify(readWeightsFile(file, format, all));
  return { graph, format, name: file.name, weights: [file], description: descriptionIn(all, file) };
}

/**
 * What lies beside a network as JSON and says what its maps are; `null`: nothing.
 *
 * @throws {LimnError} if it is no JSON
 */
export function readMapsDescription(files: readonly NetworkFile[], network: NetworkFile): unknown {
  return descriptionIn(recognizeAll(files), network);
}

function recognizeAll(files: readonly NetworkFile[]): Recognized[] {
  return files.map((file) => ({
    file,
    kind: recognizeNetworkFile(glanceAtBytes(file.name, file.bytes)),
  }));
}

/** What a network's JSON holds. @throws {LimnError} if it is none */
export function parseNetworkJson({ name, bytes }: NetworkFile): unknown {
  try {
    return JSON.parse(strFromU8(bytes));
  } catch (cause) {
    throw new LimnError(`${name} is no JSON: it is cut off, or something else.`, { cause });
  }
}

function readWeightsFile(
  { name, bytes }: NetworkFile,
  format: Exclude<NetworkFormat, 'tfjs'>,
  all: readonly Recognized[],
): Graph {
  switch (format) {
    case 'tflite':
      return readTflite(bytes, name);
    case 'caffe': {
      const list = all.find(({ file }) => isLayerList(file.name))?.file;
      return readCaffe(bytes, list ? strFromU8(list.bytes) : null, name);
    }
    case 'tensorflow':
      return readFrozenGraph(bytes, name);
  }
}

/** The JSON that says what a network's maps are: by what is in it, or as it is called. `null`: there is none. */
function descriptionIn(all: readonly Recognized[], network: NetworkFile): unknown {
  const stem = network.name.replace(/\.[^./]*$/, '');
  const documents = all.map(({ file }) => file).filter((file) => file !== network && isJson(file.name));
  const described = all.find(({ file, kind }) => kind?.kind === 'beside' && documents.includes(file))?.file;
  const file = described ?? documents.find(({ name }) => name === `${stem}.json`);
  return file ? parseNetworkJson(file) : null;
}

const isJson = (name: string): boolean => /\.json$/i.test(name);
const isLayerList = (name: string): boolean => /\.prototxt$/i.test(name);

/** Why there is no network in the files. */
function refusal(all: readonly Recognized[]): LimnError {
  for (const { file, kind } of all) {
    if (file.bytes.length === 0) return new LimnError(`${file.name} is empty.`);
    if (kind?.kind === 'foreign') return foreignFault(file.name, kind.format);
    if (/^\s*<(!doctype|html)/i.test(strFromU8(file.bytes.subarray(0, 100), true)))
      return new LimnError(`${file.name} is a web page, not a network: download the file itself.`);
  }
  const named = (kind: NetworkFileKind['kind']): string | undefined =>
    all.find((each) => each.kind?.kind === kind)?.file.name;
  const list = all.find(({ file }) => isLayerList(file.name))?.file.name;
  const shard = named('shard');
  return new LimnError(
    list !== undefined
      ? `${list} is the list of a network's layers without its weights: drop its .caffemodel with it.`
      : shard !== undefined
        ? `${shard} holds numbers of a network without the file that says what they are: drop it with its model.json.`
        : 'There is no network in it that Limn reads: give it an .onnx, .pb, .tflite or .caffemodel, or a model.json with its shards.',
  );
}
