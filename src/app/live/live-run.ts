import type { Person } from '../../core/pose.ts';
import { Recording } from '../../core/recording.ts';
import { familyOf } from '../../families/families.ts';
import { LIVE_BUDGET_MS } from '../../families/multipose/multipose-options.ts';
import type { ModelRegistry } from '../../families/registry.ts';
import { smoothAsAsked } from '../../motion/smoothing/smoother.ts';
import type { FrameSource, SourceFrame } from '../../sources/source.ts';
import { describeSource } from '../../tracking/describe-source.ts';
import type { Estimate, EstimatorClient } from '../../tracking/estimator-client.ts';
import { type TrackerOptions, toEstimatorOptions } from '../../tracking/order.ts';
import type { Reporter } from '../reporter.ts';
import { type Settings, toTrackerOptions } from '../settings.ts';
import { type CurrentModel, describeRestart } from './current-model.ts';
import type { LiveNetSize } from './live-net-size.ts';
import { Pipeline, type RecalledPicture, type TrackedPicture } from './pipeline.ts';

/** What looks at frames. */
type Model = Pick<EstimatorClient, 'run' | 'estimate'>;

export interface LiveRunOptions {
  readonly models: {
    /** The model in use, or the one that is being opened; `null` if there is none. */
    current(): Promise<Model | null>;
    /** Opens the model that is asked for, unless it is open. */
    ensure(...asked: Parameters<CurrentModel['ensure']>): Promise<Model | null>;
  };
  readonly version: string;
  readonly registry: ModelRegistry;
  readonly settings: () => Settings;
  readonly netSize: LiveNetSize;
  readonly isMirrored: boolean;
  onTracked(picture: TrackedPicture, recording: Recording): void;
  /** A picture that was tracked before is to be shown again. */
  onRecalled(picture: RecalledPicture): void;
  readonly reporter: Reporter;
}

/** A source that is tracked as its frames come, into a recording in memory. */
export class LiveRun {
  readonly #source: FrameSource;
  readonly #options: LiveRunOptions;
  readonly #recording: Recording;
  readonly #pipeline: Pipeline;
  /** Frames wait for this. */
  #held: Promise<void> | null = null;
  #release: (() => void) | null = null;
  #isStopped = false;
  /** All of the recording smoothed, for pictures that are shown again. */
  #smoothed: { readonly key: string; readonly recording: Recording } | null = null;
  /** Takes away what is said of missing frames. */
  #missing: (() => void) | null = null;
  /** What the recording's last run says. */
  #notedRun: EstimatorClient['run'] | null = null;

  constructor(source: FrameSource, options: LiveRunOptions) {
    const { live } = source.info;
    this.#source = source;
    this.#options = options;
    this.#recording = new Recording({
      ...describeSource(source.info, options.version),
      mirrored: options.isMirrored,
    });
    source.onMissing = () => this.#noteMissing();
    this.#pipeline = new Pipeline({
      source,
      estimate: (frame) => this.#estimate(frame),
      smoothing: () => this.#smoothing(),
      ...(!live && {
        recall: (frame) => this.#recall(frame),
        onRecalled: (picture) => options.onRecalled(picture),
      }),
      onFrameLost: (error) => options.reporter.notice('info', describeRestart(error)),
      onTracked: (picture) => this.#onTracked(picture),
    });
  }

  /** What was tracked so far. */
  get recording(): Recording {
    return this.#recording;
  }

  /** Runs until the source ends or `stop` is called. @throws what source or model throw */
  async run(): Promise<void> {
    this.#noteMissing();
    const opening = this.ensureModel();
    // Frames that can wait are all tracked by what the settings ask for, none by what was in use before.
    if (!this.#source.info.live) await opening;
    await this.#pipeline.run();
  }

  /** Opens the model that the settings ask for, if it isn't open; the one in use goes on until then. */
  ensureModel(): Promise<Model | null> {
    const mode = this.#source.info.isStill ? 'image' : 'video';
    const { options, engine } = toEstimatorOptions(this.tracker, mode, this.#options.registry);
    return this.#options.models.ensure(options, engine);
  }

  /** What the settings ask for, and this device can do live. */
  get tracker(): TrackerOptions {
    const { registry, settings, netSize } = this.#options;
    const tracker = {
      ...toTrackerOptions(settings(), registry, this.#source.info.isStill),
      ...(this.#source.info.live && { pictureBudgetMs: LIVE_BUDGET_MS }),
    };
    if (!this.#isNetSizeFree(tracker)) return tracker;
    return { ...tracker, netResolution: netSize.for(`${tracker.model} ${tracker.engine}`) };
  }

  /** Frames wait from now on. @returns they go on */
  hold(): () => void {
    let resolve = (): void => undefined;
    const held = new Promise<void>((settle) => {
      resolve = settle;
    });
    const release = (): void => {
      if (this.#held === held) this.#held = null;
      resolve();
    };
    this.#held = held;
    this.#release = release;
    return release;
  }

  stop(): void {
    this.#isStopped = true;
    this.#pipeline.stop();
    this.#release?.();
  }

  /** Live sources don't wait: nobody has said how large the network's picture is to be. */
  #isNetSizeFree({ model, netResolution }: TrackerOptions): boolean {
    const { registry } = this.#options;
    return (
      this.#source.info.live &&
      netResolution === undefined &&
      model !== undefined &&
      familyOf(registry.info(model)).hasMaps
    );
  }

  /** Opens the network for another size, if the one in use is too slow, or a larger one would do. */
  #fitNetSize(milliseconds: number): void {
    const { settings, registry, netSize } = this.#options;
    if (!this.#isNetSizeFree(toTrackerOptions(settings(), registry))) return;
    if (netSize.measure(milliseconds, this.#notedRun?.network?.netResolution)) void this.ensureModel();
  }

  #noteMissing(): void {
    const { incomplete } = this.#source;
    if (!incomplete) return;
    this.#recording.info = { ...this.#recording.info, incomplete };
    this.#missing?.();
    this.#missing = this.#options.reporter.notice('info', incomplete);
  }

  /** Who is in a frame that was tracked already; `null`: it wasn't. */
  #recall({ time }: SourceFrame): readonly Person[] | null {
    const recording = this.#recording;
    if (recording.frameAt(time)?.time !== time) return null;
    const strength = this.#smoothing();
    if (strength === null) return recording.frameAt(time)?.people ?? null;
    const key = `${recording.version} ${strength}`;
    if (this.#smoothed?.key !== key) this.#smoothed = { key, recording: smoothAsAsked(recording, strength) };
    return this.#smoothed.recording.frameAt(time)?.people ?? null;
  }

  #smoothing(): number | null {
    const { smooth, strength } = this.#options.settings();
    return smooth && !this.#source.info.isStill ? strength : null;
  }

  #onTracked(picture: TrackedPicture): void {
    const recording = this.#recording;
    const { width, height } = picture;
    if (recording.frames.length === 0) recording.info = { ...recording.info, width, height };
    recording.put(picture.tracked);
    this.#fitNetSize(picture.milliseconds);
    this.#options.onTracked(picture, recording);
  }

  /** @param frame given away: whatever happens, it is closed or comes back with the estimate */
  async #estimate(frame: SourceFrame): Promise<Estimate> {
    let isGiven = false;
    try {
      if (this.#held) await this.#held;
      const client = (await this.#options.models.current()) ?? (await this.ensureModel());
      if (!client) throw new DOMException('No model could be opened; that was said already.', 'AbortError');
      if (this.#isStopped) throw new DOMException('The source was stopped.', 'AbortError');
      // It is the same object until something changes, so this costs nothing per frame.
      const { run } = client;
      if (run !== this.#notedRun) this.#recording.beginRun(run);
      this.#notedRun = run;
      isGiven = true;
      return await client.estimate(frame.image, frame.time);
    } finally {
      if (!isGiven) frame.close();
    }
  }
}
