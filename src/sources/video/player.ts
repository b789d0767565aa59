import { LimnError } from '../../core/errors.ts';
import { decoderTurns } from './decoder-turn.ts';

/** Plays a video for the eye, and says which picture it presents. */
export interface Player {
  readonly isPlaying: boolean;
  isLooping: boolean;
  /** 1: as fast as it was recorded. */
  rate: number;
  /** A picture is presented while it plays, at a time in seconds. The receiver owns it. */
  onPresented: (image: VideoFrame, time: number) => void;
  /** Playing has begun, ended, or changed its speed. */
  onChange: () => void;
  /** It has played to the end: what it presented last need not be the last picture. `play` begins anew. */
  onEnded: () => void;
  play(): void;
  pause(): void;
  /** Goes on from a time in seconds. */
  seek(time: number): void;
  close(): void;
}

const MICROSECONDS = 1e6;

/** The browser's own player, with sound. */
export class ElementPlayer implements Player {
  onPresented: Player['onPresented'] = (image) => image.close();
  onChange: Player['onChange'] = () => undefined;
  onEnded: Player['onEnded'] = () => undefined;
  readonly #element: HTMLVideoElement;
  /** Has it presented anything since it was loaded? What has not, is not loaded again. */
  #hasPresented = false;
  #isClosed = false;
  /** It was moved by hand, or came to its end, while nobody may decode the frame: what it shows has to do. */
  #showsJump = false;

  private constructor(element: HTMLVideoElement) {
    this.#element = element;
    for (const event of ['play', 'pause', 'ended', 'ratechange'] as const) {
      element.addEventListener(event, () => this.onChange());
    }
    element.addEventListener('ended', () => {
      this.#showsJump = decoderTurns.isTaken;
      this.onEnded();
    });
    element.addEventListener('error', this.#onError);
    element.requestVideoFrameCallback(this.#onFrame);
  }

  /** @throws {LimnError} with the browser's reason, if it can't play the file */
  static async open(blob: Blob): Promise<ElementPlayer> {
    const element = document.createElement('video');
    element.playsInline = true;
    element.preload = 'auto';
    element.src = URL.createObjectURL(blob);
    // Without it, iPhones read no frame before somebody plays the video (flutter/packages#9025).
    element.load();
    try {
      await waitUntilPlayable(element);
      return new ElementPlayer(element);
    } catch (error) {
      URL.revokeObjectURL(element.src);
      throw error;
    }
  }

  get isPlaying(): boolean {
    return !this.#element.paused && !this.#element.ended;
  }

  get isLooping(): boolean {
    return this.#element.loop;
  }

  set isLooping(isLooping: boolean) {
    this.#element.loop = isLooping;
  }

  get rate(): number {
    return this.#element.playbackRate;
  }

  set rate(rate: number) {
    this.#element.playbackRate = rate;
  }

  play(): void {
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
  }

  seek(time: number): void {
    this.#showsJump = decoderTurns.isTaken;
    this.#element.currentTime = time;
  }

  close(): void {
    this.#isClosed = true;
    this.#element.removeEventListener('error', this.#onError);
    this.#element.pause();
    URL.revokeObjectURL(this.#element.src);
    this.#element.removeAttribute('src');
    this.#element.load();
  }

  readonly #onFrame: VideoFrameRequestCallback = (_, { mediaTime }) => {
    if (this.#isClosed) return;
    this.#element.requestVideoFrameCallback(this.#onFrame);
    this.#hasPresented = true;
    // What a player shows after a jump or at its end need not be the frame of that time.
    if (!this.isPlaying && !this.#showsJump) return;
    this.#showsJump = false;
    this.onPresented(
      new VideoFrame(this.#element, { timestamp: Math.round(mediaTime * MICROSECONDS) }),
      mediaTime,
    );
  };

  /** A file that breaks off stops the player for good: loaded again, it plays what comes before once more. */
  readonly #onError = (): void => {
    if (!this.#hasPresented) return;
    this.#hasPresented = false;
    this.#element.pause();
    this.#element.load();
    this.onChange();
  };
}

/** A player that has neither shown anything nor failed after so long never will. */
const LOADING_MS = 10_000;

function waitUntilPlayable(element: HTMLVideoElement): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new LimnError('it shows nothing')), LOADING_MS);
    element.addEventListener('loadeddata', () => resolve(), { once: true });
    element.addEventListener(
      'error',
      () => reject(new LimnError(element.error?.message || 'unknown reason')),
      { once: true },
    );
  });
}
