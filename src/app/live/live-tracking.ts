import type { Recording } from '../../core/recording.ts';
import { sleep } from '../../sources/sleep.ts';
import type { FrameSource } from '../../sources/source.ts';
import type { Platform } from '../../tracking/platform.ts';
import { EngineRaces } from '../engine-choice/engine-choice.ts';
import { LiveLift } from '../motion/live-lift.ts';
import type { Reporter } from '../reporter.ts';
import type { StageParts } from '../stage/stage-parts.ts';
import type { State } from '../state.ts';
import { CurrentModel } from './current-model.ts';
import { LiveNetSize } from './live-net-size.ts';
import { LiveRun } from './live-run.ts';
import type { TrackedPicture } from './pipeline.ts';
import type { Takes } from './takes/takes.ts';

/** A source that runs shows its first frames undisturbed. */
const CHOOSE_ENGINE_AFTER_MS = 3000;

interface LiveTrackingParts extends Omit<StageParts, 'staged'> {
  readonly takes: Takes;
}

/** Tracks what comes frame by frame, with one model, and shows it: cameras, pictures, the demo. */
export class LiveTracking {
  readonly #platform: Platform;
  readonly #state: State;
  readonly #reporter: Reporter;
  readonly #parts: LiveTrackingParts;
  readonly #model: CurrentModel;
  readonly #lift: LiveLift;
  readonly #engines: EngineRaces;
  readonly #netSize = new LiveNetSize();
  #run: LiveRun | null = null;

  constructor(platform: Platform, state: State, reporter: Reporter, parts: LiveTrackingParts) {
    this.#platform = platform;
    this.#state = state;
    this.#reporter = reporter;
    this.#parts = parts;
    this.#model = new CurrentModel(platform, reporter);
    this.#lift = new LiveLift(platform, state, reporter);
    this.#engines = new EngineRaces(platform);
    parts.runs.onEnd(() => this.#end());
  }

  /**
   * Puts a source on the stage and tracks it until it is over. What goes wrong is said.
   *
   * @returns what was tracked, if the source has come to its end; `null`: it was stopped, replaced, or something went wrong
   */
  async track(source: FrameSource): Promise<Recording | null> {
    const { stage, runs, statistics } = this.#parts;
    stage.enter(source.info, source.transport);
    const run = new LiveRun(source, {
      models: this.#model,
      version: this.#platform.version,
      registry: this.#platform.registry,
      settings: () => this.#state.settings.peek(),
      netSize: this.#netSize,
      isMirrored: this.#state.isMirrored.value,
      onTracked: (picture, recording) => this.#onTracked(picture, recording, source),
      onRecalled: (picture) => {
        statistics.people = picture.people.length;
        stage.show(picture);
      },
      reporter: this.#reporter,
    });
    this.#run = run;
    if (source.info.live) void this.#chooseEngine(run);
    try {
      await run.run();
      return this.#run === run ? run.recording : null;
    } catch (error) {
      if (this.#run === run) this.#reporter.failure(error);
      return null;
    } finally {
      if (this.#run === run) runs.end();
      else source.close();
    }
  }

  /** Opens the model that the settings ask for, if something is tracked. */
  followSettings(): void {
    void this.#run?.ensureModel();
  }

  /** Something else is said of a network: the model is opened anew. */
  renewModel(): void {
    this.#model.renew();
    this.followSettings();
  }

  close(): void {
    this.#model.close();
  }

  #end(): void {
    const run = this.#run;
    this.#run = null;
    this.#engines.cancel();
    run?.stop();
    this.#lift.end();
  }

  /** What `auto` stands for is measured while a live source runs, once; then the best engine takes over. */
  async #chooseEngine(run: LiveRun): Promise<void> {
    // Where the network takes its time to open, the first frames come later.
    do await sleep(CHOOSE_ENGINE_AFTER_MS);
    while (this.#run === run && this.#state.recordedFrames.peek() === 0);
    if (this.#run !== run) return;
    const ranked = await this.#engines.consider(run.tracker, () => run.hold());
    const [best] = ranked ?? [];
    const used = this.#state.device.peek()?.engine;
    if (!best || this.#run !== run || best.engine === used) return;
    const before = ranked?.find(({ engine }) => engine === used) ?? null;
    this.#state.engineChoice.value = { best, before };
    this.#model.renew();
    await run.ensureModel();
  }

  #onTracked(picture: TrackedPicture, recording: Recording, source: FrameSource): void {
    const { stage, subject, library, statistics, takes } = this.#parts;
    const { image, width, height, tracked, milliseconds } = picture;
    const people = this.#lift.follow(picture, recording);
    // Only with its first frame does a recording take the place of the last one: what was tracked stays till then.
    subject.set(recording, recording.frames.length);
    if (source.info.kind === 'camera') {
      library.liveLog.add(recording, picture.tracked);
      takes.onTracked(picture.tracked, recording);
    }
    statistics.addTracked(milliseconds, performance.now());
    statistics.dropped = source.dropped;
    statistics.people = people.length;
    stage.show({ image, width, height, time: tracked.time, people });
  }
}
