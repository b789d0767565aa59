import { firstAtOrAfter, SAME_TIME } from '../../core/time/frame-times.ts';
import type { SourceFrame } from '../../sources/source.ts';
import { decoderTurns } from '../../sources/video/decoder-turn.ts';
import { VideoFile } from '../../sources/video/video-decoder.ts';
import type { VideoBlob } from '../../tracking/analysis/describe-video.ts';

/** From the last wish for a frame to the end of the decoder, which holds some frames ahead. */
const DECODER_RESTS_MS = 1000;

/**
 * The picture of a second video, which goes where it is told: it is decoded, not played, so that it is always the frame of that
 * very time. One frame is decoded and one wish waits; the newest wins, so that nothing piles up behind a video that plays. It has
 * no sound.
 */
export class OtherPicture {
  /** Told of every frame that comes; the receiver's. */
  onFrame: (frame: SourceFrame) => void = (frame) => frame.close();
  /** Told, once, when a frame can't be decoded. */
  onProblem: () => void = () => undefined;
  readonly #file: VideoFile;
  /** Seconds at which each frame is shown; `null`: not looked at yet. */
  #times: Float64Array | null = null;
  /** Position of the frame that was shown last. */
  #shown = -1;
  #wished: number | null = null;
  #isBusy = false;
  #isClosed = false;
  #hasProblem = false;
  #resting: ReturnType<typeof setTimeout> | undefined;

  private constructor(file: VideoFile) {
    this.#file = file;
  }

  /** @throws {LimnError} if it can't be read or decoded */
  static async open({ blob, name }: VideoBlob): Promise<OtherPicture> {
    return new OtherPicture(await VideoFile.open(blob, name));
  }

  /** Seconds at which it is over. */
  get duration(): number {
    return this.#file.info.duration;
  }

  get frameRate(): number {
    return this.#file.info.frameRate;
  }

  get size(): { readonly width: number; readonly height: number } {
    return this.#file.info;
  }

  /** Shows the frame of a time in seconds, or what is wished for meanwhile. */
  show(time: number): void {
    if (this.#isClosed) return;
    this.#wished = time;
    if (!this.#isBusy) void this.#follow();
  }

  /** Seconds of the frame before or after that of a time; the same where there is none, or its times aren't known yet. */
  neighbour(time: number, direction: -1 | 1): number {
    const times = this.#times;
    return times?.[this.#positionOf(times, time) + direction] ?? time;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#wished = null;
    clearTimeout(this.#resting);
    this.onFrame = (frame) => frame.close();
    this.#file.close();
  }

  async #follow(): Promise<void> {
    this.#isBusy = true;
    clearTimeout(this.#resting);
    try {
      while (this.#wished !== null) {
        const time = this.#wished;
        this.#wished = null;
        await this.#decode(time);
      }
    } catch {
      // A file that was closed while it was read isn't wanted any more.
      if (!this.#isClosed && !this.#hasProblem) this.onProblem();
      this.#hasProblem = true;
    } finally {
      this.#isBusy = false;
    }
    if (this.#isClosed) return;
    this.#resting = setTimeout(() => this.#file.rest(), DECODER_RESTS_MS);
    // What was wished for while one failed.
    if (this.#wished !== null) void this.#follow();
  }

  async #decode(time: number): Promise<void> {
    this.#times ??= (await this.#file.scan()).times;
    const position = this.#positionOf(this.#times, time);
    // A frame lasts until the next: a faster video wishes for it more than once.
    if (this.#isClosed || position === this.#shown) return;
    const wished = this.#times[position] ?? time;
    const frame = await decoderTurns.onStage(() =>
      this.#file.frameAt(wished, { goesOn: !decoderTurns.areNeeded }),
    );
    if (frame) this.#shown = position;
    if (frame) this.onFrame(frame);
  }

  #positionOf(times: Float64Array, time: number): number {
    return Math.max(0, firstAtOrAfter(times, time + SAME_TIME) - 1);
  }
}
