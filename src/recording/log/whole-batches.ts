import { LimnError } from '../../core/errors.ts';
import type { TrackedFrame } from '../../core/recording.ts';
import { type BatchSummary, decodeBatch, summarizeBatch } from './frame-codec.ts';

/** The frames of those batches that are whole, one after the other, and how many aren't. */
export function decodeWhole(batches: readonly Uint8Array[]): {
  readonly frames: readonly TrackedFrame[];
  readonly damaged: number;
} {
  const whole = batches.map((bytes) => unlessDamaged(() => decodeBatch(bytes).frames));
  return { frames: whole.flatMap((frames) => frames ?? []), damaged: whole.filter((each) => !each).length };
}

/** As `summarizeBatch`; `null`: it is damaged. */
export function summarizeWhole(bytes: Uint8Array): BatchSummary | null {
  return unlessDamaged(() => summarizeBatch(bytes));
}

/** What is said where damaged parts are passed over. */
export function createDamagedError(): LimnError {
  return new LimnError(
    'A part of the recording is damaged on the disk: its frames are left out. Track the video again to have them.',
  );
}

function unlessDamaged<Result>(read: () => Result): Result | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof LimnError) return null;
    throw error;
  }
}
