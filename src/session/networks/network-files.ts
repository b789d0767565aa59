import type { NamedFile } from '../open-files.ts';

const MODEL_JSON = /(^|\/)model\.json$/i;

/** Does a file belong to a network, by its name? Frozen graphs and Caffe's have no signature. */
export function isNetworkFile(name: string): boolean {
  return /\.(pb|tflite|caffemodel|prototxt|bin|pt|pth)$/i.test(name) || MODEL_JSON.test(name);
}

/** Files by the network that they belong to: several networks may come at once. */
export function networksIn(files: readonly NamedFile[]): (readonly NamedFile[])[] {
  const stem = (name: string): string => name.replace(/\.[^./]*$/, '');
  // Beside a model.json, .bin files are its shards; else PyTorch's.
  const hasModel = files.some(({ name }) => MODEL_JSON.test(name));
  const isWeights = hasModel ? /\.(pb|tflite|caffemodel|pt|pth)$/i : /\.(pb|tflite|caffemodel|pt|pth|bin)$/i;
  const weights = files.filter(({ name }) => isWeights.test(name));
  const others = files.filter((file) => !weights.includes(file));
  if (weights.length < 2) return [files];
  return weights.map((file) => {
    const own = others.filter(({ name }) => stem(name) === stem(file.name));
    return [file, ...own];
  });
}
