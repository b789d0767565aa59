import type { LimnError } from '../core/errors.ts';
import { Port } from '../core/port/port.ts';
import type { RunInfo } from '../core/recording.ts';
import { backendOf, type EngineChoice } from '../families/engines/engine-catalog.ts';
import type { DeviceInfo, EstimatorOptions } from '../families/estimator.ts';
import type { DownloadProgress } from '../families/files/assets.ts';
import type { FrameImage } from '../families/frame-image.ts';
import type { GroupingOptions } from '../families/maps/layouts.ts';
import { describeRun } from './describe-run.ts';
import { recallEngines } from './engines/remembered.ts';
import { toModelOrder } from './order.ts';
import type { Platform } from './platform.ts';
import type { Answers, EngineEvents, EstimateCalls, Estimated, ModelOrder, Question } from './protocol.ts';

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
  readonly #platform: Platform;
  #events: EstimatorEvents;
  #device: DeviceInfo | null = null;
  #closesWhenIdle = false;
  /** An engine was lost after it had been at work. */
  #hasLostEngine = false;
  #options: EstimatorOptions;
  #run: Omit<RunInfo, 'firstFrame'> | null = null;

  private constructor(
    worker: Worker,
    options: EstimatorOptions,
    platform: Platform,
    events: EstimatorEvents,
  ) {
    this.#options = options;
    this.#platform = platform;
    this.#events = events;
    this.#port = new Port(worker, {
      name: 'The tracking worker',
      on: {
        progress: (progress) => this.#events.onProgress?.(progress),
        'engine-failed': ({ engine, reason }) => {
          this.#hasLostEngine ||= this.#device !== null;
          this.#events.onEngineFailure?.(engine, reason);
        },
        'foreign-request': (url) => this.#events.onForeignRequest?.(url),
      },
      onStopped: (error) => {
        // Before it is open, whoever opens it hears of it.
        if (this.#device) this.#events.onStopped?.(error);
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
    return EstimatorClient.openOrder(await toEstimatorOrder(options, engine, platform), platform, events);
  }

  /** As `open`, with an order that {@link toEstimatorOrder} has made. */
  static async openOrder(
    order: ModelOrder,
    platform: Platform,
    events: EstimatorEvents = {},
  ): Promise<EstimatorClient> {
    const client = new EstimatorClient(platform.workers.estimate(), order.options, platform, events);
    try {
      client.#setDevice(await client.#port.call('open', [order]));
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
    this.#run ??= describeRun(this.#options, this.device, this.#platform);
    return this.#run;
  }

  /** Who hears of it from now on. */
  listen(events: EstimatorEvents): void {
    this.#events = events;
  }

  /** It is closed, or an engine was lost after it had been at work: nobody else should get it. */
  get isSpent(): boolean {
    return this.isClosed || this.#hasLostEngine;
  }

  /** It has nothing to do, and what it computes with is still there. */
  async isWell(): Promise<boolean> {
    const isOnGpu = backendOf(this.device.engine) !== 'wasm';
    // Only a GPU is lost without a sign, and asking takes a while beside a picture.
    if (!isOnGpu && this.#port.pending === 0) return !this.isSpent;
    return this.#port.call('isWell', []).catch(() => false);
  }

  /** Nobody uses it for now: nobody hears of it, and it forgets whom it followed. */
  rest(): void {
    this.#events = {};
    // Of single pictures nothing is remembered.
    if (this.#options.mode === 'image') return;
    // One that can't is good for nothing.
    this.#port.call('forget', []).catch(() => this.close());
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

/**
 * What the estimating worker needs to open a model, with the engines that were measured for it.
 *
 * @throws {LimnError} if a network isn't on this device
 */
export async function toEstimatorOrder(
  options: EstimatorOptions,
  engine: EngineChoice,
  platform: Platform,
): Promise<ModelOrder> {
  const order = await toModelOrder({ options, engine }, platform);
  const isAuto = engine === 'auto' && options.mode === 'video';
  const measured = isAuto ? await recallEngines(options, platform) : null;
  return { ...order, ...(measured && { measured: measured.map(({ engine: id }) => id) }) };
}
