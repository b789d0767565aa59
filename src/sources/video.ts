import { NewestSlot } from '../core/async.ts';
import { LimnError } from '../core/errors.ts';
import { createFrame } from '../core/frame.ts';
import type { FrameSource, SourceFrame, SourceInfo, Transport, TransportState } from './source.ts';
import { conversionHint, VideoFile } from './video-decoder.ts';

const MICROSECONDS = 1e6;

/**
 * A video file that plays. While it plays, frames are what the browser's player presents; while it is paused,
 * they are decoded exactly, for a player that is moved by hand shows other frames than it says.
 */
export class VideoSource implements FrameSource, Transport {
  readonly info: SourceInfo;
  readonly transport = this;
  onChange: (() => void) | null = null;
  readonly #file: VideoFile;
  readonly #element: HTMLVideoElement;
  readonly #slot = new NewestSlot<SourceFrame>();
  #failure: LimnError | null = null;
  #isClosed = false;
  /** Seconds of the frame last put into the slot. */
  #time = 0;
  /** Grows with every wish for an exact frame: what comes for an older wish is thrown away. */
  #wish = 0;

  private constructor(file: VideoFile, element: HTMLVideoElement, blob: Blob, name: string) {
    this.#file = file;
    this.#element = element;
    this.info = {
      kind: 'video',
      name,
      live: false,
      isStill: false,
      duration: file.info.duration,
      frameRate: file.info.frameRate,
      prefersMirror: false,
      byteLength: blob.size,
      demo: null,
    };
    const notify = (): void => this.onChange?.();
    for (const event of ['play', 'pause', 'ended', 'ratechange'] as const)
      element.addEventListener(event, notify);
    element.addEventListener('error', () => this.#fail(element.error?.message));
    element.requestVideoFrameCallback(this.#onPresented);
  }

  /** Opens the file and shows its first frame. @throws {LimnError} if it can't be read or decoded. */
  static async open(blob: Blob, name: string): Promise<VideoSource> {
    const file = await VideoFile.open(blob, name);
    const element = document.createElement('video');
    element.playsInline = true;
    element.preload = 'auto';
    element.src = URL.createObjectURL(blob);
    try {
      await waitUntilPlayable(element, name);
    } catch (error) {
      URL.revokeObjectURL(element.src);
      file.close();
      throw error;
    }
    const source = new VideoSource(file, element, blob, name);
    source.seek(0);
    return source;
  }

  get dropped(): number {
    return this.#slot.replaced;
  }

  get state(): TransportState {
    return {
      isPlaying: !this.#element.paused && !this.#element.ended,
      time: this.#time,
      duration: this.#file.info.duration,
      isLooping: this.#element.loop,
      rate: this.#element.playbackRate,
      pictureCount: null,
    };
  }

  /** Seconds of the first frame. */
  get firstTime(): number {
    return this.#file.firstTime;
  }

  async next(): Promise<SourceFrame | null> {
    const frame = await this.#slot.take();
    if (!frame && this.#failure) throw this.#failure;
    return frame;
  }

  play(): void {
    this.#wish++;
    this.#element.play().catch((error: unknown) => {
      // Without a gesture browsers play only what is silent.
      if (error instanceof DOMException && error.name === 'NotAllowedError' && !this.#element.muted) {
        this.#element.muted = true;
        this.play();
      }
    });
  }

  pause(): void {
    this.#element.pause();
    this.seek(this.#time);
  }

  seek(time: number): void {
    const within = Math.min(Math.max(0, time), this.#file.info.duration);
    this.#element.currentTime = within;
    if (this.#element.paused) void this.#show(() => this.#file.frameAt(within));
  }

  step(direction: -1 | 1): void {
    if (!this.#element.paused) this.#element.pause();
    const from = this.#time;
    void this.#show(() => this.#file.neighbour(from, direction));
  }

  setLooping(isLooping: boolean): void {
    this.#element.loop = isLooping;
    this.onChange?.();
  }

  setRate(rate: number): void {
    this.#element.playbackRate = rate;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#wish++;
    this.#element.pause();
    URL.revokeObjectURL(this.#element.src);
    this.#element.removeAttribute('src');
    this.#element.load();
    this.#slot.close();
    this.#file.close();
  }

  /** Decodes the wished frame and puts it in, unless another wish has come meanwhile. */
  async #show(decode: () => Promise<SourceFrame | null>): Promise<void> {
    const wish = ++this.#wish;
    try {
      const frame = await decode();
      if (!frame) return;
      if (wish !== this.#wish || this.#isClosed) {
        frame.close();
        return;
      }
      this.#element.currentTime = frame.time;
      this.#put(frame);
    } catch (cause) {
      this.#fail(cause);
    }
  }

  #fail(cause: unknown): void {
    if (this.#isClosed) return;
    this.#failure = new LimnError(
      `${this.info.name} can't be decoded any further: it is damaged or cut off. What was tracked is kept.`,
      { cause },
    );
    this.#slot.close();
  }

  readonly #onPresented: VideoFrameRequestCallback = (_, { mediaTime }) => {
    if (this.#isClosed) return;
    this.#element.requestVideoFrameCallback(this.#onPresented);
    if (this.#element.paused && !this.#element.ended) return;
    const image = new VideoFrame(this.#element, { timestamp: Math.round(mediaTime * MICROSECONDS) });
    this.#put(
      createFrame({
        image,
        width: image.displayWidth,
        height: image.displayHeight,
        time: mediaTime,
        index: this.#file.indexAt(mediaTime),
      }),
    );
  };

  #put(frame: SourceFrame): void {
    this.#time = frame.time;
    this.#slot.put(frame);
    this.onChange?.();
  }
}

function waitUntilPlayable(element: HTMLVideoElement, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    element.addEventListener('loadeddata', () => resolve(), { once: true });
    element.addEventListener(
      'error',
      () => {
        const reason = element.error?.message ?? 'unknown reason';
        reject(new LimnError(`${name} can't be played (${reason}). ${conversionHint(name)}`));
      },
      { once: true },
    );
  });
}
