import { toSentence } from '../../core/errors.ts';
import type { Recording, TrackedFrame } from '../../core/recording.ts';
import { describeKept } from '../../recording/log/describe-kept.ts';
import { encodeBatch } from '../../recording/log/frame-codec.ts';
import type { RecordingHandle } from '../../recording/recording-handle.ts';
import type { StoreClient } from '../../recording/store-client.ts';
import type { Reporter } from '../reporter.ts';

/** What a page that dies costs, in milliseconds, but for the way to the disk. */
const INTERVAL_MS = 500;

interface OpenLog {
  readonly recording: Recording;
  readonly id: string;
  /** Resolves when all before is on disk; `null`: nothing is kept, or not any more. */
  handle: Promise<RecordingHandle | null>;
}

/**
 * What a camera gives, on disk as it is tracked, in case the page dies. It lies in memory as well: once it is kept for good, or
 * something else takes its place, the log is removed.
 */
export class LiveLog {
  readonly #store: () => StoreClient;
  readonly #reporter: Reporter;
  #log: OpenLog | null = null;
  /** Frames that are not on their way yet. */
  #waiting: TrackedFrame[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

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
    this.#waiting.push(frame);
    this.#timer ??= setTimeout(() => this.#flush(), INTERVAL_MS);
  }

  /** Something has taken the place of what was tracked; unless it is that itself, that is not needed any more. */
  removeOther(current: unknown): void {
    const log = this.#log;
    if (!log || log.recording === current) return;
    this.#log = null;
    this.#waiting = [];
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#then(log, async (handle) => {
      handle.close();
      await this.#store().call('delete', [log.id]);
    });
  }

  #begin(recording: Recording): OpenLog {
    const id = crypto.randomUUID();
    const log: OpenLog = { recording, id, handle: Promise.resolve(null) };
    log.handle = this.#create(log).catch((error: unknown) => this.#giveUp(error));
    return log;
  }

  async #create({ id, recording }: OpenLog): Promise<RecordingHandle | null> {
    const store = this.#store();
    if (!(await store.call('canKeep', []))) return null;
    const { info } = recording;
    const fingerprint = { byteLength: 0, partsSha256: id };
    const described = describeKept(info, info.source.name, 0, info.runs[0]?.people ?? 1, fingerprint);
    return store.recordings.create(id, { ...described, state: 'live' }, 'live');
  }

  #flush(): void {
    this.#timer = undefined;
    const log = this.#log;
    const frames = this.#waiting;
    this.#waiting = [];
    if (!log || frames.length === 0) return;
    const { info } = log.recording;
    this.#then(log, async (handle) => {
      // It is the same object until something changes.
      if (info !== handle.stored.info) await handle.describe({ info });
      await handle.append(encodeBatch({ piece: 0, isLast: false, frames }));
    });
  }

  /** Has something done with a log that is kept, when all before it is done. */
  #then(log: OpenLog, act: (handle: RecordingHandle) => Promise<void>): void {
    log.handle = log.handle.then(async (handle) => {
      if (!handle) return null;
      try {
        await act(handle);
        return handle;
      } catch (error) {
        handle.close();
        return this.#giveUp(error);
      }
    });
  }

  #giveUp(error: unknown): null {
    this.#reporter.notice('error', `What the camera gives is in memory only: ${toSentence(error)}`);
    return null;
  }
}
