import { withRun } from '../../core/recording.ts';
import { enginesOf } from '../engines/engines.ts';
import { decodeBatch, encodeBatch, type FrameBatch } from '../store/log/frame-codec.ts';
import type { Fingerprint, StoredInfo, StoredOrder } from '../store/log/stored-info.ts';
import type { RecordingHandle } from '../store/recording-handle.ts';
import type { StoreClient } from '../store/store-client.ts';
import { toEstimatorOptions, toModelOrder } from '../tracking/order.ts';
import type { Platform } from '../workers.ts';
import { Analysis, type AnalysisEnd, type AnalysisEvents } from './analysis.ts';
import { describeVideo, type VideoBlob } from './describe-video.ts';
import { toAnalysisOptions } from './options.ts';
import type { AnalysisProgress } from './progress.ts';
import { hashSource, withSourceHash } from './source-hash.ts';

/** Frames that have just been stored. */
export interface StoredFrameRange {
  /** Seconds of the first and the last of them. */
  readonly from: number;
  readonly to: number;
  /** How many the recording has now. */
  readonly frames: number;
}

export interface StoredRunEvents extends Omit<AnalysisEvents, 'onFrames' | 'onPicture'> {
  /** Frames are on disk. */
  onStored(stored: StoredFrameRange): void;
}

export interface StoredRunRequest {
  readonly file: VideoBlob;
  readonly fingerprint: Fingerprint;
  readonly order: StoredOrder;
  /** `null`: as many as suit the device. */
  readonly workers: number | null;
}

/** An analysis whose frames are stored as they come, so that it can be gone on with after whatever ends it. */
export class StoredRun {
  readonly #analysis: Analysis;
  readonly #recording: RecordingHandle;
  readonly #store: StoreClient;
  readonly #blob: Blob;
  /** Those on their way to the disk, too. */
  #frames: number;
  /** The last call to the store: when it is done, all are. */
  #written: Promise<unknown> = Promise.resolve();
  #failure: unknown = null;
  /** Nobody waits for the file's hash any more. */
  readonly #stop = new AbortController();

  /** @param recording is closed with it */
  private constructor(analysis: Analysis, recording: RecordingHandle, store: StoreClient, blob: Blob) {
    this.#analysis = analysis;
    this.#recording = recording;
    this.#store = store;
    this.#blob = blob;
    this.#frames = recording.frames;
  }

  /** Of its recording. */
  get id(): string {
    return this.#recording.id;
  }

  /**
   * Opens the video and begins a recording, or goes on with one.
   *
   * @param resumed id of the recording to go on with; `null`: a new one
   * @throws {LimnError} if the file can't be read or the recording can't be opened
   */
  static async open(
    request: StoredRunRequest,
    resumed: string | null,
    store: StoreClient,
    platform: Platform,
    events: StoredRunEvents,
  ): Promise<StoredRun> {
    const { file, order, workers } = request;
    const selection = { ...toAnalysisOptions(order.selection), workers };
    const wanted = toEstimatorOptions({ ...order, ...order.network }, 'video');
    let run: StoredRun | null = null;
    const analysis = await Analysis.open(
      file,
      await toModelOrder(wanted, platform),
      selection,
      {
        ...events,
        onFrames: (batch, engine) => {
          if (run) run.#append(batch, engine, events);
        },
        onPicture: (bytes) => {
          if (run) run.#write(run.#recording.setPicture(bytes));
        },
      },
      enginesOf(platform),
    );
    let recording: RecordingHandle | null = null;
    try {
      if (resumed === null) {
        const info: StoredInfo = {
          name: file.name,
          state: 'running',
          info: describeVideo(analysis.video, file, selection, platform.version, analysis.isOrdered),
          order,
          fingerprint: request.fingerprint,
          total: analysis.progress.total,
        };
        recording = await store.recordings.create(crypto.randomUUID(), info, 'tracking');
        run = new StoredRun(analysis, recording, store, file.blob);
        return run;
      }
      recording = await store.recordings.resume(resumed, 'tracking');
      for await (const bytes of recording.batches()) analysis.resume(decodeBatch(bytes));
      run = new StoredRun(analysis, recording, store, file.blob);
      run.#write(recording.describe({ state: 'running' }));
      return run;
    } catch (error) {
      analysis.close();
      recording?.close();
      throw error;
    }
  }

  get progress(): AnalysisProgress {
    return this.#analysis.progress;
  }

  /**
   * Tracks what is left, and notes how that ended.
   *
   * @throws {LimnError} if no engine can run the model or the store has stopped; what was tracked stays
   */
  async run(): Promise<AnalysisEnd> {
    const hashing = hashSource(this.#store, this.#blob, this.#stop.signal);
    const end = await this.#analysis.run();
    if (this.#failure !== null) throw this.#failure;
    // Who stops it doesn't wait for a large file to be read.
    const hash = end.kind === 'cancelled' ? null : await hashing;
    const hashed = withSourceHash(this.#recording.stored.info, hash);
    this.#write(
      this.#recording.describe({
        state: end.kind,
        info: { ...hashed, ...(end.kind === 'broken' && { incomplete: end.reason }) },
      }),
    );
    await this.#written;
    if (this.#failure !== null) throw this.#failure;
    return end;
  }

  setPaused(isPaused: boolean): void {
    this.#analysis.setPaused(isPaused);
  }

  cancel(): void {
    this.#stop.abort();
    this.#analysis.cancel();
  }

  close(): void {
    this.#stop.abort();
    this.#analysis.close();
    this.#recording.close();
  }

  #append(batch: FrameBatch, engine: Parameters<typeof withRun>[2], events: StoredRunEvents): void {
    const before = this.#recording.stored.info;
    const info = withRun(before, this.#frames, engine);
    if (info !== before) this.#write(this.#recording.describe({ info }));
    this.#frames += batch.frames.length;
    const stored = this.#recording.append(encodeBatch(batch));
    const [first, last] = [batch.frames[0], batch.frames.at(-1)];
    this.#write(stored);
    if (first && last) {
      const range = { from: first.time, to: last.time, frames: this.#frames };
      void stored.then(
        () => events.onStored(range),
        () => undefined,
      );
    }
  }

  /** A store that fails ends the run: frames that nobody keeps are of no use. */
  #write(call: Promise<unknown>): void {
    this.#written = call.catch((error: unknown) => {
      this.#failure ??= error;
      this.#analysis.cancel();
    });
  }
}
