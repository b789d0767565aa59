import { type CheckOptions, checkDevice } from '../app/device-check/check.ts';
import { probeEngines } from '../app/device-check/probe-client.ts';
import type { DeviceReport } from '../app/device-check/report.ts';
import { toMarkdown } from '../app/device-check/tables.ts';
import { measureForAuto } from '../app/engine-choice/engine-choice.ts';
import { type AnalyzeOptions, type AnalyzeSource, analyze } from '../app/jobs/analyze.ts';
import {
  type BenchResult,
  benchAnalysis,
  benchLoop,
  benchNetwork,
  benchWays,
  type LoopTimes,
  type NetworkBench,
} from '../app/jobs/bench.ts';
import { type PlainRecording, toPlainRecording } from '../core/plain-recording.ts';
import type { EngineProbe } from '../families/runtimes/probe.ts';
import type { MeasuredEngine, MeasuredWay } from '../tracking/engines/remembered.ts';
import type { TrackerOptions } from '../tracking/order.ts';
import type { Platform } from '../tracking/platform.ts';
import { createTracker, type Tracker } from '../tracking/tracker.ts';

/** What looks at pictures, and what is known of the engines that do. */
export interface Tracking {
  /**
   * Tracks everybody in a picture or in every frame of a video.
   *
   * @throws {LimnError} with a sentence, if the source can't be read or no engine can run the model;
   * an `AbortError` if `options.signal` was aborted
   */
  readonly analyze: (source: AnalyzeSource, options?: AnalyzeOptions) => Promise<PlainRecording>;
  /**
   * A tracker for pictures that come one by one. Dispose of it when done: it holds a worker.
   *
   * @throws {LimnError} if an option isn't valid
   */
  readonly createTracker: (options?: TrackerOptions) => Tracker;
  /** Every engine, whether it is available here, and if not, why not. Takes a second or two: it tries them. */
  readonly engines: () => Promise<readonly EngineProbe[]>;
  /**
   * Runs every engine on the demo actor, in turns: what is available, what runs, how right and how fast it is, and what
   * is missing. Takes a minute or two; close whatever else keeps the device busy.
   *
   * @throws {LimnError} if an option isn't valid; an `AbortError`
   */
  readonly checkDevice: (options?: CheckOptions) => Promise<DeviceReport>;
  /** The result of a check as Markdown, to be pasted into a report; with another one's milliseconds beside. */
  readonly describeCheck: (report: DeviceReport, other?: DeviceReport | null) => string;
  /**
   * Measures which engine of a model is right and the fastest here, by letting all look at the demo actor, and remembers it:
   * trackers that ask for `auto` get it from then on. Takes some seconds.
   *
   * @returns engines that are right, the best first
   * @throws {LimnError} if an option isn't valid, or the demo actor can't be drawn
   */
  readonly chooseEngine: (options?: TrackerOptions) => Promise<readonly MeasuredEngine[]>;
  /**
   * Speed in this browser on this device: the analysis beside a plain loop over the same video, both from the moment
   * the network is ready. Run them in turns, for devices are restless.
   */
  readonly bench: Bench;
}

export interface Bench {
  /**
   * One worker that decodes frame by frame and gives each to the network: by default to MediaPipe's task on the CPU, with
   * nothing of Limn's between.
   */
  readonly loop: (blob: Blob, options?: TrackerOptions) => Promise<BenchResult & LoopTimes>;
  /** `analyze`, timed alike. */
  readonly analyze: (blob: Blob, options?: AnalyzeOptions) => Promise<BenchResult>;
  /** Measures what `auto` stands for on a video, unless that is remembered: the ways, the best first, and the seconds it took. */
  readonly ways: (
    blob: Blob,
    options?: TrackerOptions,
  ) => Promise<{ readonly ways: readonly MeasuredWay[]; readonly seconds: number }>;
  /** A network of OpenPose's kind looking at a picture so many times: whole frames beside the bare network. */
  readonly network: (picture: Blob, frames: number, options: TrackerOptions) => Promise<NetworkBench>;
}

export function trackingOn(platform: Platform): Tracking {
  return {
    analyze: async (source, options = {}) => toPlainRecording(await analyze(source, options, platform)),
    createTracker: (options = {}) => createTracker(options, platform),
    engines: () => probeEngines(platform),
    checkDevice: (options = {}) => checkDevice(options, platform),
    describeCheck: (report, other = null) => toMarkdown(report, platform.registry, other),
    chooseEngine: (options = {}) => measureForAuto(options, platform),
    bench: {
      loop: (blob, options = {}) => benchLoop(blob, options, platform),
      analyze: (blob, options = {}) => benchAnalysis(blob, options, platform),
      ways: (blob, options = {}) => benchWays(blob, options, platform),
      network: (picture, frames, options) => benchNetwork(picture, frames, options, platform),
    },
  };
}
