import { describeFault, LimnError } from '../core/errors.ts';
import type { Detections } from '../core/pose.ts';
import type { RunInfo } from '../core/recording.ts';
import type { DownloadProgress } from '../models/assets.ts';
import type { EngineChoice } from '../models/engine-catalog.ts';
import type { DeviceInfo, EstimatorOptions, FrameImage } from '../models/estimator.ts';
import type { GroupingOptions } from '../models/openpose/layouts.ts';
import { describeRun } from './describe-run.ts';
import { recallEngines } from './engine-choice/remembered.ts';
import { toModelOrder } from './order.ts';
import type { Answers, EstimateReply, EstimateRequest, Question } from './protocol.ts';
import type { Platform } from './workers.ts';

/** What a worker found in a frame; the image has come back and is the receiver's to close. */
export interface Estimate {
  readonly detections: Detections;
  readonly image: FrameImage;
  readonly milliseconds: number;
}

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

interface Pending {
  readonly resolve: (estimate: Estimate) => void;
  readonly reject: (error: Error) => void;
}

interface Asked {
  readonly resolve: (answer: Answers[keyof Answers]) => void;
  readonly reject: (error: Error) => void;
}

/** A model at work in a worker of its own. Closing terminates the worker, which frees all that it held. */
export class EstimatorClient {
  readonly #worker: Worker;
  readonly #assets: Platform['assets'];
  readonly #events: EstimatorEvents;
  readonly #pending = new Map<number, Pending>();
  readonly #asked = new Map<number, Asked>();
  #nextId = 0;
  #device: DeviceInfo | null = null;
  #opening: { resolve: () => void; reject: (error: Error) => void } | null = null;
  #isClosed = false;
  #closesWhenIdle = false;

  #options: EstimatorOptions;
  #run: Omit<RunInfo, 'firstFrame'> | null = null;

  private constructor(
    worker: Worker,
    options: EstimatorOptions,
    assets: Platform['assets'],
    events: EstimatorEvents,
  ) {
    this.#worker = worker;
    this.#options = options;
    this.#assets = assets;
    this.#events = events;
    worker.onmessage = ({ data }: MessageEvent<EstimateReply>) => this.#receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      const error = new LimnError(`The tracking worker stopped (${describeFault(event)}).`);
      // Before it is open, whoever opens it hears of it.
      if (!this.#opening) this.#events.onStopped?.(error);
      this.#end(error);
    };
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
      await new Promise<void>((resolve, reject) => {
        client.#opening = { resolve, reject };
        client.#send({
          type: 'open',
          order: { ...order, ...(measured && { measured: measured.map(({ engine: id }) => id) }) },
        });
      });
      return client;
    } catch (error) {
      client.close();
      throw error;
    }
  }

  /** Closed, or stopped by a fault of its own. */
  get isClosed(): boolean {
    return this.#isClosed;
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
    this.#send({ type: 'regroup', grouping });
  }

  /** Looks into the maps of the last frame. @throws {LimnError} if the model has none */
  async inspect<About extends Question['about']>(
    question: Extract<Question, { about: About }>,
  ): Promise<Answers[About]> {
    if (this.#isClosed) {
      if ('image' in question) question.image.close();
      throw new DOMException('The tracking worker is closed.', 'AbortError');
    }
    const id = this.#nextId++;
    const transfer = 'image' in question ? [question.image] : [];
    const answer = await new Promise<Answers[keyof Answers]>((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      this.#send({ type: 'inspect', id, question }, transfer);
    });
    // The worker answers what it is asked.
    return answer as Answers[About];
  }

  /** @param image handed over; it comes back with the estimate  @throws {LimnError} if the model failed */
  estimate(image: FrameImage, time: number): Promise<Estimate> {
    if (this.#isClosed) {
      image.close();
      return Promise.reject(new LimnError('The tracking worker is closed.'));
    }
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#send({ type: 'estimate', id, image, time }, [image]);
    });
  }

  /** Closes once the frames in flight have come back. */
  closeWhenIdle(): void {
    if (this.#pending.size === 0) this.close();
    else this.#closesWhenIdle = true;
  }

  close(): void {
    this.#end(new DOMException('The tracking worker was closed.', 'AbortError'));
  }

  #end(error: Error): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#worker.terminate();
    this.#failAll(error);
  }

  #send(request: EstimateRequest, transfer: Transferable[] = []): void {
    this.#worker.postMessage(request, transfer);
  }

  #receive(reply: EstimateReply): void {
    this.#handle(reply);
    if (this.#closesWhenIdle && this.#pending.size === 0) this.close();
  }

  #handle(reply: EstimateReply): void {
    switch (reply.type) {
      case 'progress':
        this.#events.onProgress?.(reply.progress);
        return;
      case 'opened':
        this.#setDevice(reply.device);
        this.#opening?.resolve();
        this.#opening = null;
        return;
      case 'engine-failed':
        this.#events.onEngineFailure?.(reply.engine, reply.reason);
        return;
      case 'foreign-request':
        this.#events.onForeignRequest?.(reply.url);
        return;
      case 'estimated': {
        this.#setDevice(reply.device);
        const pending = this.#pending.get(reply.id);
        this.#pending.delete(reply.id);
        if (pending) pending.resolve(reply);
        else reply.image.close();
        return;
      }
      case 'inspected':
        this.#asked.get(reply.id)?.resolve(reply.answer);
        this.#asked.delete(reply.id);
        return;
      case 'failed': {
        reply.image?.close();
        const error = new LimnError(reply.message);
        if (reply.id === null) {
          this.#opening?.reject(error);
          this.#opening = null;
        } else {
          const waiting = this.#pending.get(reply.id) ?? this.#asked.get(reply.id);
          waiting?.reject(error);
          this.#pending.delete(reply.id);
          this.#asked.delete(reply.id);
        }
      }
    }
  }

  #setDevice(device: DeviceInfo): void {
    if (device.engine === this.#device?.engine && device.device === this.#device.device) return;
    this.#device = device;
    this.#run = null;
    this.#events.onDevice?.(device);
  }

  #failAll(error: Error): void {
    this.#opening?.reject(error);
    this.#opening = null;
    for (const { reject } of [...this.#pending.values(), ...this.#asked.values()]) reject(error);
    this.#pending.clear();
    this.#asked.clear();
  }
}
