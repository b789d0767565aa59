import { type Edit, splitEdits } from '../../motion/corrections/edit.ts';
import { BatchedFrames } from '../../recording/log/batched-frames.ts';
import { readMeasured } from '../../recording/read-measured.ts';
import type { RecordingHandle } from '../../recording/recording-handle.ts';
import type { Platform } from '../../tracking/platform.ts';
import { type MotionSubject, type ProcessOptions, processMotion } from './process.ts';
import type { EncodedRecording } from './protocol.ts';

/** A recording as it is after all that was done to the whole of it. */
export interface Processed extends EncodedRecording {
  readonly frames: BatchedFrames;
  /** `revision.stored` of the recording that it was made from. */
  readonly stored: number;
  /** Seconds of the last frame that it was made from; later ones have been stored since. */
  readonly until: number;
}

/** Results that are held: undoing and redoing shows them again at once. */
const MOST_HELD = 3;

/** Does what edits say of whole recordings, and remembers the last results. */
export class Processor {
  readonly #platform: Platform;
  /** The newest last. */
  readonly #held = new Map<string, { readonly id: string; readonly processed: Processed }>();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * The recording, as far as it is stored now, after the last edit that concerns the whole of it; `null`: there is none.
   *
   * @param handle the recording; its owner closes it afterwards
   * @throws {LimnError} if a step can't be done; an `AbortError`
   */
  async run(
    handle: RecordingHandle,
    edits: readonly Edit[],
    options: ProcessOptions = {},
  ): Promise<Processed | null> {
    const { rounds } = splitEdits(edits);
    if (rounds.length === 0) return null;
    const made = { stored: handle.revision.stored, until: handle.range?.[1] ?? Number.NEGATIVE_INFINITY };
    let result: Processed | null = null;
    for (const [i, { edits: before, steps }] of rounds.entries()) {
      const key = JSON.stringify([handle.id, made.stored, rounds.slice(0, i + 1)]);
      const known = this.#held.get(key)?.processed;
      if (known) {
        result = known;
        continue;
      }
      // Batches are copied on their way to the worker: what is held stays whole.
      const subject: Omit<MotionSubject, 'edits'> = result
        ? { info: result.info, frames: result.batches }
        : await readMeasured(handle);
      const worked: EncodedRecording = await processMotion(
        { ...subject, edits: before },
        steps,
        this.#platform,
        { ...options, isGivenAway: result === null },
      );
      result = { ...worked, ...made, frames: new BatchedFrames(worked.info, worked.batches) };
      this.#hold(key, handle.id, result);
    }
    return result;
  }

  #hold(key: string, id: string, processed: Processed): void {
    // Nobody wants again what was made from fewer frames.
    for (const [other, held] of this.#held) {
      if (held.id === id && held.processed.stored < processed.stored) this.#held.delete(other);
    }
    this.#held.set(key, { id, processed });
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= MOST_HELD) break;
      this.#held.delete(oldest);
    }
  }
}
