import type { Recording, RecordingInfo, TrackedFrame } from '../core/recording.ts';

/** The frames of a recording by their time, wherever they lie. */
export interface FrameLookup {
  readonly info: RecordingInfo;
  /** Seconds of the first and the last frame; `null`: there is none. */
  readonly timeRange: readonly [first: number, last: number] | null;
  /** Called when frames have come that were asked for in vain before. */
  onLoaded: (() => void) | null;
  /** The last frame at or before a time, else the first; `null`: there is none, or it is on its way. */
  at(time: number): TrackedFrame | null;
  /** The frame before or after that of a time; `null` as above. */
  neighbour(time: number, direction: -1 | 1): TrackedFrame | null;
  close(): void;
}

/** The frames of a recording that lies in memory. */
export class FramesInMemory implements FrameLookup {
  onLoaded: (() => void) | null = null;
  readonly #recording: Recording;

  constructor(recording: Recording) {
    this.#recording = recording;
  }

  get info(): RecordingInfo {
    return this.#recording.info;
  }

  get timeRange(): readonly [first: number, last: number] | null {
    const { frames } = this.#recording;
    const [first, last] = [frames[0], frames.at(-1)];
    return first && last ? [first.time, last.time] : null;
  }

  at(time: number): TrackedFrame | null {
    return this.#recording.frameAt(time);
  }

  neighbour(time: number, direction: -1 | 1): TrackedFrame | null {
    return this.#recording.neighbour(time, direction);
  }

  close(): void {
    this.onLoaded = null;
  }
}
