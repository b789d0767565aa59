import type { Recording, TrackedFrame } from '../../core/recording.ts';
import { encodeBatch } from '../../recording/log/frame-codec.ts';
import type { RecordingHandle } from '../../recording/recording-handle.ts';

/** What a page that dies costs, in milliseconds, but for the way to the disk. */
const INTERVAL_MS = 500;

/** Writes a recording that lies in memory to a stored one, as its frames come. */
export class FrameLog {
  readonly recording: Recording;
  /** Resolves when all before is on disk; `null`: nothing is kept, or not any more. */
  #handle: Promise<RecordingHandle | null>;
  readonly #onFailure: (error: unknown) => void;
  /** Frames that are not on their way yet. */
  #waiting: TrackedFrame[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param create begins the stored recording; `null`: it isn't to be kept
   * @param onFailure told why nothing is kept any more; then the stored recording is closed
   */
  constructor(
    recording: Recording,
    create: () => Promise<RecordingHandle | null>,
    onFailure: (error: unknown) => void,
  ) {
    this.recording = recording;
    this.#onFailure = onFailure;
    this.#handle = create().catch((error: unknown) => {
      onFailure(error);
      return null;
    });
  }

  /** The recording has another frame. */
  add(frame: TrackedFrame): void {
    this.#waiting.push(frame);
    this.#timer ??= setTimeout(() => this.flush(), INTERVAL_MS);
  }

  /** Writes what waits. */
  flush(): void {
    const frames = this.#waiting;
    this.drop();
    if (frames.length === 0) return;
    const { info } = this.recording;
    this.after(async (handle) => {
      // It is the same object until something changes.
      if (info !== handle.stored.info) await handle.describe({ info });
      await handle.append(encodeBatch({ piece: 0, isLast: false, frames }));
    });
  }

  /** What waits is not written. */
  drop(): void {
    this.#waiting = [];
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Has something done with the stored recording, if there is one, when all before it is done. */
  after(act: (handle: RecordingHandle) => Promise<void>): void {
    this.#handle = this.#handle.then(async (handle) => {
      if (!handle) return null;
      try {
        await act(handle);
        return handle;
      } catch (error) {
        handle.close();
        this.#onFailure(error);
        return null;
      }
    });
  }

  /** @returns the stored recording when all is done; `null`: nothing is kept */
  settled(): Promise<RecordingHandle | null> {
    return this.#handle;
  }
}
