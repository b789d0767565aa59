import { LimnError, toSentence } from '../../core/errors.ts';
import { createFrame } from '../../core/frame.ts';
import type { FrameSource, SourceFrame, SourceInfo, Transport, TransportState } from '../source.ts';
import { describeStill, type PictureFrame, type PictureSet } from './picture-set.ts';
import type { DecodedPicture } from './reading/decode.ts';

/** How pictures are given out. */
export interface GivingOut {
  /** Position of the picture to be shown when all were given out once; `null`, or absent: the last. */
  readonly returnTo?: number | null;
  /** It ends when all were given out. */
  readonly isOnce?: boolean;
  /** All were tracked before: the first is shown, and waits to be played. */
  readonly isTracked?: boolean;
}

/** Pictures, one after the other: each comes once, as fast as they are taken; then they can be played, at their times. */
export class PicturesSource implements FrameSource, Transport {
  readonly info: SourceInfo;
  readonly transport = this;
  readonly dropped = 0;
  onChange: (() => void) | null = null;
  /** Told when a picture can't be read: `incomplete` says which ones are missing. */
  onMissing: (() => void) | null = null;
  /** Told, as a sentence, what is read in part only, or scaled. */
  onNote: ((sentence: string) => void) | null = null;
  readonly set: PictureSet;
  readonly #failures = new Map<PictureFrame, string>();
  readonly #noted = new Set<PictureFrame>();
  /** Of the first picture, in pixels. */
  readonly #size: Pick<DecodedPicture, 'width' | 'height'>;
  #decodedFirst: { readonly frame: PictureFrame; readonly decoded: DecodedPicture } | null = null;
  /** Position of the picture to give out next, or `null` when none is wanted now. */
  #wanted: number | null = 0;
  /** Position of the first picture that was never given out. */
  #unseen = 0;
  #shown = 0;
  #returnTo: number | null = null;
  #isOnce = false;
  #isPlaying = true;
  #isLooping = false;
  #rate = 1;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #wake: (() => void) | null = null;
  #isClosed = false;

  private constructor(set: PictureSet, { fieldOfView, width, height }: DecodedPicture) {
    this.set = set;
    this.#size = { width, height };
    this.info = {
      kind: 'pictures',
      name: set.name,
      live: false,
      isStill: set.kind === 'single',
      duration: set.duration,
      frameRate: set.rate,
      prefersMirror: false,
      byteLength: set.byteLength,
      demo: null,
      ...(fieldOfView !== null && { fieldOfView }),
      ...(set.rate !== null && { assumedFrameRate: set.rate }),
      ...(set.notes.length > 0 && { notes: set.notes }),
    };
  }

  /**
   * @param set closed with the source
   * @throws {LimnError} if none of the pictures can be decoded
   */
  static async open(
    set: PictureSet,
    { returnTo = null, isOnce = false, isTracked = false }: GivingOut = {},
  ): Promise<PicturesSource> {
    const failures: [PictureFrame, string][] = [];
    for (const frame of set.frames) {
      try {
        const decoded = await frame.decode();
        const source = new PicturesSource(set, decoded);
        source.#decodedFirst = { frame, decoded };
        source.#returnTo = returnTo;
        source.#isOnce = isOnce;
        if (isTracked) {
          source.#unseen = set.frames.length;
          source.#isPlaying = false;
        }
        for (const [failed, sentence] of failures) source.#failures.set(failed, sentence);
        return source;
      } catch (error) {
        failures.push([frame, toSentence(error)]);
      }
    }
    set.close();
    const [first] = failures;
    const others = failures.length > 1 ? ` Nor can any of the other ${failures.length - 1} be read.` : '';
    throw new LimnError(`${first?.[1] ?? 'There is no picture to open.'}${others}`);
  }

  /** Which pictures are missing, and why, as a sentence; `null`: none is. */
  get incomplete(): string | null {
    const sentences = [...this.#failures.values()];
    const all = [...(this.set.incomplete === null ? [] : [this.set.incomplete]), ...sentences];
    if (all.length === 0) return null;
    const SAID_AT_MOST = 3;
    const left = all.length - SAID_AT_MOST;
    const more =
      left > 0 ? [`${left === 1 ? 'One more picture' : `${left} more pictures`} can't be read, either.`] : [];
    const count = this.set.frames.length;
    const missing =
      sentences.length > 0 && count > 1 ? [`${sentences.length} of ${count} pictures were left out.`] : [];
    return [...missing, ...all.slice(0, SAID_AT_MOST), ...more].join(' ');
  }

  /** Position of the picture that was given out last. */
  get position(): number {
    return this.#shown;
  }

  get state(): TransportState {
    const { frames, kind } = this.set;
    return {
      isPlaying: this.#isPlaying,
      time: frames[this.#shown]?.time ?? 0,
      duration: frames.at(-1)?.time ?? 0,
      isLooping: this.#isLooping,
      rate: this.#rate,
      pictureCount: kind === 'single' ? frames.length : null,
    };
  }

  async next(): Promise<SourceFrame | null> {
    for (;;) {
      while (this.#wanted === null) {
        if (this.#isClosed || (this.#isOnce && this.isTracked)) return null;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
      if (this.#isClosed) return null;
      const position = this.#wanted;
      const frame = this.set.frames[position];
      if (!frame) return null;
      this.#wanted = null;
      this.#shown = position;
      if (position === this.#unseen) this.#unseen++;
      this.#goOn();
      const decoded = await this.#decode(frame);
      if (!decoded) continue;
      if (this.#isClosed) {
        decoded.image.close();
        return null;
      }
      this.onChange?.();
      const { image } = decoded;
      // A film has one size, whatever its frames have.
      const { width, height } = this.info.isStill ? decoded : this.#size;
      return createFrame({ image, width, height, time: frame.time, index: frame.index, name: frame.name });
    }
  }

  play(): void {
    this.#isPlaying = true;
    const last = this.set.frames.length - 1;
    if (this.isTracked && this.#shown >= last) this.#want(0);
    this.#goOn();
    this.onChange?.();
  }

  pause(): void {
    this.#isPlaying = false;
    this.#endTimer();
    this.onChange?.();
  }

  /** Frames of a film are followed in their order: what wasn't reached yet can't be gone to. */
  seek(time: number): void {
    const { frames } = this.set;
    const later = frames.findIndex((frame) => frame.time > time);
    const at = later < 0 ? frames.length - 1 : Math.max(0, later - 1);
    const next = frames[at + 1];
    const isNearer = next !== undefined && next.time - time < time - (frames[at]?.time ?? 0);
    this.#want(isNearer ? at + 1 : at);
  }

  step(direction: -1 | 1): void {
    this.pause();
    this.#want(this.#shown + direction);
  }

  setLooping(isLooping: boolean): void {
    this.#isLooping = isLooping;
    this.onChange?.();
  }

  setRate(rate: number): void {
    this.#rate = rate;
    this.onChange?.();
  }

  close(): void {
    this.#isClosed = true;
    this.#endTimer();
    this.#decodedFirst?.decoded.image.close();
    this.#decodedFirst = null;
    this.set.close();
    this.#wake?.();
  }

  /** All pictures were given out once. */
  get isTracked(): boolean {
    return this.#unseen >= this.set.frames.length;
  }

  #want(position: number): void {
    const last = this.set.frames.length - 1;
    const furthest = this.info.isStill ? last : Math.min(this.#unseen, last);
    this.#endTimer();
    this.#wanted = Math.min(furthest, Math.max(0, position));
    this.#wake?.();
  }

  /** Moves on to the next picture that was not seen yet; when all were, to the next at its time. */
  #goOn(): void {
    if (!this.#isPlaying) return;
    const { frames } = this.set;
    if (!this.isTracked) {
      this.#wanted ??= this.#unseen;
      this.#wake?.();
      return;
    }
    if (this.#wanted !== null || this.#isOnce) return;
    if (this.#returnTo !== null) {
      this.#isPlaying = false;
      this.#want(this.#returnTo);
      this.#returnTo = null;
      return;
    }
    const next = frames[this.#shown + 1];
    const first = frames[0];
    if (next) this.#wait(next.time - (frames[this.#shown]?.time ?? 0), this.#shown + 1);
    else if (this.#isLooping && first) this.#wait(this.set.duration - (frames.at(-1)?.time ?? 0), 0);
    else this.#isPlaying = false;
  }

  #wait(seconds: number, position: number): void {
    this.#endTimer();
    this.#timer = setTimeout(() => this.#want(position), (seconds / this.#rate) * 1000);
  }

  #endTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #decode(frame: PictureFrame): Promise<DecodedPicture | null> {
    try {
      const decoded = this.#decodedFirst?.frame === frame ? this.#decodedFirst.decoded : await frame.decode();
      if (this.#decodedFirst?.frame === frame) this.#decodedFirst = null;
      this.#note(frame, decoded);
      return decoded;
    } catch (error) {
      // What is closed while it decodes isn't damaged.
      if (this.#isClosed) return null;
      // The others may be better.
      if (!this.#failures.has(frame)) {
        this.#failures.set(frame, toSentence(error));
        this.onMissing?.();
      }
      return null;
    }
  }

  #note(frame: PictureFrame, { isFirstOfMany, width, height }: DecodedPicture): void {
    const { name } = frame;
    if (name === null || this.#noted.has(frame)) return;
    this.#noted.add(frame);
    if (isFirstOfMany) this.onNote?.(describeStill(name, this.set.frames.length === 1));
    const size = this.#size;
    if (!this.info.isStill && (width !== size.width || height !== size.height)) {
      this.onNote?.(
        `${name} has ${width} × ${height} pixels, unlike the first picture of its film. It is scaled to ${size.width} × ${size.height}, and so are its keypoints.`,
      );
    }
  }
}
