import { signal } from '@preact/signals-core';
import type { Purpose } from '../../recording/recording-handle.ts';
import { VideoSource } from '../../sources/video/video.ts';
import type { VideoBlob } from '../../tracking/analysis/describe-video.ts';
import type { Platform } from '../../tracking/platform.ts';
import type { Truth } from '../comparison/comparison.ts';
import type { Opened } from '../opening/opened.ts';
import type { Reporter } from '../reporter.ts';
import { toOrder } from '../settings.ts';
import { FollowingPlay } from '../stage/following-play.ts';
import { SourceShow } from '../stage/source-show.ts';
import type { StageParts } from '../stage/stage-parts.ts';
import type { State } from '../state.ts';
import { AnalysisQueue, hasEnded, type Job } from './queue.ts';

type VideosParts = Omit<StageParts, 'statistics'>;

/** All that a video has to give is tracked. */
const TRACKED: readonly Job['status'][] = ['known', 'finished', 'broken'];
/** Nothing comes of these any more. */
const GONE: readonly Job['status'][] = ['failed', 'cancelled'];
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

/** Videos: the queue that makes recordings of them, and the one on the stage. */
export class Videos {
  readonly queue: AnalysisQueue;
  readonly #platform: Platform;
  readonly #state: State;
  readonly #reporter: Reporter;
  readonly #parts: VideosParts;
  #show: SourceShow | null = null;
  /** The video that keypoints made elsewhere lie beside, and their recording. */
  #beside: { readonly id: string; readonly video: VideoBlob } | null = null;
  /** The job that is to be scored when it has ended, and what against. */
  #toScore: { readonly key: number; readonly truth: Truth } | null = null;
  /** The job that the one on the stage is to be compared with as soon as it has a recording. */
  #toCompare: { readonly key: number; readonly mainId: string } | null = null;
  /** What its video is called; `null`: there is none. */
  readonly toCompare = signal<string | null>(null);
  /** The job that goes on as soon as it is found again. */
  #toGoOn: number | null = null;
  /** The job that is tracked anew as soon as it has stopped, and how. */
  #toTrackAgain: { readonly key: number; readonly order: Job['order'] } | null = null;
  /** Told which video a recording is of. */
  onVideo: (id: string, video: Blob) => void = () => undefined;
  /** Told which recording is deleted. */
  onDeleted: (id: string) => void = () => undefined;
  /** Plays the video on the stage as far as it is tracked. */
  #following: FollowingPlay | null = null;
  /** Takes away what is said of unfinished recordings. */
  #unfinishedNotice: (() => void) | null = null;

  constructor(platform: Platform, state: State, reporter: Reporter, parts: VideosParts) {
    this.#platform = platform;
    this.#state = state;
    this.#reporter = reporter;
    this.#parts = parts;
    parts.runs.onEnd(() => this.#hide());
    parts.staged.comparison.findVideo = (id) => this.videoOf(id);
    const workers = (): number | null => state.settings.peek().workers || null;
    this.queue = new AnalysisQueue(parts.library.store, platform, workers, {
      onDevice: reporter.device,
      onLoading: reporter.loading,
      onForeignRequest: reporter.foreignRequest,
      onEngineFailure: reporter.engineFailed,
      onRecording: (job) => this.#onRecording(job),
      onStored: (job, stored) => {
        if (job.recordingId === null || job.recordingId !== state.document.peek()?.id) return;
        parts.subject.set(job.recordingId, stored.frames);
        this.#following?.extend(stored.to);
      },
      onEnded: (job) => this.#onEnded(job),
    });
  }

  /** Says which analyses the page was closed on, so that they can be gone on with. */
  async offerUnfinished(): Promise<void> {
    const { library } = this.#parts;
    await library.keepLeft();
    if (this.queue.jobs.peek().length === 0) library.closeIfIdle();
    const listed = library.recordings.list.peek() ?? [];
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

  /** Shows the first of some videos, and has all of them tracked. @throws {LimnError} if it can't be read */
  async openFiles([first, ...others]: readonly [VideoBlob, ...VideoBlob[]]): Promise<Opened> {
    const order = toOrder(this.#state.settings.peek(), this.#platform.registry);
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

  /** Shows a video with a recording of keypoints made elsewhere. @throws {LimnError} if it can't be read */
  async openBeside(video: VideoBlob, id: string): Promise<Opened> {
    const source = await VideoSource.open(video.blob, video.name);
    return this.#toShow(source, async (show) => {
      this.#beside = { id, video };
      await this.#attach(show, id, true);
    });
  }

  /** Shows a video whose tracking was broken off, and goes on with that. @throws {LimnError} if it can't be read */
  async resume(video: VideoBlob, order: Job['order']): Promise<Opened> {
    const source = await VideoSource.open(video.blob, video.name);
    return this.#toShow(source, () => {
      const job = this.queue.findOpen(video, order) ?? this.queue.add(video, order);
      this.#toGoOn = job.key;
      this.#showJob(job);
    });
  }

  /**
   * Shows a video, has it tracked as the settings are now, and scores that when it is done.
   *
   * @param truth lies on the same video
   * @throws {LimnError} if it can't be read
   */
  async openToScore(video: VideoBlob, truth: Truth): Promise<Opened> {
    const order = toOrder(this.#state.settings.peek(), this.#platform.registry);
    const source = await VideoSource.open(video.blob, video.name);
    return this.#toShow(source, () => {
      const job = this.queue.findOpen(video, order) ?? this.queue.add(video, order);
      this.#toScore = { key: job.key, truth };
      this.#showJob(job);
    });
  }

  /** Has a video tracked that the one on the stage is compared with as soon as there is something of it. */
  compareWith(video: VideoBlob): void {
    const mainId = this.#state.document.peek()?.id;
    if (mainId === undefined) return;
    const order = toOrder(this.#state.settings.peek(), this.#platform.registry);
    const job = this.queue.findOpen(video, order) ?? this.queue.add(video, order);
    this.#toCompare = { key: job.key, mainId };
    this.toCompare.value = video.name;
    this.#beginComparison(this.queue.find(job.key) ?? job);
  }

  /** Begins the comparison that was asked for, if it is with that job. */
  #beginComparison({ key, recordingId, status, file }: Job): void {
    if (this.#toCompare?.key !== key || (recordingId === null && !GONE.includes(status))) return;
    const { mainId } = this.#toCompare;
    this.#toCompare = null;
    this.toCompare.value = null;
    if (recordingId === null || mainId !== this.#state.document.peek()?.id) return;
    if (recordingId === mainId) {
      this.#reporter.notice('info', `${file.name} is what is shown already. Choose another video.`);
      return;
    }
    this.#parts.staged.comparison.begin(recordingId, file.name).catch(this.#reporter.failure);
  }

  #toShow(source: VideoSource, begin: (show: SourceShow) => Promise<void> | void): Opened {
    return {
      close: () => source.close(),
      begin: async () => {
        this.#parts.stage.enter(source.info, source);
        try {
          await this.#run(source, begin);
        } finally {
          // It is over by itself, or has broken off.
          if (this.#parts.stage.transport === source) this.#parts.runs.end();
        }
      },
    };
  }

  #showJob(job: Job): void {
    this.#state.shownJob.value = job.key;
    this.#onRecording(this.queue.find(job.key) ?? job);
  }

  async #run(source: VideoSource, begin: (show: SourceShow) => Promise<void> | void): Promise<void> {
    const { stage } = this.#parts;
    const following = new FollowingPlay(source);
    const show = new SourceShow(
      source,
      (frame, people) => {
        const [, trackedUntil] = show.frames?.timeRange ?? [0, 0];
        following.onFrame(frame.time, trackedUntil);
        const { image, width, height, time } = frame;
        stage.show({ image, width, height, time, people });
      },
      (people) => stage.showPeople(people),
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
  #hide(): void {
    this.#show?.stop();
    this.#show = null;
    this.#following = null;
    this.#state.shownJob.value = null;
    this.#beside = null;
    this.#toScore = null;
    this.#toCompare = null;
    this.toCompare.value = null;
    this.#parts.staged.clear();
  }

  /** Smoothing or the like has changed. */
  refresh(): void {
    this.#show?.refresh();
    this.#parts.staged.refresh();
  }

  /** Tracks a job's video anew as the settings are now. */
  trackAgain(job: Job, order: Job['order']): void {
    if (job.status === 'offered' && job.recordingId !== null) {
      // Nobody means to go on with it: it isn't announced again.
      const { recordings } = this.#parts.library.store();
      recordings.setState(job.recordingId, 'cancelled').catch(this.#reporter.failure);
    }
    if (this.#state.shownJob.peek() === job.key) this.#show?.setFrames(null);
    if (job.status === 'running' || job.status === 'paused') {
      this.#toTrackAgain = { key: job.key, order };
      this.queue.cancel(job.key);
      return;
    }
    this.queue.startAnew(job.key, order);
  }

  /** The video that a stored recording was made from, if it is at hand. */
  videoOf(id: string): VideoBlob | null {
    if (this.#beside?.id === id) return this.#beside.video;
    return this.queue.jobs.peek().find(({ recordingId }) => recordingId === id)?.file ?? null;
  }

  /** Deletes a recording that nothing needs; why not is said. */
  async delete(id: string): Promise<void> {
    const { library, runs } = this.#parts;
    const purposes = library.purposesOf(id);
    // What is on the stage, and what belongs to that, is put away.
    const isShown = id === this.#state.document.peek()?.id;
    const others = isShown ? purposes.filter((each) => !OF_THE_STAGE.includes(each)) : purposes;
    const [inUse] = this.queue.isRunning(id) ? ['tracking' as const] : others;
    if (inUse) {
      this.#reporter.notice('info', `This recording can’t be deleted: ${IN_USE[inUse]}`);
      return;
    }
    if (isShown) runs.end();
    this.queue.forget(id);
    await library.recordings.delete(id);
    this.onDeleted(id);
  }

  close(): void {
    this.queue.close();
  }

  #onRecording(job: Job): void {
    this.#beginComparison(job);
    if (job.status === 'offered') {
      this.#unfinishedNotice?.();
      if (job.key === this.#toGoOn) {
        this.#toGoOn = null;
        this.queue.goOn(job.key);
      }
    }
    if (job.recordingId !== null) this.onVideo(job.recordingId, job.file.blob);
    const show = this.#show;
    if (!show || this.#state.shownJob.peek() !== job.key || job.recordingId === null) return;
    void this.#attach(show, job.recordingId, hasEnded(job));
    if (job.status === 'running') void this.#parts.library.recordings.askForPersistence();
  }

  async #attach(show: SourceShow, id: string, isOver: boolean): Promise<void> {
    const { library, staged, subject } = this.#parts;
    try {
      const document = await library.documents.open(id, 'stage');
      if (this.#show !== show) {
        document.close();
        return;
      }
      staged.hold(document);
      show.setFrames(document.frames);
      subject.set(id, document.frameCount);
      if (isOver) this.#following?.finish();
      this.#scoreWhenTracked();
    } catch (error) {
      this.#reporter.failure(error);
    }
  }

  /** Scores the recording on the stage, if that is wanted and all of its video is tracked. */
  #scoreWhenTracked(): void {
    const { key, truth } = this.#toScore ?? {};
    const job = this.queue.find(key ?? null);
    const isShown = job !== null && job.recordingId === this.#state.document.peek()?.id;
    if (!truth || !isShown || !TRACKED.includes(job.status)) return;
    this.#toScore = null;
    this.#parts.staged.comparison.score(truth).catch(this.#reporter.failure);
  }

  #onEnded(job: Job): void {
    const { recordingId, status, reason, file } = job;
    this.#reporter.loading(null);
    if (this.#toTrackAgain?.key === job.key) {
      const { key, order } = this.#toTrackAgain;
      this.#toTrackAgain = null;
      this.queue.startAnew(key, order);
      return;
    }
    this.#beginComparison(job);
    if (status === 'failed' && reason !== null) this.#reporter.notice('error', reason);
    if (status === 'broken' && reason !== null) {
      this.#reporter.notice(
        'error',
        `${file.name} is not whole: ${reason}. What is before that is tracked and kept.`,
      );
    }
    if (recordingId === this.#state.document.peek()?.id) this.#following?.finish();
    this.#scoreWhenTracked();
    const { recordings } = this.#parts.library;
    if (recordings.list.peek()) void recordings.refresh();
  }
}
