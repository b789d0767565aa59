import { type Edit, splitEdits } from '../../motion/corrections/edit.ts';
import { BatchedFrames } from '../store/batched-frames.ts';
import type { Platform } from '../workers.ts';
import { type MotionSubject, type ProcessOptions, processMotion } from './process.ts';
import type { EncodedRecording } from './protocol.ts';

/** A recording as it is after all that was done to the whole of it. */
export interface Processed extends EncodedRecording {
  readonly frames: BatchedFrames;
}

/** Results that are held: undoing and redoing shows them again at once. */
const MOST_HELD = 3;

/** Does what edits say of whole recordings, and remembers the last results. */
export class Processor {
  readonly #platform: Pick<Platform, 'workers' | 'assets'>;
  /** The newest last. */
  readonly #held = new Map<string, Processed>();

  constructor(platform: Pick<Platform, 'workers' | 'assets'>) {
    this.#platform = platform;
  }

  /**
   * The recording after the last edit that concerns the whole of it; `null`: there is none.
   *
   * @param id of the recording
   * @param read gives it as measured
   * @throws {LimnError} if a step can't be done; an `AbortError`
   */
  async run(
    id: string,
    edits: readonly Edit[],
    read: () => Promise<Omit<MotionSubject, 'edits'>>,
    options: ProcessOptions = {},
  ): Promise<Processed | null> {
    const { rounds } = splitEdits(edits);
    if (rounds.length === 0) return null;
    let result: Processed | null = null;
    for (const [i, { edits: before, steps }] of rounds.entries()) {
      const key = JSON.stringify([id, rounds.slice(0, i + 1)]);
      const known = this.#held.get(key);
      if (known) {
        result = known;
        continue;
      }
      // Batches are copied on their way to the worker: what is held stays whole.
      const subject: Omit<MotionSubject, 'edits'> = result
        ? { info: result.info, frames: result.batches }
        : await read();
      result = this.#hold(
        key,
        await processMotion({ ...subject, edits: before }, steps, this.#platform, {
          ...options,
          isGivenAway: result === null,
        }),
      );
    }
    return result;
  }

  #hold(key: string, made: EncodedRecording): Processed {
    const processed = { ...made, frames: new BatchedFrames(made.info, made.batches) };
    this.#held.set(key, processed);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= MOST_HELD) break;
      this.#held.delete(oldest);
    }
    return processed;
  }
}
