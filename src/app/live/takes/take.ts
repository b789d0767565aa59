import { Recording, type RecordingInfo, type TrackedFrame } from '../../../core/recording.ts';
import type { LiveEncoding, LiveFilm } from '../../../formats/film/live-film.ts';
import { describeKept } from '../../../recording/log/describe-kept.ts';
import type { StoreClient } from '../../../recording/store-client.ts';
import { FrameLog } from '../frame-log.ts';

/** Frames whose keypoints can still be on their way. */
const MOST_UNDER_WAY = 600;

/** What has to be known when a take begins. */
export interface TakeOptions extends LiveEncoding {
  readonly id: string;
  /** What its owner will find it under. */
  readonly name: string;
  /** Of what the camera gives. */
  readonly info: RecordingInfo;
  /** Of a microphone, which stays the caller's; `null`: it is silent. */
  readonly sound: MediaStreamTrack | null;
  readonly store: StoreClient;
  /** Told why it can't go on. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * A piece of what a camera gives, kept as a recording with its video: every frame with the sound in a film, and the keypoints of those
 * that were tracked, at the film's times. Both go to the disk as they come.
 */
export class Take {
  readonly id: string;
  readonly #store: StoreClient;
  readonly #recording: Recording;
  readonly #log: FrameLog;
  readonly #film: LiveFilm;
  /** By the camera's time: which frame of the film it is. */
  readonly #numbers = new Map<number, number>();
  #hasEnded = false;

  private constructor({ id, store, info }: TakeOptions, recording: Recording, log: FrameLog, film: LiveFilm) {
    this.id = id;
    this.#store = store;
    this.#recording = recording;
    this.#log = log;
    this.#film = film;
    for (const { firstFrame, ...run } of info.runs.slice(-1)) recording.beginRun(run);
  }

  /** @throws {LimnError} or a `DOMException` if nothing can be encoded or written */
  static async begin(options: TakeOptions): Promise<Take> {
    const { id, name, store, format, onFailure } = options;
    const created = new Date().toISOString();
    const recording = new Recording({ ...options.info, created, runs: [] });
    const people = options.info.runs.at(-1)?.people ?? 1;
    const described = describeKept(recording.info, name, 0, people, { byteLength: 0, partsSha256: id });
    const log = new FrameLog(
      recording,
      () => store.recordings.create(id, { ...described, state: 'live' }, 'live'),
      onFailure,
    );
    const target = new WritableStream<{ data: Uint8Array<ArrayBuffer>; position: number }>({
      write: ({ data, position }) => store.call('writeVideo', [id, data.slice(), position]),
    });
    try {
      const { LiveFilm } = await import('../../../formats/film/live-film.ts');
      await store.call('beginVideo', [id, format]);
      return new Take(options, recording, log, await LiveFilm.begin({ ...options, target }));
    } catch (error) {
      log.after(async (handle) => handle.close());
      await log.settled();
      await store.call('delete', [id]);
      throw error;
    }
  }

  /** Seconds that it has by now. */
  get duration(): number {
    const last = [...this.#numbers.keys()].at(-1);
    return last === undefined ? 0 : last - (this.#film.start ?? last);
  }

  /** Takes every frame that the camera gives. @param image stays the caller's  @param time seconds of the camera */
  addImage(image: VideoFrame, time: number): void {
    const number = this.#film.add(image, time);
    if (number === null) return;
    this.#numbers.set(time, number);
    const [oldest] = this.#numbers.keys();
    if (this.#numbers.size > MOST_UNDER_WAY && oldest !== undefined) this.#numbers.delete(oldest);
  }

  /** A frame has been tracked. @param info of what the camera gives by now */
  addTracked(tracked: TrackedFrame, { runs, width, height }: RecordingInfo): void {
    const index = this.#numbers.get(tracked.time);
    const { start } = this.#film;
    if (this.#hasEnded || index === undefined || start === null) return;
    const recording = this.#recording;
    if (recording.frames.length === 0) recording.info = { ...recording.info, width, height };
    const run = runs.at(-1);
    if (run) {
      const { firstFrame, ...what } = run;
      recording.beginRun(what);
    }
    const frame = { ...tracked, index, time: tracked.time - start };
    recording.put(frame);
    this.#log.add(frame);
  }

  /** A small picture of it for lists. @param picture a JPEG file */
  setPicture(picture: Uint8Array<ArrayBuffer>): void {
    this.#log.after((handle) => handle.setPicture(picture));
  }

  /** Ends it. @returns whether it is kept: where nobody was tracked there is nothing to keep  @throws what writing it has thrown */
  async finish(): Promise<boolean> {
    try {
      // Meanwhile, what is under way is tracked.
      await this.#film.finish();
    } finally {
      await this.#store.call('endVideo', [this.id]);
    }
    this.#hasEnded = true;
    this.#log.flush();
    const { info, frames } = this.#recording;
    this.#log.after((handle) => handle.describe({ info, state: 'finished' }));
    const handle = await this.#log.settled();
    handle?.close();
    const isKept = handle !== null && frames.length > 0;
    if (!isKept) await this.#store.call('delete', [this.id]);
    return isKept;
  }
}
