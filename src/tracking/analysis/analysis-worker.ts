import { isAbort, LimnError, toSentence } from '../../core/errors.ts';
import { Port, type PortOptions } from '../../core/port/port.ts';
import type { FrameTimes } from '../../core/time/frame-times.ts';
import type { DeviceInfo } from '../../families/estimator.ts';
import type { DownloadProgress } from '../../families/files/assets.ts';
import type { FrameImage } from '../../families/frame-image.ts';
import type { EngineEvents, ModelOrder } from '../protocol.ts';
import type { VideoBlob } from './describe-video.ts';
import type { AnalyzeCalls, ScannedVideo, TrackRequest } from './protocol.ts';

/** What is told of a worker's engine while it opens and works. */
export interface EngineListeners {
  onLoading?(progress: DownloadProgress | null): void;
  onEngineFailure?(engine: string, reason: string): void;
  onForeignRequest?(): void;
}

export interface AnalysisWorkerEvents {
  readonly on: NonNullable<PortOptions<EngineEvents>['on']>;
  /** The model is open: it can be given pieces. */
  onOpen(device: DeviceInfo): void;
  /** It does nothing any more. */
  onDeath(error: LimnError): void;
}

/** One of the workers of an analysis, as the page sees it. Closing terminates it, which frees all that it held. */
export class AnalysisWorker {
  /** What it is at. */
  job: TrackRequest | null = null;
  /** Number of the channel through which its frames go to the joiner. */
  channel: number | null = null;
  readonly #port: Port<AnalyzeCalls, EngineEvents>;
  #events: AnalysisWorkerEvents | null = null;
  /** The model's, once it is open. */
  #device: DeviceInfo | null = null;
  /** The video is open, too. */
  #isOpen = false;
  /** An engine was lost after it had been at work, or something else has failed. */
  #hasFailed = false;
  /** Why it does nothing any more. */
  #death: LimnError | null = null;
  /** Leaves the piece that it is at. */
  #leave = new AbortController();

  constructor(worker: Worker) {
    const tell =
      <Name extends keyof EngineEvents>(name: Name) =>
      (detail: EngineEvents[Name]): void =>
        this.#events?.on[name]?.(detail);
    this.#port = new Port(worker, {
      name: 'A tracking worker',
      on: {
        progress: tell('progress'),
        'engine-failed': (failure) => {
          this.#hasFailed ||= this.#device !== null;
          this.#events?.on['engine-failed']?.(failure);
        },
        'foreign-request': tell('foreign-request'),
      },
      onStopped: (error) => this.#tellDeath(error),
    });
  }

  /** Video and model are open: it can be given pieces. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** It has died, failed or lost an engine: nobody else should get it. */
  get isSpent(): boolean {
    return this.#hasFailed || this.#port.isClosed;
  }

  /** What its model computes with is still there. */
  async isWell(): Promise<boolean> {
    return this.#port.call('isWell', []).catch(() => false);
  }

  /** Nobody uses it for now: nobody hears of it, and it leaves the video it was at. */
  rest(): void {
    this.#events = null;
    this.#isOpen = false;
    this.channel = null;
    this.abandon();
    this.setPaused(false);
    // One that can't is good for nothing.
    this.#port.call('rest', []).catch(() => this.close());
  }

  /** Whom it tells how things go. What it has opened before, or that it has died, is told at once. */
  listen(events: AnalysisWorkerEvents): void {
    this.#events = events;
    if (this.#death) events.onDeath(this.#death);
    else if (this.#isOpen && this.#device) events.onOpen(this.#device);
  }

  /**
   * Opens the video.
   *
   * @param known what frames the video has, where that is known
   * @throws {LimnError} if the file can't be read; the signal's reason, at once
   */
  openVideo(source: VideoBlob, known: FrameTimes | null, signal?: AbortSignal): Promise<ScannedVideo> {
    return this.#port.call('openVideo', [source, known], { signal });
  }

  /**
   * The frame on screen at a time in seconds; `null`: there is none that can be decoded. It is the caller's to close.
   *
   * @throws {LimnError} if the worker fails; the signal's reason
   */
  pictureAt(time: number, signal?: AbortSignal): Promise<FrameImage | null> {
    return this.#port.call('pictureAt', [time], { signal });
  }

  /** Opens a video of which it is known what frames it has, and the model. */
  async open(source: VideoBlob, order: ModelOrder, frameTimes: FrameTimes): Promise<void> {
    try {
      await this.#port.call('openVideo', [source, frameTimes]);
      await this.openModel(order);
    } catch (error) {
      this.#die(error);
    }
  }

  /** Its frames go to the joiner through this. */
  connect({ channel, port }: { readonly channel: number; readonly port: MessagePort }): void {
    this.channel = channel;
    this.#port.tell('sendTo', [port], [port]);
  }

  /** Tracks a piece, and what was tracked before no longer. */
  track(job: TrackRequest): void {
    this.#leave.abort();
    this.#leave = new AbortController();
    this.job = job;
    this.#port.call('track', [job], { signal: this.#leave.signal }).catch((error) => this.#die(error));
  }

  /** Leaves the piece it is at. */
  abandon(): void {
    this.job = null;
    this.#leave.abort();
  }

  setPaused(isPaused: boolean): void {
    this.#port.tell('setPaused', [isPaused]);
  }

  close(): void {
    this.#events = null;
    this.#port.close();
  }

  /** Opens the model, unless it is open; the video is. Whoever listens hears how that ends. */
  async openModel(order: ModelOrder): Promise<void> {
    try {
      this.#device ??= await this.#port.call('openModel', [order]);
      this.#isOpen = true;
      this.#events?.onOpen(this.#device);
    } catch (error) {
      this.#die(error);
    }
  }

  /** Where the worker has stopped by itself, that is told already. */
  #die(error: unknown): void {
    if (isAbort(error) || this.#port.isClosed) return;
    this.#hasFailed = true;
    this.#tellDeath(error instanceof LimnError ? error : new LimnError(toSentence(error)));
  }

  #tellDeath(error: LimnError): void {
    this.#death = error;
    this.#events?.onDeath(error);
  }
}

/** What a worker with a model tells, for whoever follows an analysis. @param isHeard does anybody listen still? */
export function toEngineListeners(
  events: EngineListeners,
  isHeard: () => boolean = () => true,
): AnalysisWorkerEvents['on'] {
  const whileHeard =
    <Detail>(hear: (detail: Detail) => void) =>
    (detail: Detail): void => {
      if (isHeard()) hear(detail);
    };
  return {
    progress: whileHeard((progress) => events.onLoading?.(progress)),
    'engine-failed': whileHeard(({ engine, reason }) => events.onEngineFailure?.(engine, reason)),
    'foreign-request': whileHeard(() => events.onForeignRequest?.()),
  };
}
