import type { LimnError } from '../core/errors.ts';
import { Port } from '../core/port/port.ts';
import type { RunInfo } from '../core/recording.ts';
import type { DownloadProgress } from '../models/assets.ts';
import type { EngineChoice } from '../models/engine-catalog.ts';
import type { DeviceInfo, EstimatorOptions, FrameImage } from '../models/estimator.ts';
import type { GroupingOptions } from '../models/openpose/layouts.ts';
import { describeRun } from './describe-run.ts';
import { recallEngines } from './engine-choice/remembered.ts';
import { toModelOrder } from './order.ts';
import type { Answers, EngineEvents, EstimateCalls, Estimated, Question } from './protocol.ts';
import type { Platform } from './workers.ts';

/** What a worker found in a frame; the image has come back and is the receiver's to close. */
export type Estimate = Omit<Estimated, 'device'>;

export interface EstimatorEvents {
  onProgress?: (progress: DownloadProgress) => void;
  /** An engine didn't start or was lost; another takes over. */
  onEngineFailure?: (engine: string, reason: string) => void;
  /** The device in use, when it is first known and whenever it changes. */
  onDevice?: (device: DeviceInfo) => void;
  onForeignRequest?: (url: string) => void;
  /** The worker has died after it was open; a new one has to be opened. */
  onStopped?: (error: LimnError) => void;
}

/** A model at work in a worker of its own. Closing terminates the worker, which frees all that it held. */
export class EstimatorClient {
  readonly #port: Port<EstimateCalls, EngineEvents>;
  readonly #assets: Platform['assets'];
  readonly #events: EstimatorEvents;
  #device: DeviceInfo | null = null;
  #closesWhenIdle = false;
  #options: EstimatorOptions;
  #run: Omit<RunInfo, 'firstFrame'> | null = null;

  private constructor(
    worker: Worker,
    options: EstimatorOptions,
    assets: Platform['assets'],
    events: EstimatorEvents,
  ) {
    this.#options = options;
    this.#assets = assets;
    this.#events = events;
    this.#port = new Port(worker, {
      name: 'The tracking worker',
      on: {
        progress: (progress) => events.onProgress?.(progress),
        'engine-failed': ({ engine, reason }) => events.onEngineFailure?.(engine, reason),
        'foreign-request': (url) => events.onForeignRequest?.(url),
      },
      onStopped: (error) => {
        // Before it is open, whoever opens it hears of it.
        if (this.#device) events.onStopped?.(error);
      },
    });
  }

  /**
   * Starts a worker and opens the model in it.
   *
   * @throws {LimnError} if no engine can run it, or its files can't be had
   */
  static async open(
    options: EstimatorOptions,
    engine: EngineChoice,
    platform: Platform,
    events: EstimatorEvents = {},
  ): Promise<EstimatorClient> {
    const order = await toModelOrder({ options, engine }, platform);
    const isAuto = engine === 'auto' && options.mode === 'video';
    const measured = isAuto ? await recallEngines(options, platform.version) : null;
    const client = new EstimatorClient(platform.workers.estimate(), options, platform.assets, events);
    try {
      const ordered = { ...order, ...(measured && { measured: measured.map(({ engine: id }) => id) }) };
      client.#setDevice(await client.#port.call('open', [ordered]));
      return client;
    } catch (error) {
      client.close();
      throw error;
    }
  }

  /** Closed, or stopped by a fault of its own. */
  get isClosed(): boolean {
    return this.#port.isClosed;
  }

  get device(): DeviceInfo {
    if (!this.#device) throw new Error('The estimator is not open.');
    return this.#device;
  }

  get options(): EstimatorOptions {
    return this.#options;
  }

  /** What runs, as a recording notes it: the same object until something changes. */
  get run(): Omit<RunInfo, 'firstFrame'> {
    this.#run ??= describeRun(this.#options, this.device, this.#assets);
    return this.#run;
  }

  /** People are put together with these thresholds from the next frame on. */
  regroup(grouping: Partial<GroupingOptions>): void {
    const { maps } = this.#options;
    if (!maps || JSON.stringify(maps.grouping) === JSON.stringify(grouping)) return;
    this.#options = { ...this.#options, maps: { ...maps, grouping } };
    this.#run = null;
    this.#port.tell('regroup', [grouping]);
  }

  /** Looks into the maps of the last frame. @throws {LimnError} if the model has none */
  async inspect<About extends Question['about']>(
    question: Extract<Question, { about: About }>,
  ): Promise<Answers[About]> {
    if (this.isClosed && 'image' in question) question.image.close();
    const transfer = 'image' in question ? [question.image] : [];
    const answer = await this.#whileOpen(this.#port.call('inspect', [question], { transfer }));
    // The worker answers what it is asked.
    return answer as Answers[About];
  }

  /** @param image handed over; it comes back with the estimate  @throws {LimnError} if the model failed; an `AbortError` */
  async estimate(image: FrameImage, time: number): Promise<Estimate> {
    if (this.isClosed) image.close();
    const estimate = await this.#whileOpen(this.#port.call('estimate', [image, time], { transfer: [image] }));
    this.#setDevice(estimate.device);
    return estimate;
  }

  /** Closes once the frames in flight have come back. */
  closeWhenIdle(): void {
    if (this.#port.pending === 0) this.close();
    else this.#closesWhenIdle = true;
  }

  close(): void {
    this.#port.close();
  }

  async #whileOpen<Result>(call: Promise<Result>): Promise<Result> {
    try {
      return await call;
    } finally {
      if (this.#closesWhenIdle && this.#port.pending === 0) this.close();
    }
  }

  #setDevice(device: DeviceInfo): void {
    if (device.engine === this.#device?.engine && device.device === this.#device.device) return;
    this.#device = device;
    this.#run = null;
    this.#events.onDevice?.(device);
  }
}
