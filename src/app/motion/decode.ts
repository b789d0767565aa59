import { Recording } from '../../core/recording.ts';
import { decodeBatch } from '../../recording/log/frame-codec.ts';
import type { EncodedRecording } from './protocol.ts';

/** All of its frames, decoded: of a long one that takes a while. */
export function toRecording({ info, batches }: EncodedRecording): Recording {
  return new Recording(
    info,
    batches.flatMap((bytes) => decodeBatch(bytes).frames),
  );
}
