import * as v from 'valibot';
import { LimnError } from '../../core/errors.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';
import type { NetworkRecord } from '../../models/imported.ts';
import type { ParityReference } from '../../models/runtime/parity.ts';
import { skeletons } from '../../skeletons/registry.ts';
import { hasPrivateFiles, openRoot } from '../store/private-files.ts';
import type { NetworkDescription } from './protocol.ts';

/*
 * Networks in the origin's private file system, a folder each: their files as they came, by position, `reference.bin`
 * (the maps that engines are held against, float32), and, written last, `network.json`, which says what all of it is.
 */

const FOLDER = 'networks';
const RECORD = 'network.json';
const REFERENCE = 'reference.bin';

/** A network as it lies on this device. */
export interface KeptNetwork {
  readonly record: NetworkRecord;
  readonly description: NetworkDescription;
  readonly files: readonly NamedBytes[];
  /** `null`: of its kind there is none. */
  readonly reference: ParityReference | null;
}

const scaling = v.object({ order: v.picklist(['bgr', 'rgb']), scale: v.number(), shift: v.number() });
const set = v.picklist(skeletons.map(({ id }) => id));
const schema = v.object({
  record: v.object({
    info: v.object({
      id: v.string(),
      label: v.string(),
      description: v.string(),
      works: v.picklist(['maps', 'movenet', 'lifter']),
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
    manner: v.optional(v.picklist(['openpose', 'tf-pose'])),
    isCausal: v.optional(v.boolean()),
  }),
  files: v.array(v.string()),
  referenceSize: v.nullable(v.number()),
});

/** Keeps a network; one with the same id is replaced. @throws a `QuotaExceededError` if there is no room */
export async function keepNetwork({ record, description, files, reference }: KeptNetwork): Promise<void> {
  const networks = await openFolder();
  const folder = await networks.getDirectoryHandle(record.info.id, { create: true });
  for (const [i, { bytes }] of files.entries()) await writeFile(folder, String(i), bytes);
  if (reference) {
    const { buffer, byteOffset, byteLength } = reference.maps;
    await writeFile(folder, REFERENCE, new Uint8Array(buffer, byteOffset, byteLength));
  }
  const said = {
    record,
    description,
    files: files.map(({ name }) => name),
    referenceSize: reference?.size ?? null,
  };
  await writeFile(folder, RECORD, new TextEncoder().encode(JSON.stringify(said)));
}

/** All that are whole, by their ids. */
export async function listKept(): Promise<NetworkRecord[]> {
  if (!hasPrivateFiles()) return [];
  const networks = await openFolder();
  const records: NetworkRecord[] = [];
  for await (const handle of networks.values()) {
    if (!(handle instanceof FileSystemDirectoryHandle)) continue;
    const said = await readRecord(handle).catch(() => null);
    if (said) records.push(said.record as NetworkRecord);
  }
  return records.sort((a, b) => (a.info.id < b.info.id ? -1 : 1));
}

/** @throws {LimnError} if it isn't there, or is damaged */
export async function readKept(id: string): Promise<KeptNetwork> {
  try {
    const folder = await (await openFolder()).getDirectoryHandle(id);
    const said = await readRecord(folder);
    const files = await Promise.all(
      said.files.map(async (name, i) => ({ name, bytes: await readFile(folder, String(i)) })),
    );
    const maps = said.referenceSize === null ? null : await readFile(folder, REFERENCE);
    return {
      // JSON has no keys that are undefined.
      record: said.record as NetworkRecord,
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
  await (await openFolder()).removeEntry(id, { recursive: true }).catch(() => undefined);
}

async function openFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await openRoot();
  if (!root) throw new LimnError('This browser can’t keep networks.');
  return root.getDirectoryHandle(FOLDER, { create: true });
}

async function readRecord(folder: FileSystemDirectoryHandle): Promise<v.InferOutput<typeof schema>> {
  const text = new TextDecoder().decode(await readFile(folder, RECORD));
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
