import type { NamedFile } from '../open-files.ts';

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
