import type { Recording } from '../../core/recording.ts';
import { VideoSource } from '../../sources/video/video.ts';
import type { VideoBlob } from '../analysis/describe-video.ts';
import { AnalysisQueue, hasEnded, type Job } from '../analysis/queue.ts';
import type { DocumentContent } from '../document/document.ts';
import { Documents } from '../document/documents.ts';
import { LiveLog } from '../live/live-log.ts';
import type { NamedFile } from '../opening/open-files.ts';
import type { Opened } from '../opening/opened.ts';
import { storeKeypoints, storeRecording } from '../opening/reading.ts';
import type { Reporter } from '../reporter.ts';
import { toOrder } from '../settings.ts';
import { FollowingPlay } from '../stage/following-play.ts';
import type { Stage } from '../stage/stage.ts';
import { Staged } from '../stage/staged.ts';
import { VideoShow } from '../stage/video-show.ts';
import type { State } from '../state.ts';
import type { Spill, StoredRecording } from '../store/protocol.ts';
import type { Purpose } from '../store/recording-handle.ts';
import { StoreClient } from '../store/store-client.ts';
import type { Platform } from '../workers.ts';
import { Recordings } from './recordings.ts';

/** What the videos need from the session. */
export interface VideosHost {
  /** A video is over by itself, or has broken off. */
  onOver(source: VideoSource): void;
  /** The recording on the stage is about to be deleted. */
  onDelete(): void;
  /** The stage shows this stored recording now: it is what an export writes. */
  onSubject(id: string, frames: number): void;
}

/** What ends with the recording on the stage. */
const OF_THE_STAGE: readonly Purpose[] = ['stage', 'comparison'];

/** Why a recording isn't deleted, and what to do. */
const IN_USE: Readonly<Record<Purpose, string>> = {
  live: 'it is what the camera gives. Begin something else first.',
  stage: 'it is being opened.',
  comparison: 'the one on the stage is compared with it. End the comparison first.',
  export: 'it is being written to a file. Cancel that first, or wait until it is done.',
  tracking: 'its video is being tracked. Stop that first.',
  keeping: 'it is being kept. Wait until that is done.',
};

/** Videos and their stored recordings: the queue that makes them, and the one on the stage. */
export class Videos {
  readonly queue: AnalysisQueue;
  readonly recordings: Recordings;
  readonly documents: Documents;
  /** The document on the stage. */
  readonly staged: Staged;
  /** What is tracked from a camera, on disk as it comes. */
  readonly liveLog: LiveLog;
  readonly #platform: Platform;
  readonly #state: State;
  readonly #stage: Stage;
  readonly #host: VideosHost;
  readonly #reporter: Reporter;
  #client: StoreClient | null = null;
  #show: VideoShow | null = null;
  /** Recordings that are being stored from elsewhere. */
  #keeping = 0;
  /** The video that keypoints made elsewhere lie beside, and their recording. */
  #beside: { readonly id: string; readonly blob: Blob } | null = null;
  /** Plays the video on the stage as far as it is tracked. */
  #following: FollowingPlay | null = null;
  /** Takes away what is said of unfinished recordings. */
  #unfinishedNotice: (() => void) | null = null;

  constructor(platform: Platform, state: State, stage: Stage, reporter: Reporter, host: VideosHost) {
    this.#stage = stage;
    this.#reporter = reporter;
    this.#platform = platform;
    this.#state = state;
    this.#host = host;
    this.recordings = new Recordings(this.#store, reporter);
    this.liveLog = new LiveLog(this.#store, reporter);
    this.documents = new Documents(this.#store, platform, state, reporter);
    this.staged = new Staged(platform, state, stage, this.documents, reporter);
    const workers = (): number | null => state.settings.peek().workers || null;
    this.queue = new AnalysisQueue(this.#store, platform, workers, {
      onDevice: reporter.device,
      onLoading: reporter.loading,
      onForeignRequest: reporter.foreignRequest,
      onEngineFailure: reporter.engineFailed,
      onRecording: (job) => this.#onRecording(job),
      onStored: (job, stored) => {
        if (job.recordingId === null || job.recordingId !== state.document.peek()?.id) return;
        host.onSubject(job.recordingId, stored.frames);
        this.#following?.extend(stored.to);
      },
      onEnded: (job) => this.#onEnded(job),
    });
  }

  /** Says which analyses the page was closed on, so that they can be gone on with. */
  async offerUnfinished(): Promise<void> {
    const listed = await this.recordings.refresh();
    await this.#keepLeft(listed);
    this.#closeIdleStore();
    const unfinished = listed.filter(
      ({ info, id, elsewhere }) =>
        elsewhere === null &&
        info?.state === 'running' &&
        info.info.limn === this.#platform.version &&
        !this.queue.isRunning(id),
    );
    const [newest] = unfinished;
    if (!newest?.info) return;
    const others = unfinished.length > 1 ? ` (and ${unfinished.length - 1} more under Recordings)` : '';
    this.#unfinishedNotice = this.#reporter.notice(
      'info',
      `${newest.info.name} was tracked up to frame ${newest.frames} of ${newest.info.total} when the page was closed${others}. Open the same file to go on from there.`,
    );
  }

  /** What the page was closed on while a camera was tracked is a recording like others from now on. */
  async #keepLeft(listed: readonly StoredRecording[]): Promise<void> {
    const left = listed.filter(({ info, elsewhere }) => info?.state === 'live' && elsewhere === null);
    for (const { id, duration } of left) {
      try {
        await this.#store().recordings.setState(id, 'finished');
      } catch {
        // Another tab is tracking it.
        continue;
      }
      this.#reporter.notice(
        'info',
        `The page was closed while a camera was tracked: ${Math.round(duration)} s of it are kept under Recordings.`,
      );
    }
    if (left.length > 0) await this.recordings.refresh();
  }

  /** Whoever came to look at nothing but a camera needs no worker that stores. */
  #closeIdleStore(): void {
    const isNeeded =
      this.queue.jobs.peek().length > 0 ||
      this.liveLog.isOpen ||
      this.#keeping > 0 ||
      (this.#client?.recordings.count ?? 0) > 0;
    if (isNeeded || !this.#client?.isIdle) return;
    this.#client.close();
    this.#client = null;
  }

  /** Shows the first of some videos, and has all of them tracked. @throws {LimnError} if it can't be read */
  async openFiles([first, ...others]: readonly [VideoBlob, ...VideoBlob[]]): Promise<Opened> {
    const order = toOrder(this.#state.settings.peek());
    const addOthers = (): void => {
      for (const file of others) this.queue.add(file, order);
    };
    try {
      const source = await VideoSource.open(first.blob, first.name);
      return this.#toShow(source, () => {
        const job = this.queue.findOpen(first, order) ?? this.queue.add(first, order);
        addOthers();
        this.#showJob(job);
      });
    } catch (error) {
      // The others may be better.
      addOthers();
      throw error;
    }
  }

  /** Shows the video of a job. @throws {LimnError} if it can't be read any more */
  async openJob(job: Job): Promise<Opened> {
    const source = await VideoSource.open(job.file.blob, job.file.name);
    return this.#toShow(source, () => this.#showJob(job));
  }

  /**
   * Reads keypoint files and keeps them. @returns the ids of the recordings that are in them, the one to be shown first
   *
   * @throws {LimnError} if they can't be read
   */
  storeKeypoints(files: readonly NamedFile[], video: NamedFile | null): Promise<readonly string[]> {
    return this.#keep((store) => storeKeypoints({ files, video }, store, this.#platform));
  }

  /** Keeps a recording that lies in memory. @returns its id  @throws {LimnError} if it can't be written */
  keep(recording: Recording): Promise<string> {
    return this.#keep((store) => storeRecording(recording, store));
  }

  async #keep<Kept>(keep: (store: StoreClient) => Promise<Kept>): Promise<Kept> {
    this.#keeping++;
    try {
      return await keep(this.#store());
    } finally {
      this.#keeping--;
    }
  }

  /** Shows a video with a recording of keypoints made elsewhere. @throws {LimnError} if it can't be read */
  async openBeside(video: VideoBlob, id: string): Promise<Opened> {
    const source = await VideoSource.open(video.blob, video.name);
    return this.#toShow(source, async (show) => {
      this.#beside = { id, blob: video.blob };
      await this.#attach(show, id, true);
    });
  }

  #toShow(source: VideoSource, begin: (show: VideoShow) => Promise<void> | void): Opened {
    return {
      close: () => source.close(),
      begin: async () => {
        this.#stage.enter(source.info, source);
        try {
          await this.#run(source, begin);
        } finally {
          this.#host.onOver(source);
        }
      },
    };
  }

  #showJob(job: Job): void {
    this.#state.shownJob.value = job.key;
    this.#onRecording(this.queue.find(job.key) ?? job);
  }

  async #run(source: VideoSource, begin: (show: VideoShow) => Promise<void> | void): Promise<void> {
    const following = new FollowingPlay(source);
    const show = new VideoShow(
      source,
      (frame, people) => {
        const [, trackedUntil] = show.frames?.timeRange ?? [0, 0];
        following.onFrame(frame.time, trackedUntil);
        const { image, width, height, time } = frame;
        this.#stage.show({ image, width, height, time, people });
      },
      (people) => this.#stage.showPeople(people),
    );
    source.onProblem = (sentence) => this.#reporter.notice('info', sentence);
    if (source.hint !== null) this.#reporter.notice('info', source.hint);
    this.#show = show;
    this.#following = following;
    await begin(show);
    try {
      await show.run();
    } finally {
      show.stop();
    }
  }

  /** Takes the video or recording off the stage. */
  hide(): void {
    this.#show?.stop();
    this.#show = null;
    this.#following = null;
    this.#state.shownJob.value = null;
    this.#beside = null;
    this.staged.clear();
  }

  /** Smoothing or the like has changed. */
  refresh(): void {
    this.#show?.refresh();
    this.staged.refresh();
  }

  /** Tracks a job's video anew as the settings are now. */
  trackAgain(job: Job, order: Job['order']): void {
    if (job.status === 'offered' && job.recordingId !== null) {
      // Nobody means to go on with it: it isn't announced again.
      this.#store().recordings.setState(job.recordingId, 'cancelled').catch(this.#reporter.failure);
    }
    if (this.#state.shownJob.peek() === job.key) this.#show?.setFrames(null);
    this.queue.startAnew(job.key, order);
  }

  /**
   * All of a stored recording, to be written in a format.
   *
   * @throws {LimnError} if it is damaged
   */
  async read(id: string): Promise<DocumentContent> {
    const document = await this.documents.open(id, 'export');
    try {
      return await document.read();
    } finally {
      document.close();
    }
  }

  /** The video that a stored recording was made from, if it is at hand. */
  videoOf(id: string): Blob | null {
    if (this.#beside?.id === id) return this.#beside.blob;
    return this.queue.jobs.peek().find(({ recordingId }) => recordingId === id)?.file.blob ?? null;
  }

  async delete(id: string): Promise<void> {
    const purposes = this.#store().recordings.purposesOf(id);
    // What is on the stage, and what belongs to that, is put away.
    const isShown = id === this.#state.document.peek()?.id;
    const others = isShown ? purposes.filter((each) => !OF_THE_STAGE.includes(each)) : purposes;
    const [inUse] = this.queue.isRunning(id) ? ['tracking' as const] : others;
    if (inUse) {
      this.#reporter.notice('info', `This recording can’t be deleted: ${IN_USE[inUse]}`);
      return;
    }
    if (isShown) this.#host.onDelete();
    this.queue.forget(id);
    await this.recordings.delete(id);
  }

  close(): void {
    this.hide();
    this.staged.close();
    this.queue.close();
    this.#client?.close();
    this.#client = null;
  }

  readonly #store = (): StoreClient => {
    if (!this.#client || this.#client.isClosed) {
      this.#client = new StoreClient(this.#platform);
      this.#client.onSpilled = this.#onSpilled;
    }
    return this.#client;
  };

  /** What is so with every recording is said once. */
  readonly #onSpilled = ({ isUsual, message }: Spill): void => {
    if (isUsual && !this.recordings.areKept.peek()) return;
    if (isUsual) this.recordings.areKept.value = false;
    this.#reporter.notice(isUsual ? 'info' : 'error', message);
  };

  #onRecording(job: Job): void {
    if (job.status === 'offered') this.#unfinishedNotice?.();
    const show = this.#show;
    if (!show || this.#state.shownJob.peek() !== job.key || job.recordingId === null) return;
    void this.#attach(show, job.recordingId, hasEnded(job));
    if (job.status === 'running') void this.recordings.askForPersistence();
  }

  async #attach(show: VideoShow, id: string, isOver: boolean): Promise<void> {
    try {
      const document = await this.documents.open(id, 'stage');
      if (this.#show !== show) {
        document.close();
        return;
      }
      this.staged.hold(document);
      show.setFrames(document.frames);
      this.#host.onSubject(id, document.frameCount);
      if (isOver) this.#following?.finish();
    } catch (error) {
      this.#reporter.failure(error);
    }
  }

  #onEnded(job: Job): void {
    const { recordingId, status, reason, file } = job;
    this.#reporter.loading(null);
    if (status === 'failed' && reason !== null) this.#reporter.notice('error', reason);
    if (status === 'broken' && reason !== null) {
      this.#reporter.notice(
        'error',
        `${file.name} is not whole: ${reason}. What is before that is tracked and kept.`,
      );
    }
    if (recordingId === this.#state.document.peek()?.id) this.#following?.finish();
    if (this.recordings.list.peek()) void this.recordings.refresh();
  }
}
