import { Recording, type RecordingInfo } from '../../core/recording.ts';
import { describeKept } from '../../recording/log/describe-kept.ts';
import { decodeBatch } from '../../recording/log/frame-codec.ts';
import type { RecordingHandle } from '../../recording/recording-handle.ts';
import type { StoreClient } from '../../recording/store-client.ts';
import type { Analysis } from './analysis.ts';

/** A run is recorded in the memory of the storing worker: nothing is left when that ends. @throws what the store throws */
export async function recordInMemory(
  analysis: Analysis,
  info: RecordingInfo,
  store: StoreClient,
): Promise<RecordingHandle> {
  const id = crypto.randomUUID();
  const described = describeKept(info, info.source.name, 0, 1, { byteLength: 0, partsSha256: id });
  const recording = await store.recordings.create(id, described, 'tracking', 'memory');
  await analysis.record(recording, store);
  return recording;
}

/** All frames of a recording. */
export async function readRecording(handle: RecordingHandle): Promise<Recording> {
  const recording = new Recording(handle.stored.info);
  for await (const bytes of handle.batches()) {
    for (const frame of decodeBatch(bytes, true).frames) recording.put(frame);
  }
  return recording;
}
