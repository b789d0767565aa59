import type { Recording } from '../../core/recording.ts';
import type { LiveLog } from '../live/live-log.ts';
import type { State } from '../state.ts';

/** What has been tracked or opened last: it is what exports write, and stays when what runs is over. */
export class Subject {
  readonly #state: State;
  readonly #liveLog: LiveLog;
  #current: Recording | string | null = null;
  /** How many frames that has: whoever is to hear of each would draw for each. */
  #frames = 0;

  constructor(state: State, liveLog: LiveLog) {
    this.#state = state;
    this.#liveLog = liveLog;
  }

  /** A recording in memory, or the id of a stored one; `null` before anything was tracked or opened. */
  get current(): Recording | string | null {
    return this.#current;
  }

  /** The recording, if it lies in memory only. */
  get recording(): Recording | null {
    return typeof this.#current === 'string' ? null : this.#current;
  }

  /** @param frames how many it has by now */
  set(subject: Recording | string, frames: number): void {
    const isAnother = subject !== this.#current;
    const { followedId, canKeep } = this.#state;
    if (isAnother) followedId.value = null;
    this.#current = subject;
    this.#liveLog.removeOther(subject);
    canKeep.value = typeof subject !== 'string';
    this.#frames = frames;
    // What is stored grows by batches.
    if (isAnother || typeof subject === 'string') this.tellFrames();
  }

  /** Brings what the page shows of its frames up to date. */
  tellFrames(): void {
    this.#state.recordedFrames.value = this.#frames;
  }
}
