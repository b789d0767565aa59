import type { VideoSource } from '../../sources/video/video.ts';

/** Playing begins, or goes on, when so many seconds ahead are tracked … */
const LEAD = 1;
/** … and waits when it comes nearer than this to what isn't. */
const MARGIN = 0.15;
/** A player that stands nearer than this to where it was left, in seconds, was not moved. */
const SAME_PLACE = 1e-3;

/**
 * Plays a video that is being tracked as far as its skeletons are known and waits for more, as players wait for a
 * slow connection. Whoever takes the controls is left alone from then on.
 */
export class FollowingPlay {
  readonly #source: VideoSource;
  /** Seconds where it waits; `null`: it plays. */
  #waitsAt: number | null;
  #isOver = false;

  constructor(source: VideoSource) {
    this.#source = source;
    this.#waitsAt = source.firstTime;
  }

  /** The frame of a time in seconds is on screen; frames are tracked up to another. */
  onFrame(time: number, trackedUntil: number): void {
    if (this.#isOver || this.#waitsAt !== null || trackedUntil - time > MARGIN) return;
    if (!this.#source.state.isPlaying) return;
    this.#source.pause();
    this.#waitsAt = this.#source.state.time;
  }

  /** More frames are tracked, up to a time in seconds. */
  extend(trackedUntil: number): void {
    if (this.#isTaken()) return;
    if (this.#waitsAt !== null && trackedUntil - this.#waitsAt >= LEAD) this.#play();
  }

  /** Nothing more will come: what is left is played as it is. */
  finish(): void {
    if (!this.#isTaken() && this.#waitsAt !== null) this.#play();
    this.#isOver = true;
  }

  #play(): void {
    this.#waitsAt = null;
    this.#source.play();
  }

  /** Does somebody else play, pause or move the video? */
  #isTaken(): boolean {
    const { isPlaying, time } = this.#source.state;
    const isAsLeft =
      this.#waitsAt === null ? isPlaying : !isPlaying && Math.abs(time - this.#waitsAt) < SAME_PLACE;
    this.#isOver ||= !isAsLeft;
    return this.#isOver;
  }
}
