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
    const { followedId, hiddenByHand, companionId, namesInMemory, canKeep } = this.#state;
    if (isAnother) {
      followedId.value = null;
      hiddenByHand.value = new Set();
      companionId.value = null;
      namesInMemory.value = typeof subject === 'string' ? {} : (subject.info.names ?? {});
    }
    this.#current = subject;
    this.#liveLog.removeOther(subject);
    canKeep.value = typeof subject !== 'string';
    this.#frames = frames;
    // What is stored grows by batches.
    if (isAnother || typeof subject === 'string') this.tellFrames();
  }

  /** Says what somebody in a recording in memory is called; nothing: by number again. It is kept and written with it. */
  rename(personId: number, name: string): void {
    const { recording } = this;
    if (!recording) return;
    const { [personId]: _, ...others } = recording.info.names ?? {};
    const names = name === '' ? others : { ...others, [personId]: name };
    recording.info = { ...recording.info, names };
    this.#state.namesInMemory.value = names;
  }

  /** Brings what the page shows of its frames up to date. */
  tellFrames(): void {
    this.#state.recordedFrames.value = this.#frames;
  }
}
