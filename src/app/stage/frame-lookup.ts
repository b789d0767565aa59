import type { Recording, RecordingInfo, TrackedFrame } from '../../core/recording.ts';

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
}

/** A frame of a video is that of a time if it is nearer than this, in seconds. */
const SAME_FRAME = 1e-3;

/**
 * The tracked frame of a video's frame; `null`: that one was not tracked.
 *
 * @param time seconds of the video's frame
 * @param lasting seconds for which the last tracked frame stands, see `lastingOf`; the others stand until the next then
 */
export function frameOf(
  frames: Pick<FrameLookup, 'at' | 'neighbour'>,
  time: number,
  lasting: number,
): TrackedFrame | null {
  // Rounded up a little, for a frame's time may be rounded down on its way through a player.
  const frame = frames.at(time + SAME_FRAME);
  // Before the first one, there is only what is yet to come.
  if (!frame || frame.time > time + SAME_FRAME) return null;
  if (time - frame.time <= SAME_FRAME + lasting) return frame;
  // Where not every frame is tracked, those of a video may lie further apart than usual. Not the neighbour of the frame's own
  // time: that may be too far back for what is loaded.
  const isBetween = lasting > 0 && frames.neighbour(time + SAME_FRAME, 1) !== null;
  return isBetween ? frame : null;
}

/** Seconds for which the last frame stands that was tracked as a camera gave it: while a frame is tracked, others pass. */
const LIVE_LASTING = 0.15;

/** Seconds for which a tracked frame stands where not every frame was tracked; else 0. */
export function lastingOf({ selection, source }: RecordingInfo, frameRate: number): number {
  if (source.kind === 'camera') return LIVE_LASTING;
  const { everyNth = 1 } = selection ?? {};
  return everyNth > 1 ? everyNth / frameRate : 0;
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
}
