import type { Recording, TrackedFrame } from '../core/recording.ts';
import type { Transport, TransportState } from '../sources/source.ts';

/** Plays a recording by itself, without its pictures, by the clock of the screen. */
export class RecordingPlayback implements Transport {
  onChange: (() => void) | null = null;
  readonly #recording: Recording;
  readonly #show: (frame: TrackedFrame) => void;
  readonly #first: number;
  readonly #duration: number;
  #time = 0;
  #position = -1;
  #isPlaying = false;
  #isLooping = true;
  #rate = 1;
  #previousTick = 0;
  #request = 0;

  constructor(recording: Recording, show: (frame: TrackedFrame) => void) {
    this.#recording = recording;
    this.#show = show;
    const { frames } = recording;
    this.#first = frames[0]?.time ?? 0;
    this.#duration = (frames.at(-1)?.time ?? 0) - this.#first;
    this.seek(0);
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
    const frame = this.#recording.frameAt(this.#first + this.#time);
    if (frame) {
      const position = this.#recording.frames.indexOf(frame);
      if (position !== this.#position) this.#show(frame);
      this.#position = position;
    }
    this.onChange?.();
  }

  step(direction: -1 | 1): void {
    this.pause();
    const frame = this.#recording.frames[this.#position + direction];
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
