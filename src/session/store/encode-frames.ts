import type { TrackedFrame } from '../../core/recording.ts';
import { encodeBatch } from './frame-codec.ts';

/** About a second, some tens of kilobytes. */
export const FRAMES_PER_BATCH = 32;

/** All frames of a recording that doesn't grow, as `encodeBatch` writes them. */
export function encodeFrames(frames: readonly TrackedFrame[]): Uint8Array<ArrayBuffer>[] {
  return Array.from({ length: Math.ceil(frames.length / FRAMES_PER_BATCH) }, (_, i) => {
    const end = (i + 1) * FRAMES_PER_BATCH;
    return encodeBatch({
      piece: 0,
      isLast: end >= frames.length,
      frames: frames.slice(i * FRAMES_PER_BATCH, end),
    });
  });
}

/** How many people a frame has at most. */
export function mostPeople(frames: readonly TrackedFrame[]): number {
  return frames.reduce((most, frame) => Math.max(most, frame.people.length), 0);
}
