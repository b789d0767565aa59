import { toSentence } from '../../core/errors.ts';
import type { Recording, TrackedFrame } from '../../core/recording.ts';
import { describeKept } from '../../recording/log/describe-kept.ts';
import type { RecordingHandle } from '../../recording/recording-handle.ts';
import type { StoreClient } from '../../recording/store-client.ts';
import type { Reporter } from '../reporter.ts';
import { FrameLog } from './frame-log.ts';

/**
 * What a camera gives, on disk as it is tracked, in case the page dies. It lies in memory as well: once it is kept for good, or
 * something else takes its place, the log is removed.
 */
export class LiveLog {
  readonly #store: () => StoreClient;
  readonly #reporter: Reporter;
  #log: { readonly id: string; readonly frames: FrameLog } | null = null;

  constructor(store: () => StoreClient, reporter: Reporter) {
    this.#store = store;
    this.#reporter = reporter;
  }

  /** The storing worker is needed. */
  get isOpen(): boolean {
    return this.#log !== null;
  }

  /** A recording has another frame. What there is of another recording is removed. */
  add(recording: Recording, frame: TrackedFrame): void {
    this.removeOther(recording);
    this.#log ??= this.#begin(recording);
    this.#log.frames.add(frame);
  }

  /** Something has taken the place of what was tracked; unless it is that itself, that is not needed any more. */
  removeOther(current: unknown): void {
    const log = this.#log;
    if (!log || log.frames.recording === current) return;
    this.#log = null;
    log.frames.drop();
    log.frames.after(async (handle) => {
      handle.close();
      await this.#store().call('delete', [log.id]);
    });
  }

  #begin(recording: Recording) {
    const id = crypto.randomUUID();
    const frames = new FrameLog(
      recording,
      () => this.#create(id, recording),
      (error) => {
        this.#reporter.notice('error', `What the camera gives is in memory only: ${toSentence(error)}`);
      },
    );
    return { id, frames };
  }

  async #create(id: string, { info }: Recording): Promise<RecordingHandle | null> {
    const store = this.#store();
    if (!(await store.call('canKeep', []))) return null;
    const fingerprint = { byteLength: 0, partsSha256: id };
    const described = describeKept(info, info.source.name, 0, info.runs[0]?.people ?? 1, fingerprint);
    return store.recordings.create(id, { ...described, state: 'live' }, 'live');
  }
}
