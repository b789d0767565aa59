import { Recording, type RecordingInfo } from '../../core/recording.ts';
import { describeKept } from '../../recording/log/describe-kept.ts';
import { decodeBatch } from '../../recording/log/frame-codec.ts';
import type { RecordingHandle } from '../../recording/recording-handle.ts';
import type { StoreClient } from '../../recording/store-client.ts';
import type { Analysis } from './analysis.ts';

/** For so many milliseconds at a time batches are decoded where a page may be shown. */
const TASK_MS = 10;

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

/** All frames of a recording; what else the thread has to do comes in between. */
export async function readRecording(handle: RecordingHandle): Promise<Recording> {
  const recording = new Recording(handle.stored.info);
  let began = performance.now();
  for await (const bytes of handle.batches()) {
    for (const frame of decodeBatch(bytes, true).frames) recording.put(frame);
    if (performance.now() - began < TASK_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    began = performance.now();
  }
  return recording;
}
