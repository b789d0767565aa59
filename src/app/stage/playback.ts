import type { TrackedFrame } from '../../core/recording.ts';
import type { SourceInfo, Transport, TransportState } from '../../sources/source.ts';
import type { FrameLookup } from './frame-lookup.ts';

/** Plays a recording by itself, without its pictures, by the clock of the screen. */
export class RecordingPlayback implements Transport {
  onChange: (() => void) | null = null;
  readonly #frames: FrameLookup;
  readonly #show: (frame: TrackedFrame) => void;
  readonly #first: number;
  readonly #duration: number;
  #time = 0;
  #shown: TrackedFrame | null = null;
  #isPlaying = false;
  #isLooping = true;
  #rate = 1;
  #previousTick = 0;
  #request = 0;

  /** @param frames stay the caller's */
  constructor(frames: FrameLookup, show: (frame: TrackedFrame) => void) {
    this.#frames = frames;
    this.#show = show;
    const [first, last] = frames.timeRange ?? [0, 0];
    this.#first = first;
    this.#duration = last - first;
    frames.onLoaded = () => this.#showCurrent();
    this.seek(0);
  }

  get info(): SourceInfo {
    const { source, mirrored } = this.#frames.info;
    return {
      kind: 'recording',
      name: source.name,
      live: false,
      isStill: false,
      duration: this.#first + this.#duration,
      frameRate: null,
      prefersMirror: mirrored,
      byteLength: null,
      demo: null,
    };
  }

  get state(): TransportState {
    return {
      isPlaying: this.#isPlaying,
      time: this.#time,
      duration: this.#duration,
      isLooping: this.#isLooping,
      rate: this.#rate,
      pictureCount: null,
    };
  }

  get startTime(): number {
    return this.#first;
  }

  play(): void {
    if (this.#isPlaying || this.#duration === 0) return;
    if (this.#time >= this.#duration) this.seek(0);
    this.#isPlaying = true;
    this.#previousTick = performance.now();
    this.#request = requestAnimationFrame(this.#tick);
    this.onChange?.();
  }

  pause(): void {
    this.#isPlaying = false;
    cancelAnimationFrame(this.#request);
    this.onChange?.();
  }

  seek(time: number): void {
    this.#time = Math.min(this.#duration, Math.max(0, time));
    this.#showCurrent();
    this.onChange?.();
  }

  step(direction: -1 | 1): void {
    this.pause();
    const frame = this.#frames.neighbour(this.#first + this.#time, direction);
    if (frame) this.seek(frame.time - this.#first);
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
    this.onChange = null;
    this.pause();
    this.#frames.onLoaded = null;
  }

  #showCurrent(): void {
    const frame = this.#frames.at(this.#first + this.#time);
    if (frame && frame !== this.#shown) this.#show(frame);
    this.#shown = frame;
  }

  readonly #tick = (now: number): void => {
    if (!this.#isPlaying) return;
    const next = this.#time + ((now - this.#previousTick) / 1000) * this.#rate;
    this.#previousTick = now;
    if (next > this.#duration && this.#isLooping) this.seek(0);
    else this.seek(next);
    if (next > this.#duration && !this.#isLooping) this.pause();
    else this.#request = requestAnimationFrame(this.#tick);
  };
}
