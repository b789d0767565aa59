import { type RecordingInfo, withRun } from '../../core/recording.ts';
import { toEstimatorOptions, toModelOrder } from '../order.ts';
import { decodeBatch, encodeBatch, type FrameBatch } from '../store/frame-codec.ts';
import type { StoreClient } from '../store/store-client.ts';
import type { Fingerprint, StoredInfo, StoredOrder, StoredState } from '../store/stored-info.ts';
import type { Platform } from '../workers.ts';
import { Analysis, type AnalysisEnd, type AnalysisEvents } from './analysis.ts';
import { describeVideo, type VideoBlob } from './describe-video.ts';
import { toAnalysisOptions } from './options.ts';
import type { AnalysisProgress } from './progress.ts';

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
  readonly id: string;
  readonly #analysis: Analysis;
  readonly #store: StoreClient;
  readonly #blob: Blob;
  #info: StoredInfo;
  #frames: number;
  /** The last call to the store: when it is done, all are. */
  #written: Promise<unknown> = Promise.resolve();
  #failure: unknown = null;

  private constructor(
    id: string,
    analysis: Analysis,
    store: StoreClient,
    blob: Blob,
    info: StoredInfo,
    frames: number,
  ) {
    this.id = id;
    this.#analysis = analysis;
    this.#store = store;
    this.#blob = blob;
    this.#info = info;
    this.#frames = frames;
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
          if (run) run.#write(store.call('setPicture', [run.id, bytes], [bytes.buffer]));
        },
      },
      platform.workers.analyze,
    );
    try {
      const id = resumed ?? crypto.randomUUID();
      if (resumed === null) {
        const info: StoredInfo = {
          name: file.name,
          state: 'running',
          info: describeVideo(analysis.video, file, selection, platform.version, analysis.isOrdered),
          order,
          fingerprint: request.fingerprint,
          total: analysis.progress.total,
        };
        await store.call('create', [id, info]);
        run = new StoredRun(id, analysis, store, file.blob, info, 0);
        return run;
      }
      const opened = await store.call('resume', [id]);
      for await (const bytes of store.batches(id, opened.batches)) analysis.resume(decodeBatch(bytes));
      run = new StoredRun(id, analysis, store, file.blob, opened.info, opened.frames);
      run.#setInfo({ state: 'running' });
      return run;
    } catch (error) {
      analysis.close();
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
    let sha256: string | undefined;
    const hash = this.#store.call('hash', [this.#blob]).then((digits) => {
      sha256 = digits;
    });
    // Who cancels doesn't wait for it; who waits hears of it.
    hash.catch(() => undefined);
    const end = await this.#analysis.run();
    if (this.#failure !== null) throw this.#failure;
    if (end.kind !== 'cancelled') await hash;
    const { info } = this.#info;
    this.#setInfo({
      state: end.kind,
      info: {
        ...info,
        source: { ...info.source, ...(sha256 !== undefined && { sha256 }) },
        ...(end.kind === 'broken' && { incomplete: end.reason }),
      },
    });
    await this.#written;
    return end;
  }

  setPaused(isPaused: boolean): void {
    this.#analysis.setPaused(isPaused);
  }

  cancel(): void {
    this.#analysis.cancel();
  }

  close(): void {
    this.#analysis.close();
  }

  #append(batch: FrameBatch, engine: Parameters<typeof withRun>[2], events: StoredRunEvents): void {
    const info = withRun(this.#info.info, this.#frames, engine);
    if (info !== this.#info.info) this.#setInfo({ info });
    this.#frames += batch.frames.length;
    const bytes = encodeBatch(batch);
    const stored = this.#store.call('append', [this.id, bytes], [bytes.buffer]);
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

  #setInfo(change: { readonly state?: StoredState; readonly info?: RecordingInfo }): void {
    this.#info = { ...this.#info, ...change };
    this.#write(this.#store.call('setInfo', [this.id, this.#info]));
  }

  /** A store that fails ends the run: frames that nobody keeps are of no use. */
  #write(call: Promise<unknown>): void {
    this.#written = call.catch((error: unknown) => {
      this.#failure ??= error;
      this.#analysis.cancel();
    });
  }
}
