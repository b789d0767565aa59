import { mapAtMost } from '../../core/async/async.ts';
import { GLANCE_BYTES, GLANCE_TAIL_BYTES, type Glance } from '../../importers/recognize/glance.ts';
import { type NetworkFileKind, recognizeNetworkFile } from '../../importers/recognize/recognize.ts';
import { isZip, zipNames } from '../../importers/recognize/zip-names.ts';
import { shardOf, shardPaths } from '../../importers/tfjs/manifest.ts';
import { LOOKED_AT_AT_ONCE, type NamedFile } from '../../sources/named-file.ts';

/** What was dropped, as far as networks go. */
export interface FoundNetworks {
  /** The files of each network, the one that stands for it first; those that Limn can't read are among them. */
  readonly networks: readonly (readonly NamedFile[])[];
  /** What came with them in their folders and isn't for Limn: a package's README, its list of files. */
  readonly passedOver: readonly NamedFile[];
  /** All the others, in the order in which they came. */
  readonly others: readonly NamedFile[];
}

interface Known {
  readonly file: NamedFile;
  readonly kind: NetworkFileKind | null;
}

/** Larger than any `model.json`: reading what isn't one takes no gigabytes. */
const MAXIMUM_MODEL_BYTES = 2 ** 26;

/** Tells the networks among files from all else, and which file belongs to which. */
export async function findNetworks(files: readonly NamedFile[]): Promise<FoundNetworks> {
  const known = await mapAtMost(files, LOOKED_AT_AT_ONCE, async (file): Promise<Known> => {
    return { file, kind: recognizeNetworkFile(await glanceAt(file)) };
  });
  const left = new Set(known);
  const take = (each: Known): NamedFile => {
    left.delete(each);
    return each.file;
  };
  const networks: NamedFile[][] = [];
  for (const each of known.filter(({ kind }) => kind?.kind === 'model')) {
    const shards = shardsIn(await readPaths(each.file), each.file.name, files);
    networks.push([take(each), ...[...left].filter(({ file }) => shards.includes(file)).map(take)]);
  }
  const single = known.filter(({ kind }) => kind && isWhole(kind));
  for (const each of single) {
    if (!left.has(each)) continue;
    const network = [take(each)];
    // Names tell what belongs to which; a single network has all that may belong to one.
    for (const other of [...left]) {
      if (belongs(other, each, single.length === 1)) network.push(take(other));
    }
    networks.push(network);
  }
  const lost = [...left].filter(({ kind }) => kind !== null);
  const last = networks.length === 1 ? networks[0] : undefined;
  for (const each of lost) {
    if (last && each.kind?.kind === 'beside') last.push(take(each));
  }
  // Shards and layer lists without the file that needs them: whoever reads them says so.
  const stray = lost.filter((each) => left.has(each) && !isDescription(each.file.name)).map(take);
  if (stray.length > 0) networks.push(stray);
  const others = known.filter((each) => left.has(each)).map(({ file }) => file);
  const passedOver = others.filter(({ name }) => isPassedOver(name, networks));
  return { networks, passedOver, others: others.filter((file) => !passedOver.includes(file)) };
}

/** What packages hold beside their networks, by name: texts and programs, and JSON in a folder with a network. */
const COMPANION =
  /(^|\/)(README|LICEN[CS]E|NOTICE|CHANGELOG|AUTHORS)[^/]*$|\.(md|txt|ya?ml|[cm]?[jt]s|map|py|html|css|meta|cs|pbtxt)$/i;
const PACKAGE_JSON = /(^|\/)(package(-lock)?|tsconfig|conversion-manifest|label_map|config)\.json$/i;

function isPassedOver(name: string, networks: readonly (readonly NamedFile[])[]): boolean {
  if (networks.length === 0) return false;
  if (COMPANION.test(name) || PACKAGE_JSON.test(name)) return true;
  const folder = name.replace(/[^/]*$/, '');
  const isBeside = networks.some(([network]) => network?.name.replace(/[^/]*$/, '') === folder);
  return folder !== '' && isBeside && /\.json$/i.test(name);
}

/** Which files were left out: nothing vanishes. */
export function describePassedOver(files: readonly NamedFile[]): string {
  const [first, second] = files.map(({ name }) => name.replace(/^.*\//, ''));
  if (second === undefined) return `${first} lay beside the network and was left out.`;
  const more = files.length > 2 ? ` and ${files.length - 2} more` : '';
  return `${first}, ${second}${more} lay beside the network and were left out.`;
}

/** As much of a file as says what it is. */
export async function glanceAt({ name, blob }: NamedFile): Promise<Glance> {
  const head = await bytesOf(blob.slice(0, GLANCE_BYTES));
  const names = isZip(head) ? zipNames(await bytesOf(blob.slice(-GLANCE_TAIL_BYTES))) : [];
  return { name, head, zipNames: names };
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

function isWhole({ kind }: NetworkFileKind): boolean {
  return kind === 'weights' || kind === 'checkpoint' || kind === 'task' || kind === 'foreign';
}

function isDescription(name: string): boolean {
  return /\.json$/i.test(name);
}

/** Does a file lie beside a network's: called alike, in a package's folder, or the only one that there is? */
function belongs({ file, kind }: Known, { file: network }: Known, isOnly: boolean): boolean {
  const [name, other] = [network.name, file.name];
  const bundle = /^(.*\.mlpackage\/)/i.exec(name)?.[1];
  if (bundle !== undefined && other.startsWith(bundle)) return true;
  const folder = name.replace(/[^/]*$/, '');
  if (/(^|\/)saved_model\.pb$/i.test(name)) {
    return (
      other.startsWith(folder) &&
      /^((variables|assets)\/|(keras_metadata|fingerprint)\.pb$)/.test(other.slice(folder.length))
    );
  }
  const isAlike = nameUpToDot(other) === nameUpToDot(name) && BESIDE.test(other);
  return isAlike || (isOnly && kind?.kind === 'beside');
}

/** What lies beside a network under the same name: weights, layers, a description. */
const BESIDE = /\.(bin|json|prototxt|pdiparams|param|xml|mapping|data|onnx_data|index|meta)[^.]*$/i;

/** Networks have endings of several parts, `.param.bin`: without folders, and without what follows the first dot. */
function nameUpToDot(name: string): string {
  return name.replace(/^.*\//, '').replace(/\..*$/, '');
}

/** The paths of a model's shards; none if it can't be read: whoever reads it says why. */
async function readPaths({ blob }: NamedFile): Promise<string[]> {
  if (blob.size > MAXIMUM_MODEL_BYTES) return [];
  try {
    return shardPaths(JSON.parse(await blob.text())) ?? [];
  } catch {
    return [];
  }
}

function shardsIn(paths: readonly string[], modelName: string, files: readonly NamedFile[]): NamedFile[] {
  return paths.map((path) => shardOf(path, modelName, files)).filter((file) => file !== null);
}
