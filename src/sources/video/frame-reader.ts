import { LimnError } from '../../core/errors.ts';
import { type FrameTimes, firstAtOrAfter, nearestFrame, SAME_TIME } from '../../core/time/frame-times.ts';
import type { SourceFrame } from '../source.ts';
import type { VideoFile } from './video-decoder.ts';

/**
 * Frames of one stretch of a video after the other. The decoder goes on where it is, unless a key frame lies
 * nearer to what is wanted: so a video with a single key frame is decoded once and not once per stretch.
 */
export class FrameReader {
  readonly #file: VideoFile;
  readonly #times: FrameTimes;
  #frames: AsyncGenerator<SourceFrame> | null = null;
  /** Seconds of the last frame that came out of the decoder. */
  #position = Number.NEGATIVE_INFINITY;
  /** A frame behind the last stretch, which is perhaps in the next. */
  #held: SourceFrame | null = null;
  /** The decoder has given up. */
  #hasFailed = false;

  constructor(file: VideoFile, times: FrameTimes) {
    this.#file = file;
    this.#times = times;
  }

  /**
   * The frames from a time on and before another, in seconds; each has its number. The caller owns them.
   *
   * @throws {LimnError} if the file ends before it should, after all frames that there are
   */
  async *stretch(from: number, to: number): AsyncGenerator<SourceFrame> {
    if (!this.#frames || this.#isBehind(from)) await this.#restart(from);
    for (;;) {
      const frame = await this.#next();
      if (!frame) {
        this.#checkEnd();
        return;
      }
      if (frame.time >= to - SAME_TIME) {
        this.#held = frame;
        return;
      }
      if (frame.time < from - SAME_TIME) frame.close();
      else yield { ...frame, index: nearestFrame(this.#times.times, frame.time) };
    }
  }

  async close(): Promise<void> {
    this.#held?.close();
    this.#held = null;
    await this.#frames?.return(undefined);
    this.#frames = null;
  }

  /** The decoder has no more frames: were these all that the file's index names? */
  #checkEnd(): void {
    const last = this.#times.times.at(-1) ?? 0;
    if (!this.#file.isCut && this.#position >= last - SAME_TIME) return;
    const what = this.#hasFailed ? 'the file is damaged or breaks off' : 'the file breaks off';
    throw new LimnError(
      Number.isFinite(this.#position)
        ? `${what} after ${this.#position.toFixed(2)} seconds`
        : `${what} before these frames`,
    );
  }

  /** Is the decoder past the time, or is there a key frame between the two? */
  #isBehind(time: number): boolean {
    const reached = this.#held?.time ?? this.#position + SAME_TIME;
    if (reached > time + SAME_TIME) return true;
    const { keyTimes } = this.#times;
    const nextKey = keyTimes[firstAtOrAfter(keyTimes, this.#position + SAME_TIME)];
    return nextKey !== undefined && nextKey <= time + SAME_TIME;
  }

  async #restart(from: number): Promise<void> {
    await this.close();
    // A little earlier, so that a frame whose time was rounded down is not taken for the one before.
    this.#frames = this.#file.frames(from - SAME_TIME);
    this.#position = Number.NEGATIVE_INFINITY;
    this.#hasFailed = false;
  }

  async #decoded(): Promise<IteratorResult<SourceFrame, unknown> | undefined> {
    try {
      return await this.#frames?.next();
    } catch (error) {
      if (error instanceof LimnError || this.#hasFailed) throw error;
      this.#hasFailed = true;
      this.#frames = this.#rescued(this.#position);
      return this.#frames.next();
    }
  }

  /** A decoder that gives up takes along what waits in it: these frames are decoded one by one, up to the damage. */
  async *#rescued(position: number): AsyncGenerator<SourceFrame> {
    const { times } = this.#times;
    for (let i = firstAtOrAfter(times, position + SAME_TIME); i < times.length; i++) {
      const time = times[i] ?? 0;
      const frame = await this.#file.frameAt(time).catch(() => null);
      if (frame && Math.abs(frame.time - time) < SAME_TIME) {
        yield frame;
      } else {
        frame?.close();
        return;
      }
    }
  }

  async #next(): Promise<SourceFrame | null> {
    if (this.#held) {
      const frame = this.#held;
      this.#held = null;
      return frame;
    }
    for (;;) {
      const next = await this.#decoded();
      if (!next || next.done) {
        this.#frames = null;
        return null;
      }
      const { value: frame } = next;
      if (frame.time > this.#position) {
        this.#position = frame.time;
        return frame;
      }
      // Time goes on: a frame that comes too late is left out, as players do.
      frame.close();
    }
  }
}
