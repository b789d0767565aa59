import { Recording } from '../core/recording.ts';
import type { FrameSource, SourceFrame } from '../sources/source.ts';
import type { Estimate, EstimatorClient } from './estimator-client.ts';
import { describeRestart, type ModelHost } from './model-host.ts';
import { toEstimatorOptions } from './order.ts';
import { Pipeline, type TrackedPicture } from './pipeline.ts';
import { type Settings, toTrackerOptions } from './settings.ts';

/** What a run needs from the session. */
export interface LiveRunHost {
  readonly models: ModelHost;
  readonly version: string;
  readonly settings: () => Settings;
  readonly isMirrored: boolean;
  onTracked(picture: TrackedPicture, recording: Recording): void;
  onNotice(text: string): void;
}

/** A source that is tracked as its frames come, into a recording in memory. */
export class LiveRun {
  readonly #source: FrameSource;
  readonly #host: LiveRunHost;
  readonly #recording: Recording;
  readonly #pipeline: Pipeline;
  /** Frames wait for this. */
  #held: Promise<void> | null = null;
  /** What the recording's last run says. */
  #notedRun: EstimatorClient['run'] | null = null;

  constructor(source: FrameSource, host: LiveRunHost) {
    const { kind, name, byteLength, demo, isStill, fieldOfView } = source.info;
    this.#source = source;
    this.#host = host;
    this.#recording = new Recording({
      limn: host.version,
      created: new Date().toISOString(),
      source: {
        kind,
        name,
        ...(byteLength !== null && { byteLength }),
        ...(fieldOfView !== undefined && { fieldOfView }),
        ...(demo && { demo }),
      },
      width: 1,
      height: 1,
      mirrored: host.isMirrored,
      runs: [],
    });
    this.#pipeline = new Pipeline({
      source,
      estimate: (frame) => this.#estimate(frame),
      smoothing: () => {
        const { smooth, strength } = host.settings();
        return smooth && !isStill ? strength : null;
      },
      onFrameLost: (error) => host.onNotice(describeRestart(error)),
      onTracked: (picture) => this.#onTracked(picture),
    });
  }

  /** Runs until the source ends or `stop` is called. @throws what source or model throw */
  run(): Promise<void> {
    this.ensureModel();
    return this.#pipeline.run();
  }

  /** Opens the model that the settings ask for, if it isn't open; the one in use goes on until then. */
  ensureModel(): Promise<EstimatorClient | null> {
    const mode = this.#source.info.isStill ? 'image' : 'video';
    const { options, engine } = toEstimatorOptions(toTrackerOptions(this.#host.settings()), mode);
    return this.#host.models.ensure(options, engine);
  }

  /** Frames wait from now on. @returns they go on */
  hold(): () => void {
    let release = (): void => undefined;
    this.#held = new Promise((resolve) => {
      release = resolve;
    });
    return () => {
      this.#held = null;
      release();
    };
  }

  stop(): void {
    this.#pipeline.stop();
  }

  #onTracked(picture: TrackedPicture): void {
    const recording = this.#recording;
    const { width, height } = picture;
    if (recording.frames.length === 0) recording.info = { ...recording.info, width, height };
    recording.put(picture.tracked);
    this.#host.onTracked(picture, recording);
  }

  async #estimate(frame: SourceFrame): Promise<Estimate> {
    if (this.#held) await this.#held;
    const client = (await this.#host.models.current()) ?? (await this.ensureModel());
    if (!client) {
      frame.close();
      throw new DOMException('No model could be opened; that was said already.', 'AbortError');
    }
    // It is the same object until something changes, so this costs nothing per frame.
    const { run } = client;
    if (run !== this.#notedRun) this.#recording.beginRun(run);
    this.#notedRun = run;
    return client.estimate(frame.image, frame.time);
  }
}
