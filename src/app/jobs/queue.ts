import { type ReadonlySignal, signal } from '@preact/signals-core';
import { AbortError, isAbort, LimnError, toSentence } from '../../core/errors.ts';
import {
  type Fingerprint,
  isSameFile,
  isSameOrder,
  type StoredOrder,
  takeFingerprint,
} from '../../recording/log/stored-info.ts';
import type { StoredRecording } from '../../recording/protocol.ts';
import type { StoreClient } from '../../recording/store-client.ts';
import type { AnalysisEnd } from '../../tracking/analysis/analysis-events.ts';
import type { VideoBlob } from '../../tracking/analysis/describe-video.ts';
import type { AnalysisProgress } from '../../tracking/analysis/progress.ts';
import {
  type StoredFrameRange,
  StoredRun,
  type StoredRunEvents,
} from '../../tracking/analysis/stored-run.ts';
import type { MeasuredWay } from '../../tracking/engines/remembered.ts';
import type { Platform } from '../../tracking/platform.ts';

/** How a video's analysis stands. */
export type JobStatus =
  /** It is looked up whether the file was here before. */
  | 'opening'
  /** It was broken off before: to be gone on with, or begun anew. */
  | 'offered'
  | 'waiting'
  | 'running'
  | 'paused'
  /** It was tracked before, with these settings. */
  | 'known'
  | 'failed'
  | AnalysisEnd['kind'];

/** A video to be tracked, as the page shows it. */
export interface Job {
  readonly key: number;
  readonly file: VideoBlob;
  readonly status: JobStatus;
  readonly order: StoredOrder;
  /** `null` before there is a recording. */
  readonly recordingId: string | null;
  readonly progress: Pick<AnalysisProgress, 'frames' | 'total'> & Partial<AnalysisProgress>;
  /** It is being measured which way of tracking it is the fastest. */
  readonly isMeasuring: boolean;
  /** The way that was found to be the fastest; `null`: nothing was measured for it. */
  readonly fastest: MeasuredWay | null;
  /** Why it failed or ended early, as a sentence. */
  readonly reason: string | null;
}

export interface QueueEvents
  extends Omit<StoredRunEvents, 'onStored' | 'onProgress' | 'onMeasuring' | 'onWays'> {
  /** A job has a recording now, or another one. */
  onRecording(job: Job): void;
  onStored(job: Job, stored: StoredFrameRange): void;
  /** A job's run is over, however it ended. */
  onEnded(job: Job): void;
}

const NOTHING_YET = { frames: 0, total: 0 };
const ENDED: readonly JobStatus[] = ['known', 'finished', 'cancelled', 'broken', 'failed'];

/** Has a job nothing to do any more? */
export function hasEnded({ status }: Job): boolean {
  return ENDED.includes(status);
}

interface Active {
  readonly key: number;
  /** The recording that is gone on with. */
  readonly resumedId: string | null;
  /** `null` while the video is being opened. */
  run: StoredRun | null;
  /** Ends what is being opened, too. */
  readonly stop: AbortController;
  isPaused: boolean;
}

/** Videos that are tracked one after the other, each by several workers. */
export class AnalysisQueue {
  readonly #jobs = signal<readonly Job[]>([]);
  readonly #store: () => StoreClient;
  readonly #platform: Platform;
  readonly #workers: () => number | null;
  readonly #events: QueueEvents;
  /** What tells each job's file again. */
  readonly #fingerprints = new Map<number, Promise<Fingerprint>>();
  /** Jobs that were stopped while they were looked up: what there is of them isn't known. */
  readonly #unknown = new Set<number>();
  #active: Active | null = null;
  #nextKey = 0;

  /** @param workers how many a video is given, `null`: as many as suit the device; asked when it begins */
  constructor(
    store: () => StoreClient,
    platform: Platform,
    workers: () => number | null,
    events: QueueEvents,
  ) {
    this.#store = store;
    this.#platform = platform;
    this.#workers = workers;
    this.#events = events;
  }

  get jobs(): ReadonlySignal<readonly Job[]> {
    return this.#jobs;
  }

  find(key: number | null): Job | null {
    return this.#jobs.peek().find((job) => job.key === key) ?? null;
  }

  /** The job that is at the same file with the same order already, if there is one. */
  findOpen({ blob, name }: VideoBlob, order: StoredOrder): Job | null {
    const isSame = ({ file, ...job }: Job): boolean =>
      file.name === name &&
      file.blob.size === blob.size &&
      lastModified(file.blob) === lastModified(blob) &&
      isSameOrder(job.order, order);
    return this.#jobs.peek().find((job) => !hasEnded(job) && isSame(job)) ?? null;
  }

  /** Appends a video. One that was tracked before is found again; one that was broken off waits for a word. */
  add(file: VideoBlob, order: StoredOrder): Job {
    const job: Job = {
      key: this.#nextKey++,
      file,
      status: 'opening',
      order,
      recordingId: null,
      progress: NOTHING_YET,
      isMeasuring: false,
      fastest: null,
      reason: null,
    };
    this.#jobs.value = [...this.#jobs.peek(), job];
    void this.#lookUp(job);
    return job;
  }

  /** Goes on with a job that was offered or cancelled, with the settings that it had. */
  goOn(key: number): void {
    const job = this.find(key);
    if (!job || this.#active?.key === key || !(job.status === 'offered' || hasEnded(job))) return;
    if (this.#unknown.has(key)) {
      this.#change(key, { status: 'opening', reason: null });
      void this.#lookUp(job);
      return;
    }
    this.#change(key, { status: 'waiting', reason: null });
    this.#begin();
  }

  /** Tracks a job's video from its start, into a new recording. */
  startAnew(key: number, order: StoredOrder): void {
    if (this.#active?.key === key) return;
    this.#unknown.delete(key);
    this.#change(key, {
      status: 'waiting',
      order,
      recordingId: null,
      progress: NOTHING_YET,
      reason: null,
    });
    this.#begin();
  }

  setPaused(key: number, isPaused: boolean): void {
    if (this.#active?.key !== key || this.#active.stop.signal.aborted) return;
    this.#active.isPaused = isPaused;
    this.#active.run?.setPaused(isPaused);
    this.#change(key, { status: isPaused ? 'paused' : 'running' });
  }

  /** Pauses what is running, or goes on with it. */
  togglePaused(): void {
    const job = this.find(this.#active?.key ?? null);
    if (job) this.setPaused(job.key, job.status === 'running');
  }

  /** Ends a job; what is done of it stays. */
  cancel(key: number): void {
    const active = this.#active?.key === key ? this.#active : null;
    if (active) {
      active.stop.abort(new AbortError('It was stopped before it began.'));
      active.run?.cancel();
      return;
    }
    const status = this.find(key)?.status;
    if (status === 'opening') this.#unknown.add(key);
    if (status === 'opening' || status === 'waiting') {
      this.#change(key, { status: 'cancelled' });
    }
  }

  /** Takes a job off the list. Its recording stays. */
  dismiss(key: number): void {
    this.cancel(key);
    this.#fingerprints.delete(key);
    this.#jobs.value = this.#jobs.peek().filter((job) => job.key !== key);
  }

  /** Has a job that was taken off the list on it again, in its place and as it was. */
  restore(job: Job): void {
    if (this.find(job.key)) return;
    this.#jobs.value = [...this.#jobs.peek(), job].sort((a, b) => a.key - b.key);
  }

  /** A recording is gone: what was tracked into it is no longer known. */
  forget(recordingId: string): void {
    for (const job of this.#jobs.peek()) if (job.recordingId === recordingId) this.dismiss(job.key);
  }

  isRunning(recordingId: string): boolean {
    return (this.#active?.run?.id ?? this.#active?.resumedId) === recordingId;
  }

  close(): void {
    this.#active?.stop.abort(new AbortError('The page is closed.'));
    this.#active?.run?.close();
    this.#jobs.value = [];
  }

  /** One that could not be taken is taken anew when the file is wanted again. */
  #fingerprintOf(key: number, { blob }: VideoBlob): Promise<Fingerprint> {
    const existing = this.#fingerprints.get(key);
    if (existing) return existing;
    const taken = takeFingerprint(blob);
    this.#fingerprints.set(key, taken);
    taken.catch(() => this.#fingerprints.delete(key));
    return taken;
  }

  async #lookUp({ key, file, order }: Job): Promise<void> {
    try {
      const fingerprint = await this.#fingerprintOf(key, file);
      const listed = await this.#store().call('list', []);
      const earlier = listed.filter(({ info }) => info && isSameFile(info.fingerprint, fingerprint));
      const found = earlier.find((recording) => isWhole(recording) && isOfOrder(recording, order));
      // Another version may cut the video into other pieces.
      const unfinished = earlier.find(
        (recording) =>
          !isWhole(recording) &&
          recording.info?.info.limn === this.#platform.version &&
          !this.isRunning(recording.id),
      );
      const match = found ?? unfinished;
      // Meanwhile it may have been cancelled, begun anew, or taken off the list.
      if (this.find(key)?.status !== 'opening') return;
      // Then whoever has stopped it meanwhile has said that it is to go on.
      const isWanted = this.#unknown.delete(key);
      if (!match?.info) {
        this.#change(key, { status: 'waiting' });
        return;
      }
      if (!found && match.elsewhere !== null) {
        throw new LimnError(`${match.elsewhere} Look at it under Recordings, or track it again here.`);
      }
      this.#change(key, {
        status: found ? 'known' : isWanted ? 'waiting' : 'offered',
        order: match.info.order,
        recordingId: match.id,
        progress: { frames: match.frames, total: match.info.total },
      });
      this.#tell(key, this.#events.onRecording);
    } catch (error) {
      // Who has begun it anew meanwhile hears of it then.
      if (this.find(key)?.status === 'opening') this.#fail(key, error);
    } finally {
      this.#begin();
    }
  }

  #begin(): void {
    if (this.#active) return;
    // One that is still looked up may be next: the order is that in which they came.
    const next = this.#jobs.peek().find(({ status }) => status === 'waiting' || status === 'opening');
    if (next?.status === 'waiting') void this.#run(next);
  }

  async #run(job: Job): Promise<void> {
    const { key, file, order } = job;
    const active: Active = {
      key,
      resumedId: job.recordingId,
      run: null,
      stop: new AbortController(),
      isPaused: false,
    };
    this.#active = active;
    this.#change(key, { status: 'running', fastest: null, reason: null });
    try {
      const fingerprint = await this.#fingerprintOf(key, file);
      const { signal } = active.stop;
      signal.throwIfAborted();
      active.run = await StoredRun.open(
        { file, fingerprint, order, workers: this.#workers(), signal },
        job.recordingId,
        this.#store(),
        this.#platform,
        {
          ...this.#events,
          onProgress: (progress) => this.#change(key, { progress }),
          onMeasuring: (isMeasuring) => this.#change(key, { isMeasuring }),
          onWays: ([fastest = null]) => this.#change(key, { fastest }),
          onStored: (stored) => this.#tell(key, (current) => this.#events.onStored(current, stored)),
        },
      );
      if (signal.aborted) active.run.cancel();
      if (active.isPaused) active.run.setPaused(true);
      this.#change(key, { recordingId: active.run.id, progress: active.run.progress });
      this.#tell(key, this.#events.onRecording);
      const end = await active.run.run();
      this.#change(key, { status: end.kind, reason: end.kind === 'broken' ? end.reason : null });
    } catch (error) {
      this.#fail(key, error);
    } finally {
      active.run?.close();
      this.#active = null;
      this.#events.onEnded(this.find(key) ?? { ...job, recordingId: active.run?.id ?? null });
      this.#begin();
    }
  }

  #fail(key: number, error: unknown): void {
    this.#change(
      key,
      isAbort(error) ? { status: 'cancelled' } : { status: 'failed', reason: toSentence(error) },
    );
  }

  #tell(key: number, listener: (job: Job) => void): void {
    const job = this.find(key);
    if (job) listener(job);
  }

  #change(key: number, change: Partial<Job>): void {
    this.#jobs.value = this.#jobs.peek().map((job) => (job.key === key ? { ...job, ...change } : job));
  }
}

function lastModified(blob: Blob): number {
  return blob instanceof File ? blob.lastModified : 0;
}

/** Is a recording all that its file has to give? */
function isWhole({ info }: StoredRecording): boolean {
  return info?.state === 'finished' || info?.state === 'broken';
}

function isOfOrder({ info }: StoredRecording, order: StoredOrder): boolean {
  return info !== null && isSameOrder(info.order, order);
}
