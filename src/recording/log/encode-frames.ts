import type { TrackedFrame } from '../../core/recording.ts';
import { encodeBatch } from './frame-codec.ts';

/** About a second, some tens of kilobytes. */
export const FRAMES_PER_BATCH = 32;

/** All frames of a recording that doesn't grow, as `encodeBatch` writes them. */
export function encodeFrames(frames: Iterable<TrackedFrame>): Uint8Array<ArrayBuffer>[] {
  const batches: Uint8Array<ArrayBuffer>[] = [];
  let waiting: TrackedFrame[] = [];
  const encode = (isLast: boolean): void => {
    batches.push(encodeBatch({ piece: 0, isLast, frames: waiting }));
    waiting = [];
  };
  for (const frame of frames) {
    if (waiting.length === FRAMES_PER_BATCH) encode(false);
    waiting.push(frame);
  }
  if (waiting.length > 0) encode(true);
  return batches;
}

/** How many people a frame has at most. */
export function mostPeople(frames: readonly TrackedFrame[]): number {
  return frames.reduce((most, frame) => Math.max(most, frame.people.length), 0);
}
