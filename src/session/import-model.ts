import { LimnError } from '../core/errors.ts';
import type { KeypointSetId } from '../core/pose.ts';
import type { ImportedNetwork, PictureScaling } from '../models/imported.ts';
import { registerNetwork } from '../models/imported.ts';
import type { NamedFile } from './open-files.ts';
import type { Platform } from './workers.ts';

export interface ImportModelOptions {
  /** What the network is called; default: its file's name. */
  readonly label?: string;
  /** Which skeleton it speaks; default: by the number of its maps, or as a JSON beside it says. */
  readonly skeleton?: KeypointSetId;
  /** How it wants its picture; default: as networks of its format mostly do. A wrong one finds few people, or none. */
  readonly scaling?: PictureScaling;
  /** Whose thresholds it is used with; default: tf-pose's for TensorFlow and TFLite, OpenPose's for Caffe. */
  readonly manner?: ImportedNetwork['manner'];
}

export interface ImportModelRequest {
  readonly files: readonly NamedFile[];
  readonly options: ImportModelOptions;
}

export type ImportModelReply =
  | { readonly type: 'read'; readonly network: ImportedNetwork }
  | { readonly type: 'failed'; readonly message: string };

/**
 * Reads a network out of files, in a worker, and makes it one of the page's models.
 *
 * @throws {LimnError} naming file, layer and what was unexpected
 */
export async function importModel(
  files: readonly NamedFile[],
  options: ImportModelOptions,
  { workers }: Pick<Platform, 'workers'>,
): Promise<ImportedNetwork> {
  const worker = workers.import();
  try {
    const network = await new Promise<ImportedNetwork>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<ImportModelReply>) => {
        if (data.type === 'read') resolve(data.network);
        else reject(new LimnError(data.message));
      };
      worker.onerror = (event) => reject(new LimnError(`The network could not be read: ${event.message}`));
      worker.postMessage({ files, options } satisfies ImportModelRequest);
    });
    registerNetwork(network);
    return network;
  } finally {
    worker.terminate();
  }
}

/** Does a file belong to a network, by its name? Frozen graphs and Caffe's have no signature. */
export function isNetworkFile(name: string): boolean {
  return /\.(pb|tflite|caffemodel|prototxt)$/i.test(name) || /(^|\/)model\.json$/i.test(name);
}

/** Files by the network that they belong to: several networks may come at once. */
export function networksIn(files: readonly NamedFile[]): (readonly NamedFile[])[] {
  const stem = (name: string): string => name.replace(/\.[^./]*$/, '');
  const weights = files.filter(({ name }) => /\.(pb|tflite|caffemodel)$/i.test(name));
  const others = files.filter((file) => !weights.includes(file));
  if (weights.length < 2) return [files];
  return weights.map((file) => {
    const own = others.filter(({ name }) => stem(name) === stem(file.name));
    return [file, ...own];
  });
}
