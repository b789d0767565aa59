import { EncodedPacketSink, type InputVideoTrack, type VideoSample, VideoSampleSink } from 'mediabunny';
import { orAborted } from '../../core/async/async.ts';

/** Seconds behind a key frame from which on it pays to keep the decoder: it has decoded that far for nothing else. */
const FAR = 1;
/** Seconds that are decoded rather than begun anew at a key frame between. */
const NEAR = 0.25;

/**
 * A decoder that stands at a place of a video, and goes on from there to what is wished next, if that lies ahead and no key
 * frame is nearer: so a video with a single key frame isn't decoded from its start for each frame. Times are seconds of the
 * medium. One wish at a time.
 */
export class SampleCursor {
  readonly #track: InputVideoTrack;
  #samples: AsyncGenerator<VideoSample, void, unknown> | null = null;
  /** Asked of the decoder, and not taken yet: whoever asked was superseded. */
  #coming: Promise<IteratorResult<VideoSample, void>> | null = null;
  /** The last that came, … */
  #current: VideoSample | null = null;
  /** … and the first behind what was wished. */
  #ahead: VideoSample | null = null;
  #isOver = false;
  /** Where it began, at first, and then the time of the last that came. */
  #position = 0;

  constructor(track: InputVideoTrack) {
    this.#track = track;
  }

  /**
   * The sample on screen at a time; the caller's.
   *
   * @param signal ends the wish; the decoder stays where it is
   * @returns `null`: nothing is gained by keeping a decoder for this, or none is found
   * @throws the signal's reason; what the decoder throws
   */
  async at(time: number, signal: AbortSignal | undefined): Promise<VideoSample | null> {
    const key = await new EncodedPacketSink(this.#track).getKeyPacket(time, { metadataOnly: true });
    signal?.throwIfAborted();
    if (!this.#leadsTo(time, key?.timestamp ?? Number.NEGATIVE_INFINITY)) {
      this.close();
      if (!key || time - key.timestamp < FAR) return null;
      this.#samples = new VideoSampleSink(this.#track).samples(key.timestamp);
      this.#position = key.timestamp;
    }
    try {
      return await this.#goTo(time, signal);
    } catch (error) {
      if (!signal?.aborted) this.close();
      throw error;
    }
  }

  /** Ends the decoder. */
  close(): void {
    void this.#samples?.return();
    // What was asked of it either comes to nothing, or is the last that does.
    this.#coming?.then(({ value }) => value?.close()).catch(() => undefined);
    this.#current?.close();
    this.#ahead?.close();
    [this.#samples, this.#coming, this.#current, this.#ahead] = [null, null, null, null];
    this.#isOver = false;
  }

  /** Is the decoder before a time, and nearer to it than the key frame from which it would begin anew? */
  #leadsTo(time: number, keyTime: number): boolean {
    if (!this.#samples || this.#position > time) return false;
    const reached = this.#ahead?.timestamp ?? this.#position;
    return keyTime <= reached || time - reached < NEAR;
  }

  async #goTo(time: number, signal: AbortSignal | undefined): Promise<VideoSample | null> {
    for (;;) {
      const next = this.#ahead ?? (await this.#next(signal));
      this.#ahead = next;
      if (!next || next.timestamp > time) return this.#current?.clone() ?? null;
      this.#ahead = null;
      this.#current?.close();
      this.#current = next;
      this.#position = next.timestamp;
    }
  }

  /** @returns `null`: there are no more */
  async #next(signal: AbortSignal | undefined): Promise<VideoSample | null> {
    if (this.#isOver || !this.#samples) return null;
    this.#coming ??= this.#samples.next();
    const coming = this.#coming;
    const { value } = await orAborted(coming, signal);
    this.#coming = null;
    this.#isOver = !value;
    return value ?? null;
  }
}
