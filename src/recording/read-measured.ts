import type { RecordingInfo } from '../core/recording.ts';
import type { RecordingHandle } from './recording-handle.ts';

/** All of a recording, as it was measured. */
export interface MeasuredRecording {
  readonly info: RecordingInfo;
  /** Batches as `encodeBatch` writes them; the receiver's own. */
  readonly frames: readonly Uint8Array<ArrayBuffer>[];
}

/** All of a recording as it is now, but for what is damaged: then it says so. */
export async function readMeasured(handle: RecordingHandle): Promise<MeasuredRecording> {
  const { info } = handle;
  const frames: Uint8Array<ArrayBuffer>[] = [];
  let damaged = 0;
  for await (const bytes of handle.batches()) {
    if (bytes.length > 0) frames.push(bytes);
    else damaged++;
  }
  if (damaged === 0) return { info, frames };
  const reason = `${damaged === 1 ? 'One part of it is' : `${damaged} parts of it are`} damaged on the disk and left out.`;
  return { info: { ...info, incomplete: [info.incomplete, reason].filter(Boolean).join(' ') }, frames };
}
