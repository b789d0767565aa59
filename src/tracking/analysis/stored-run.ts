import { engineCatalog } from '../../families/engines/engine-catalog.ts';
import type { Fingerprint, StoredInfo, StoredOrder } from '../../recording/log/stored-info.ts';
import type { RecordingHandle } from '../../recording/recording-handle.ts';
import type { StoreClient } from '../../recording/store-client.ts';
import { enginesOf } from '../engines/engines.ts';
import { toEstimatorOptions, toModelOrder } from '../order.ts';
import type { Platform } from '../platform.ts';
import type { ModelOrder } from '../protocol.ts';
import { Analysis } from './analysis.ts';
import type { AnalysisEnd, AnalysisEvents } from './analysis-events.ts';
import { describeVideo, type VideoBlob } from './describe-video.ts';
import { toAnalysisOptions } from './options.ts';
import type { EarlierRun } from './prepare-run.ts';
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

export interface StoredRunEvents extends AnalysisEvents {
  /** Frames are on disk. */
  onStored(stored: StoredFrameRange): void;
}

export interface StoredRunRequest {
  readonly file: VideoBlob;
  readonly fingerprint: Fingerprint;
  readonly order: StoredOrder;
  /** `null`: as many as suit the device. */
  readonly workers: number | null;
  /** Ends the opening at once. */
  readonly signal?: AbortSignal;
}

/** An analysis whose frames are stored as they come, so that it can be gone on with after whatever ends it. */
export class StoredRun {
  readonly #analysis: Analysis;
  readonly #recording: RecordingHandle;
  readonly #store: StoreClient;
  readonly #blob: Blob;
  /** Nobody waits for the file's hash any more. */
  readonly #stop = new AbortController();

  /** @param recording is closed with it */
  private constructor(analysis: Analysis, recording: RecordingHandle, store: StoreClient, blob: Blob) {
    this.#analysis = analysis;
    this.#recording = recording;
    this.#store = store;
    this.#blob = blob;
  }

  /** Of its recording. */
  get id(): string {
    return this.#recording.id;
  }

  /**
   * Opens the video and begins a recording, or goes on with one.
   *
   * @param resumed id of the recording to go on with; `null`: a new one
   * @throws {LimnError} if the file can't be read or the recording can't be opened; the signal's reason
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
    const { recordings } = store;
    let opened = resumed === null ? null : await recordings.resume(resumed, 'tracking');
    let analysis: Analysis | null = null;
    try {
      const earlier = opened && toEarlierRun(opened.stored);
      const engines = enginesOf(platform);
      const orderFor = (people: number): Promise<ModelOrder> => {
        const wanted = toEstimatorOptions({ ...order, ...order.network, people }, 'video', platform.registry);
        return toModelOrder(wanted, platform);
      };
      const { peopleOfCrowd } = order;
      analysis = await Analysis.open(
        file,
        await orderFor(opened?.stored.people ?? order.people),
        selection,
        events,
        engines,
        earlier,
        request.signal,
        peopleOfCrowd === undefined ? null : () => orderFor(peopleOfCrowd),
      );
      const info: StoredInfo = {
        name: file.name,
        state: 'running',
        info: describeVideo(analysis.video, file, selection, platform.version, analysis.isOrdered),
        order,
        fingerprint: request.fingerprint,
        ...(analysis.isFollowed && { isFollowed: true }),
        ...(analysis.people !== order.people && { people: analysis.people }),
        total: analysis.progress.total,
      };
      const recording = opened ?? (await recordings.create(crypto.randomUUID(), info, 'tracking'));
      opened = recording;
      await analysis.record(recording, store);
      if (resumed !== null) await recording.describe({ state: 'running' });
      recording.watch((change) => {
        if (change.kind !== 'stored') return;
        events.onStored({ from: change.from, to: change.to, frames: recording.frames });
      });
      return new StoredRun(analysis, recording, store, file.blob);
    } catch (error) {
      analysis?.close();
      opened?.close();
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
    // Who stops it doesn't wait for a large file to be read.
    const hash = end.kind === 'cancelled' ? null : await hashing;
    const hashed = withSourceHash(this.#recording.stored.info, hash);
    await this.#recording.describe({
      state: end.kind,
      info: { ...hashed, ...(end.kind === 'broken' && { incomplete: end.reason }) },
    });
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
}

/** How an earlier run has tracked the frames that there are. */
function toEarlierRun({ isFollowed, info }: StoredInfo): EarlierRun {
  const last = info.runs.at(-1)?.engine;
  return { isFollowed: isFollowed === true, engine: engineCatalog.find(({ id }) => id === last)?.id ?? null };
}
