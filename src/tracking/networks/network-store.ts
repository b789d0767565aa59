import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import { families } from '../../families/families.ts';
import type { NetworkDescription, NetworkRecord } from '../../families/network.ts';
import type { ParityReference } from '../../families/runtimes/parity.ts';
import { findFolders, hasPrivateFiles, openFolder } from '../../recording/log/private-files.ts';
import { skeletons } from '../../skeletons/registry.ts';

/*
 * Networks in the origin's private file system, a folder each. Nothing in it is ever written twice: whatever is said anew of a
 * network, or of its weights, goes into files of a new version, of which the last to be written, `network-7.json`, says which
 * files count. The highest version that is whole is what holds; those before are removed when it is.
 *
 *     7-0, 7-1, …           the network's files as they came, from the version on in which they did
 *     reference-7.bin       the maps that engines are held against, float32
 *     network-7.json        what all of it is
 *
 * Earlier versions of Limn wrote one version, without numbers: 0, 1, …, `reference.bin` and `network.json`, in a folder
 * `networks` that lay bare.
 */

const FOLDER = 'networks';
const EARLIER_FOLDER = 'networks';
const RECORD = /^network(?:-(\d+))?\.json$/;
const EARLIER_REFERENCE = 'reference.bin';

/** A network as it lies on this device. */
export interface KeptNetwork {
  readonly record: NetworkRecord;
  readonly description: NetworkDescription;
  readonly files: readonly NamedBytes[];
  /** `null`: of its kind there is none. */
  readonly reference: ParityReference | null;
}

const implementation = v.picklist(['openpose', 'tf-pose']);
const scaling = v.object({ order: v.picklist(['bgr', 'rgb']), scale: v.number(), shift: v.number() });
const family = v.picklist(Object.values(families).map(({ id }) => id));
const set = v.picklist(skeletons.map(({ id }) => id));
const schema = v.object({
  record: v.object({
    info: v.object({
      id: v.string(),
      label: v.string(),
      description: v.string(),
      family: v.optional(family),
      /** As earlier versions named it. */
      works: v.optional(family),
      origin: v.picklist(['catalog', 'own']),
      finds: v.literal('bodies'),
      isPart: v.boolean(),
      keypoints: set,
      hasWorld: v.boolean(),
      bundle: v.null(),
      maximumPeople: v.pipe(v.number(), v.integer(), v.minValue(1)),
      license: v.string(),
      source: v.string(),
    }),
    sha256: v.string(),
    byteLength: v.number(),
  }),
  description: v.object({
    label: v.optional(v.string()),
    skeleton: v.optional(set),
    scaling: v.optional(scaling),
    implementation: v.optional(implementation),
    /** As earlier versions named it. */
    manner: v.optional(implementation),
    isCausal: v.optional(v.boolean()),
  }),
  files: v.array(v.string()),
  /** Where they lie; absent: by their positions. */
  places: v.optional(v.array(v.string())),
  /** Where that lies; absent: as earlier versions named it. */
  reference: v.optional(v.string()),
  referenceSize: v.nullable(v.number()),
});

type Said = v.InferOutput<typeof schema>;

/** A network's folder, and what holds of it. */
interface OpenedFolder {
  readonly folder: FileSystemDirectoryHandle;
  /** `null`: nothing in it is whole. */
  readonly said: Said | null;
  /** Of what is said. */
  readonly saidIn: number;
  /** The highest that somebody has begun to write. */
  readonly version: number;
}

/**
 * Keeps a network. One with the same id is replaced when all of this one is there, and not before.
 *
 * @throws a `QuotaExceededError` if there is no room: what was there stays
 */
export function keepNetwork(network: KeptNetwork): Promise<void> {
  return alone(network.record.info.id, () => keep(network));
}

async function keep(network: KeptNetwork): Promise<void> {
  const { record, files } = network;
  const networks = await openFolder(FOLDER);
  if (!networks) throw new LimnError('This browser can’t keep networks.');
  const opened = await look(await networks.getDirectoryHandle(record.info.id, { create: true }));
  const { folder, said, saidIn, version } = opened;
  const next = version + 1;
  const places = files.map((_, i) => `${next}-${i}`);
  try {
    // They are there already where only something else is said of them.
    const isThere = said !== null && (await holds(folder, said, files));
    if (!isThere)
      for (const [i, { bytes }] of files.entries()) await writeFile(folder, `${next}-${i}`, bytes);
    await say(opened, network, isThere ? placesOf(said) : places);
  } catch (error) {
    if (said) await removeAllBut(folder, said, saidIn);
    else await networks.removeEntry(record.info.id, { recursive: true }).catch(() => undefined);
    throw error;
  }
  await removeEarlier(record.info.id);
}

/**
 * Says something else of a network that is kept. Its weights are neither read nor written.
 *
 * @throws a `QuotaExceededError` if there is no room: what was said before holds; an error if it isn't kept
 */
export function describeKeptNetwork(network: KeptNetwork): Promise<void> {
  return alone(network.record.info.id, () => describe(network));
}

async function describe(network: KeptNetwork): Promise<void> {
  const opened = await find(network.record.info.id);
  try {
    await say(opened, network, placesOf(opened.said));
  } catch (error) {
    await removeAllBut(opened.folder, opened.said, opened.saidIn);
    throw error;
  }
}

async function say(
  { folder, version }: OpenedFolder,
  { record, description, files, reference }: KeptNetwork,
  places: readonly string[],
): Promise<void> {
  const next = version + 1;
  if (reference) {
    const { buffer, byteOffset, byteLength } = reference.maps;
    await writeFile(folder, `reference-${next}.bin`, new Uint8Array(buffer, byteOffset, byteLength));
  }
  const said = {
    record,
    description,
    files: files.map(({ name }) => name),
    places,
    reference: `reference-${next}.bin`,
    referenceSize: reference?.size ?? null,
  };
  await writeFile(folder, `network-${next}.json`, new TextEncoder().encode(JSON.stringify(said)));
  await removeAllBut(folder, said as unknown as Said, next);
}

/** Are these the files that lie there? What lies beside the weights may be others, or more. */
async function holds(
  folder: FileSystemDirectoryHandle,
  said: Said,
  files: readonly NamedBytes[],
): Promise<boolean> {
  if (said.files.join('\n') !== files.map(({ name }) => name).join('\n')) return false;
  for (const [i, { bytes }] of files.entries()) {
    const there = await readFile(folder, placesOf(said)[i] ?? '').catch(() => null);
    if (there?.length !== bytes.length || there.some((byte, at) => byte !== bytes[at])) return false;
  }
  return true;
}

/** JSON has no keys that are undefined, and earlier versions called the family otherwise. */
function toRecord({ record }: Said): NetworkRecord {
  const { works, family = works, ...info } = record.info;
  return { ...record, info: { ...info, family } } as NetworkRecord;
}

function placesOf({ places, files }: Said): readonly string[] {
  return places ?? files.map((_, i) => String(i));
}

/** What holds in a network's folder. */
async function look(folder: FileSystemDirectoryHandle): Promise<OpenedFolder> {
  const versions: number[] = [];
  for await (const name of folder.keys()) {
    const found = RECORD.exec(name);
    if (found) versions.push(Number(found[1] ?? 0));
  }
  versions.sort((a, b) => b - a);
  for (const each of versions) {
    const said = await readRecord(folder, each).catch(() => null);
    if (said) return { folder, said, saidIn: each, version: versions[0] ?? 0 };
  }
  return { folder, said: null, saidIn: 0, version: versions[0] ?? 0 };
}

/** What belongs to other versions is of no use any more; what can't be removed now is left for the next time. */
async function removeAllBut(folder: FileSystemDirectoryHandle, said: Said, version: number): Promise<void> {
  const wanted = new Set([...placesOf(said), said.reference ?? EARLIER_REFERENCE, recordName(version)]);
  const names: string[] = [];
  for await (const name of folder.keys()) if (!wanted.has(name)) names.push(name);
  for (const name of names) await folder.removeEntry(name).catch(() => undefined);
}

/** All that are whole, by their ids. */
export async function listKept(): Promise<NetworkRecord[]> {
  if (!hasPrivateFiles()) return [];
  const records = new Map<string, NetworkRecord>();
  for (const networks of await allFolders()) {
    for await (const handle of networks.values()) {
      if (handle.kind !== 'directory' || records.has(handle.name)) continue;
      const { said } = await look(await networks.getDirectoryHandle(handle.name));
      if (said) records.set(handle.name, toRecord(said));
    }
  }
  return [...records.values()].sort((a, b) => (a.info.id < b.info.id ? -1 : 1));
}

/** @throws {LimnError} if it isn't there, or is damaged */
export async function readKept(id: string): Promise<KeptNetwork> {
  try {
    const { folder, said } = await find(id);
    const places = placesOf(said);
    const files = await Promise.all(
      said.files.map(async (name, i) => ({ name, bytes: await readFile(folder, places[i] ?? String(i)) })),
    );
    const maps =
      said.referenceSize === null ? null : await readFile(folder, said.reference ?? EARLIER_REFERENCE);
    return {
      record: toRecord(said),
      description: said.description as NetworkDescription,
      files,
      reference: maps && { size: said.referenceSize ?? 0, maps: new Float32Array(maps.buffer) },
    };
  } catch (cause) {
    throw new LimnError(`The network ${id} can't be read from this device. Drop its file again.`, { cause });
  }
}

export async function deleteKept(id: string): Promise<void> {
  if (!hasPrivateFiles()) return;
  await alone(id, async () => {
    for (const networks of await allFolders())
      await networks.removeEntry(id, { recursive: true }).catch(() => undefined);
  });
}

/** Changes a network while no other tab does: two would write files of the same version, and remove each other's. */
async function alone(id: string, change: () => Promise<void>): Promise<void> {
  // Pages that aren't on a safe address have no locks.
  const { locks } = navigator as { readonly locks?: LockManager };
  await (locks ? locks.request(`limn-network ${id}`, change) : change());
}

async function find(id: string): Promise<OpenedFolder & { readonly said: Said }> {
  for (const networks of await allFolders()) {
    const folder = await networks.getDirectoryHandle(id).catch(() => null);
    const opened = folder && (await look(folder));
    if (opened?.said) return { ...opened, said: opened.said };
  }
  throw new Error(`No folder has ${id}.`);
}

/** What an earlier version of Limn kept of a network that is kept anew. */
async function removeEarlier(id: string): Promise<void> {
  const [, earlier] = await allFolders();
  await earlier?.removeEntry(id, { recursive: true }).catch(() => undefined);
}

/** Where networks lie: today's folder, if there is one, and that of earlier versions. */
function allFolders(): Promise<FileSystemDirectoryHandle[]> {
  return findFolders(FOLDER, EARLIER_FOLDER);
}

function recordName(version: number): string {
  return version === 0 ? 'network.json' : `network-${version}.json`;
}

async function readRecord(folder: FileSystemDirectoryHandle, version: number): Promise<Said> {
  const text = new TextDecoder().decode(await readFile(folder, recordName(version)));
  return v.parse(schema, JSON.parse(text));
}

async function readFile(folder: FileSystemDirectoryHandle, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = await (await folder.getFileHandle(name)).getFile();
  return new Uint8Array(await file.arrayBuffer());
}

/** Only workers may: only they have handles that every browser writes with. */
async function writeFile(folder: FileSystemDirectoryHandle, name: string, bytes: Uint8Array): Promise<void> {
  const file = await folder.getFileHandle(name, { create: true });
  const handle = await file.createSyncAccessHandle?.();
  if (!handle) throw new LimnError('This browser can’t keep networks.');
  try {
    handle.truncate(0);
    if (handle.write(bytes as Uint8Array<ArrayBuffer>, { at: 0 }) !== bytes.length) {
      throw new DOMException(`${bytes.length} bytes could not be written.`, 'QuotaExceededError');
    }
    handle.flush();
  } finally {
    handle.close();
  }
}
