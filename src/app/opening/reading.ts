import { bytesToHex } from '@noble/hashes/utils.js';
import { callOnce } from '../../core/port/call-once.ts';
import { Port } from '../../core/port/port.ts';
import type { Recording, RecordingInfo } from '../../core/recording.ts';
import { describeKept } from '../../recording/log/describe-kept.ts';
import { encodeFrames, mostPeople } from '../../recording/log/encode-frames.ts';
import { type Fingerprint, type StoredInfo, takeFingerprint } from '../../recording/log/stored-info.ts';
import type { StoreClient } from '../../recording/store-client.ts';
import type { NamedFile } from '../../sources/named-file.ts';
import type { VideoBlob } from '../../tracking/analysis/describe-video.ts';
import type { Platform } from '../../tracking/platform.ts';

/** Keypoints to be read, and the video or the pictures that they lie beside. */
export interface ReadRequest {
  readonly files: readonly NamedFile[];
  readonly video: VideoBlob | null;
  /** Names of pictures: only what says who is in them is read (`layOnPictures`). */
  readonly pictures?: readonly string[];
}

/** A recording as it was read. */
export interface ReadRecording {
  readonly info: RecordingInfo;
  readonly frames: number;
  /** Of the frame that has most. */
  readonly people: number;
  /** As `encodeBatch` writes them. */
  readonly batches: readonly Uint8Array<ArrayBuffer>[];
}

/**
 * Part of what tells keypoint files again: a recording that was read otherwise than today isn't the same. Grows whenever
 * what is made of the same file changes.
 */
const READING = 3;

/** What the reading worker does. */
export interface ReadCalls {
  /** At least one recording, the one to be shown first; with pictures, there may be none that is of them. */
  read(request: ReadRequest): readonly ReadRecording[];
}

/**
 * Reads keypoint files in a worker and keeps them as recordings; the same files again are the recordings there are.
 *
 * @returns the recordings' ids, the one to be shown first; none: nothing in them says who is in the pictures
 * @throws {LimnError} with a sentence naming the file
 */
export async function storeKeypoints(
  request: ReadRequest,
  store: StoreClient,
  platform: Pick<Platform, 'workers'>,
): Promise<readonly string[]> {
  const fingerprint = await fingerprintOf(request);
  const known = (await store.call('list', []))
    .flatMap(({ id, info, frames }) => {
      const part = info && partOf(info.fingerprint, fingerprint);
      return part && info.state === 'finished' && frames === info.total ? [{ id, ...part }] : [];
    })
    .sort((a, b) => a.position - b.position);
  if (known.length > 0 && known.length === known[0]?.count) return known.map(({ id }) => id);
  const port = new Port<ReadCalls>(platform.workers.read(), { name: 'The worker that reads files' });
  const recordings = await callOnce(port, 'read', [request]);
  const ids: string[] = [];
  for (const [position, { info, frames, people, batches }] of recordings.entries()) {
    const [only] = request.files.length === 1 && recordings.length === 1 ? request.files : [];
    const id = known.find((each) => each.position === position)?.id ?? crypto.randomUUID();
    ids.push(id);
    if (known.some((each) => each.id === id)) continue;
    const part = markPart(fingerprint, { position, count: recordings.length });
    await keep(id, describeKept(info, only?.name ?? info.source.name, frames, people, part), batches, store);
  }
  return ids;
}

/** Files by name, for the numbers of frames are in them, and content; and how they are read. */
async function fingerprintOf({ files, video, pictures = [] }: ReadRequest): Promise<Fingerprint> {
  const blobs = [...files.map(({ blob }) => blob), ...(video ? [video.blob] : [])];
  const { byteLength, partsSha256 } = await takeFingerprint(new Blob(blobs));
  const names = [...files, ...(video ? [video] : [])].map(({ name }) => name);
  const told = [READING, partsSha256, names, ...(pictures.length > 0 ? [pictures] : [])];
  const all = new TextEncoder().encode(JSON.stringify(told));
  return { byteLength, partsSha256: bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', all))) };
}

/** Which of the recordings that were in the same files. */
interface FilesPart {
  /** From 0. */
  readonly position: number;
  readonly count: number;
}

function markPart({ byteLength, partsSha256 }: Fingerprint, { position, count }: FilesPart): Fingerprint {
  return { byteLength, partsSha256: `${partsSha256} ${position}/${count}` };
}

/** `null`: it is of other files. */
function partOf(stored: Fingerprint, files: Fingerprint): FilesPart | null {
  const [sha256, position, count] = stored.partsSha256.split(/[ /]/);
  if (sha256 !== files.partsSha256 || stored.byteLength !== files.byteLength) return null;
  return { position: Number(position), count: Number(count) };
}

/** What is said where keypoint files hold several recordings. */
export function describeOthers(count: number): string {
  const others = count === 1 ? 'another one lies' : `${count} others lie`;
  return `There is more than one recording in these files, of several cameras or videos. The first is shown; ${others} under Recordings.`;
}

/** Keeps a recording that lies in memory. @returns its id */
export async function storeRecording({ info, frames }: Recording, store: StoreClient): Promise<string> {
  const id = crypto.randomUUID();
  const people = mostPeople(frames);
  const fingerprint = { byteLength: 0, partsSha256: id };
  const described = describeKept(info, info.source.name, frames.length, people, fingerprint);
  await keep(id, described, encodeFrames(frames), store);
  return id;
}

/** It counts as whole only when all of it is kept: the page may be closed meanwhile. */
async function keep(
  id: string,
  info: StoredInfo,
  batches: readonly Uint8Array<ArrayBuffer>[],
  store: StoreClient,
): Promise<void> {
  const recording = await store.recordings.create(id, { ...info, state: 'cancelled' }, 'keeping');
  try {
    for (const batch of batches) await recording.append(batch);
    await recording.describe({ state: info.state });
  } finally {
    recording.close();
  }
}
