import { LimnError } from '../core/errors.ts';
import type { Recording, RecordingInfo } from '../core/recording.ts';
import type { VideoBlob } from './analysis/describe-video.ts';
import type { NamedFile } from './open-files.ts';
import { encodeBatch, FRAMES_PER_BATCH } from './store/frame-codec.ts';
import type { StoreClient } from './store/store-client.ts';
import { type Fingerprint, type StoredInfo, takeFingerprint } from './store/stored-info.ts';
import type { Platform } from './workers.ts';

/** Keypoints to be read, and the video that they lie beside. */
export interface ReadRequest {
  readonly files: readonly NamedFile[];
  readonly video: VideoBlob | null;
}

export type ReadReply =
  /** `batches` as `encodeBatch` writes them. */
  | {
      readonly type: 'read';
      readonly info: RecordingInfo;
      readonly frames: number;
      readonly people: number;
      readonly batches: readonly Uint8Array<ArrayBuffer>[];
    }
  | { readonly type: 'failed'; readonly message: string };

/**
 * Reads keypoint files in a worker and keeps them as a recording; the same files again are the recording there is.
 *
 * @returns the recording's id
 * @throws {LimnError} with a sentence naming the file
 */
export async function storeKeypoints(
  request: ReadRequest,
  store: StoreClient,
  platform: Pick<Platform, 'workers'>,
): Promise<string> {
  const fingerprint = await takeFingerprint(
    new Blob([...request.files.map(({ blob }) => blob), ...(request.video ? [request.video.blob] : [])]),
  );
  const known = (await store.call('list', [])).find(
    ({ info }) =>
      info?.fingerprint.partsSha256 === fingerprint.partsSha256 &&
      info.fingerprint.byteLength === fingerprint.byteLength,
  );
  if (known?.info?.state === 'finished') return known.id;
  const { info, frames, people, batches } = await readInWorker(request, platform);
  const name = request.files.length === 1 ? (request.files[0]?.name ?? info.source.name) : info.source.name;
  const id = crypto.randomUUID();
  await store.call('create', [id, describe(info, name, frames, people, fingerprint)]);
  for (const batch of batches) await store.call('append', [id, batch], [batch.buffer]);
  return id;
}

/** Keeps a recording that lies in memory. @returns its id */
export async function storeRecording({ info, frames }: Recording, store: StoreClient): Promise<string> {
  const id = crypto.randomUUID();
  const people = Math.max(0, ...frames.map((frame) => frame.people.length));
  const fingerprint = { byteLength: 0, partsSha256: id };
  await store.call('create', [id, describe(info, info.source.name, frames.length, people, fingerprint)]);
  for (let first = 0; first < frames.length; first += FRAMES_PER_BATCH) {
    const some = frames.slice(first, first + FRAMES_PER_BATCH);
    const batch = encodeBatch({ piece: 0, isLast: first + some.length === frames.length, frames: some });
    await store.call('append', [id, batch], [batch.buffer]);
  }
  return id;
}

function describe(
  info: RecordingInfo,
  name: string,
  frames: number,
  people: number,
  fingerprint: Fingerprint,
): StoredInfo {
  const [run] = info.runs;
  return {
    name,
    state: 'finished',
    info,
    order: {
      model: run?.model ?? 'unknown',
      hands: run?.hands ?? false,
      people: Math.max(1, people),
      engine: run?.engine ?? 'unknown',
      selection: {},
    },
    fingerprint,
    total: frames,
  };
}

function readInWorker(
  request: ReadRequest,
  { workers }: Pick<Platform, 'workers'>,
): Promise<Extract<ReadReply, { type: 'read' }>> {
  const worker = workers.read();
  return new Promise<Extract<ReadReply, { type: 'read' }>>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<ReadReply>) => {
      if (data.type === 'read') resolve(data);
      else reject(new LimnError(data.message));
    };
    worker.onerror = (event) => reject(new LimnError(`The file could not be read: ${event.message}`));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
