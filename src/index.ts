/**
 * Limn as a library: pose tracking for any page.
 *
 * Image space: pixels of the frame as displayed, origin top left, y down. World space: metres, y up, z towards
 * the viewer, origin at the pelvis. Left and right are the subject's. A missing keypoint has score 0 and NaN
 * coordinates.
 *
 * @module
 */
import * as v from 'valibot';
import { LimnError } from './core/errors.ts';
import {
  fromPlainRecording,
  type PlainFrame,
  type PlainRecording,
  toPlainFrame,
  toPlainRecording,
} from './core/plain-recording.ts';
import type { ConventionId } from './formats/convention.ts';
import type { ExportFormatId } from './formats/exporter.ts';
import { formatOf } from './formats/exporters.ts';
import { checkPlainRecording } from './formats/limn-json/read.ts';
import type { DownloadProgress } from './models/assets.ts';
import { allModels, catalogNetwork, modelInfo } from './models/catalog.ts';
import type { NetworkDescription } from './models/imported.ts';
import type { ModelInfo } from './models/model-info.ts';
import type { EngineProbe } from './models/runtime/probe.ts';
import type { FrameEdit } from './motion/corrections/edit.ts';
import type { AngleId } from './motion/kinematics/angles.ts';
import { angles as jointMotion } from './motion/kinematics/joint-motion.ts';
import { type SpatialChoice, spatialChoices } from './motion/placing/standing.ts';
import { DEFAULT_SMOOTHING } from './motion/smoothing/smoother.ts';
import type { MotionStep } from './motion/steps.ts';
import { platform } from './platform.ts';
import { type CheckOptions, checkDevice as runCheck } from './session/device-check/check.ts';
import type { DeviceReport } from './session/device-check/report.ts';
import { toMarkdown } from './session/device-check/tables.ts';
import { measureForAuto } from './session/engine-choice/engine-choice.ts';
import type { MeasuredEngine } from './session/engine-choice/remembered.ts';
import { exportInWorker } from './session/jobs/export-file.ts';
import { processMotion, toRecording } from './session/motion/process.ts';
import { checkSteps } from './session/motion/step-schema.ts';
import { findScaling } from './session/networks/find-scaling.ts';
import { deleteNetwork, fetchNetworkFiles, readNetworkFiles } from './session/networks/networks.ts';
import { readKeypoints } from './session/opening/open-files.ts';
import { checkEdits } from './session/store/log/steps.ts';
import {
  type BenchResult,
  benchAnalysis,
  benchLoop,
  benchNetwork,
  type LoopTimes,
  type NetworkBench,
} from './session/tracking/bench.ts';
import type { TrackerOptions } from './session/tracking/order.ts';
import { probeEngines } from './session/tracking/probe-client.ts';
import { type AnalyzeOptions, type AnalyzeSource, analyze as record } from './session/tracking/recorder.ts';
import { createTracker as openTracker, type Tracker } from './session/tracking/tracker.ts';
import { type ActorOptions, actorOptionsSchema } from './sources/actor/actor-options.ts';
import { ActorTroupe } from './sources/actor/actor-source.ts';
import { DEFAULT_LOOK, type FilmLook, type FilmStyle, filmStyles } from './views/film/painter.ts';

export { LimnError } from './core/errors.ts';
export type {
  PlainFrame as Frame,
  PlainKeypoint as Keypoint,
  PlainPerson as Person,
  PlainPose as Pose,
  PlainRecording as Recording,
  PlainWorldKeypoint as WorldKeypoint,
} from './core/plain-recording.ts';
export type { RecordingInfo, RunInfo } from './core/recording.ts';
export type { ExportFormatId } from './formats/exporter.ts';
export type { ModelInfo } from './models/model-info.ts';
export type { EngineProbe as EngineInfo } from './models/runtime/probe.ts';
export type { FrameEdit as Edit } from './motion/corrections/edit.ts';
export type { MotionStep } from './motion/steps.ts';
export type { FollowPoint } from './session/analysis/follow.ts';
export type { VideoOptions } from './session/analysis/options.ts';
export type { AnalysisProgress as Progress } from './session/analysis/progress.ts';
export type { CheckOptions, CheckProgress } from './session/device-check/check.ts';
export type { DeviceReport } from './session/device-check/report.ts';
export type { MeasuredEngine } from './session/engine-choice/remembered.ts';
export {
  constantBones,
  convert,
  fillGaps,
  footLock,
  lift,
  mirror,
  person,
  place,
  rejectOutliers,
  resample,
  smooth,
  trim,
} from './session/motion/step-builders.ts';
export type { BenchResult, LoopTimes, NetworkBench } from './session/tracking/bench.ts';
export type { TrackerOptions } from './session/tracking/order.ts';
export type { AnalyzeOptions, AnalyzeSource } from './session/tracking/recorder.ts';
export type { Tracker } from './session/tracking/tracker.ts';
export type { ActorOptions } from './sources/actor/actor-options.ts';
export type { FilmLook, FilmStyle } from './views/film/painter.ts';

/**
 * Tracks everybody in a picture or in every frame of a video.
 *
 * @throws {LimnError} with a sentence, if the source can't be read or no engine can run the model;
 * an `AbortError` if `options.signal` was aborted
 */
export async function analyze(source: AnalyzeSource, options: AnalyzeOptions = {}): Promise<PlainRecording> {
  return toPlainRecording(await record(source, options, platform));
}

/**
 * A tracker for pictures that come one by one. Dispose of it when done: it holds a worker.
 *
 * @throws {LimnError} if an option isn't valid
 */
export function createTracker(options: TrackerOptions = {}): Tracker {
  return openTracker(options, platform);
}

/** The models there are. */
export function models(): readonly ModelInfo[] {
  return allModels();
}

export interface ImportModelOptions extends NetworkDescription {
  /** Keep it on this device, for later visits of this origin; default no. */
  readonly keep?: boolean;
}

/**
 * Reads a network: a TensorFlow frozen graph (`.pb`), a `.tflite`, a `.caffemodel` with or without its `.prototxt`, or
 * a `model.json` of TensorFlow.js with its shards, or a checkpoint of VideoPose3D's kind (`.bin`, `.pt`), which lifts
 * keypoints to 3-D; with a JSON beside it that says what its maps are, where they are
 * none of OpenPose's. How a network of OpenPose's kind wants its pictures is found with the demo actor, where its hash and
 * `scaling` don't say it; a `description` says whether it is still a guess. That takes seconds. The id that it gets is a `model` for `analyze` and `createTracker`.
 *
 * @param files or addresses of them, which are fetched
 * @throws {LimnError} naming file, layer and what was unexpected
 */
export async function importModel(
  files: readonly (File | string)[],
  { keep = false, ...description }: ImportModelOptions = {},
): Promise<ModelInfo> {
  const addresses = files.flatMap((file) =>
    typeof file === 'string' ? [new URL(file, location.href).href] : [],
  );
  const named = files.flatMap((file) => (typeof file === 'string' ? [] : [{ name: file.name, blob: file }]));
  const fetched =
    addresses.length > 0 ? await fetchNetworkFiles({ type: 'addresses', addresses }, {}, platform) : [];
  const { network } = await readNetworkFiles([...named, ...fetched], description, keep, platform);
  await findScaling(network.info.id, {}, async () => null, platform);
  return modelInfo(network.info.id);
}

export interface FetchModelOptions {
  /** Told how many bytes are there. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Ends the download with an `AbortError`. */
  readonly signal?: AbortSignal;
}

/**
 * Fetches a network of the catalogue (see `models()`: those whose `origin` is `catalog`) and keeps it on this device.
 * Nothing else asks other hosts for anything.
 *
 * @throws {LimnError} if it can't be had, or isn't what the catalogue says; an `AbortError`
 */
export async function fetchModel(id: string, options: FetchModelOptions = {}): Promise<ModelInfo> {
  const entry = catalogNetwork(id);
  if (!entry) throw new LimnError(`The catalogue has no network "${id}".`);
  const files = await fetchNetworkFiles({ type: 'catalog', id: entry.info.id }, options, platform);
  return (await readNetworkFiles(files, {}, true, platform)).network.info;
}

/** Takes a network off this device. */
export function deleteModel(id: string): Promise<void> {
  return deleteNetwork(id, platform);
}

/** Every engine, whether it is available here, and if not, why not. Takes a second or two: it tries them. */
export function engines(): Promise<readonly EngineProbe[]> {
  return probeEngines(platform);
}

/**
 * Runs every engine on the demo actor, in turns: what is available, what runs, how right and how fast it is, and what
 * is missing. Takes a minute or two; close whatever else keeps the device busy.
 *
 * @throws {LimnError} if an option isn't valid; an `AbortError`
 */
export function checkDevice(options: CheckOptions = {}): Promise<DeviceReport> {
  return runCheck(options, platform);
}

/**
 * Measures which engine of a model is right and the fastest here, by letting all look at the demo actor, and remembers it:
 * trackers that ask for `auto` get it from then on. Takes some seconds.
 *
 * @returns engines that are right, the best first
 * @throws {LimnError} if an option isn't valid, or the demo actor can't be drawn
 */
export function chooseEngine(options: TrackerOptions = {}): Promise<readonly MeasuredEngine[]> {
  return measureForAuto(options, platform);
}

/** The result of a check as Markdown, to be pasted into a report; with another one's milliseconds beside. */
export function describeCheck(report: DeviceReport, other: DeviceReport | null = null): string {
  return toMarkdown(report, other);
}

/**
 * Speed in this browser on this device: the analysis beside a plain loop over the same video, both from the moment
 * the network is ready. Run them in turns, for devices are restless.
 */
export const bench = {
  /**
   * One worker that decodes frame by frame and gives each to the network: by default to MediaPipe's task on the CPU, with
   * nothing of Limn's between.
   */
  loop: (blob: Blob, options: TrackerOptions = {}): Promise<BenchResult & LoopTimes> =>
    benchLoop(blob, options, platform),
  /** `analyze`, timed alike. */
  analyze: (blob: Blob, options: AnalyzeOptions = {}): Promise<BenchResult> =>
    benchAnalysis(blob, options, platform),
  /** A network of OpenPose's kind looking at a picture so many times: whole frames beside the bare network. */
  network: (picture: Blob, frames: number, options: TrackerOptions): Promise<NetworkBench> =>
    benchNetwork(picture, frames, options, platform),
};

export interface ExportOptions {
  /** Smooth the keypoints first: `true`, or a strength from 0 to 1; default: as they are. */
  readonly smooth?: boolean | number;
  /** Corrections by hand, made before smoothing, and marked in the file. */
  readonly edits?: readonly FrameEdit[];
  /**
   * For files of motion in space and films with the room: which 3-D, where there are two. `auto`: the model's own, else
   * what was lifted; `lifted`: the other way round; `both`: films show both.
   */
  readonly spatial?: SpatialChoice;
  /**
   * For `trc`, `c3d` and `bvh`: units and axes, such as `mm-z-up`. Default: each format's first of those that
   * docs/formats.md lists.
   */
  readonly convention?: ConventionId;
  /** For `mp4`, `webm` and `png`: what skeletons are drawn over; default: the demo drawn again, or black. */
  readonly video?: Blob;
  /** For the same: over the picture, over black, or over the picture with the 3-D room beside it. */
  readonly style?: FilmStyle;
  /** For the same: how skeletons are drawn. */
  readonly look?: Partial<FilmLook>;
  /** Told how much is written, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Ends the work with an `AbortError`. */
  readonly signal?: AbortSignal;
}

/**
 * The recording as a file: `openpose-json` (a ZIP with a JSON file per frame), `openpose-jsonl`, `limn-json`,
 * `csv` (a row a person and frame), `csv-long` (a row a keypoint), `coco` (results), `coco-annotations`, `npz`
 * (NumPy), `detectron-npz` (for VideoPose3D), `viz-npy`, `motion-csv`, `trc`, `c3d`, `bvh`, `glb`, `vtt`, `pose`, or
 * pictures of it: `mp4`, `webm`, `png`. Formats with a file a person (`trc`, `bvh`, `viz-npy`) or a frame (`png`) give that
 * file where there is one, else a ZIP: the Blob's `type` says which. Written in a worker.
 *
 * @throws {LimnError} if the format or the recording isn't valid, or lacks what the format needs;
 * an `AbortError` if `options.signal` was aborted
 */
export async function exportRecording(
  recording: PlainRecording,
  format: ExportFormatId,
  options: ExportOptions = {},
): Promise<Blob> {
  const { smooth = false, video = null, style = 'overlay', look, edits = [], spatial = 'auto' } = options;
  // The sentence on a format that there isn't comes before all others.
  formatOf(format);
  if (!filmStyles.includes(style)) {
    throw new LimnError(`There is no style "${style}". The styles are ${filmStyles.join(', ')}.`);
  }
  if (!spatialChoices.includes(spatial)) {
    throw new LimnError(`There is no 3-D "${spatial}". Choose one of ${spatialChoices.join(', ')}.`);
  }
  const { info, frames } = fromPlainRecording(checkPlainRecording(recording));
  const { blob } = await exportInWorker(
    {
      format,
      smooth: smooth === true ? DEFAULT_SMOOTHING : smooth,
      name: info.source.name,
      info,
      frames,
      edits: checkEdits(edits),
      spatial,
      convention: options.convention ?? null,
      personId: null,
      film: { style, look: { ...DEFAULT_LOOK, ...look }, video },
      target: null,
    },
    platform.workers.export,
    options,
  );
  if (!blob) throw new Error('Without a target, the file is given back.');
  return blob;
}

/** A joint of somebody over a recording: degrees and degrees a second by frame, NaN where a keypoint is missing. */
export interface JointAngles {
  readonly personId: number;
  readonly angle: AngleId;
  readonly degrees: readonly number[];
  readonly degreesPerSecond: readonly number[];
  /** Over the whole recording, in degrees; their difference is the range of motion. */
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * Angles of everybody's joints over time, as clinicians count flexion (docs/angles.md), with their velocities and ranges:
 * from 3-D where there is any, else as projected into the picture.
 */
export function angles(recording: PlainRecording): JointAngles[] {
  return jointMotion(fromPlainRecording(checkPlainRecording(recording))).map((joint) => ({
    ...joint,
    degrees: [...joint.degrees],
    degreesPerSecond: [...joint.degreesPerSecond],
  }));
}

export interface TransformOptions {
  /** Told how much is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Ends the work with an `AbortError`. */
  readonly signal?: AbortSignal;
}

/**
 * Does one thing after the other to a recording, in a worker; the recording given stays as it is. What was done is said in
 * `info.processing`. For example:
 *
 *     await transform(recording, fillGaps({ maximumFrames: 10 }), smooth({ cutoff: 6 }), lift(), place({ fov: 60 }));
 *
 * @param steps from the functions of this module (`fillGaps`, `smooth`, …); options for all of it may come last
 * @throws {LimnError} if a step isn't valid or can't be done; an `AbortError`
 */
export async function transform(
  recording: PlainRecording,
  ...steps: readonly (MotionStep | TransformOptions)[]
): Promise<PlainRecording> {
  const last = steps.at(-1);
  const options = last && !('kind' in last) ? last : {};
  const checked = checkSteps(steps.filter((step) => step !== options));
  const { info, frames } = fromPlainRecording(checkPlainRecording(recording));
  const result = await processMotion({ info, frames, edits: [] }, checked, platform, options);
  return toPlainRecording(toRecording(result));
}

/**
 * Reads Limn JSON, an OpenPose ZIP, JSON Lines or single frame, COCO, NPZ, CSV (long) or `.pose`. What was changed,
 * supposed or left out is said in `info.notes`.
 *
 * @throws {LimnError} with a sentence; also if the file holds several recordings: `importRecordings` gives all of them
 */
export async function importRecording(blob: Blob): Promise<PlainRecording> {
  const [recording, ...others] = await importRecordings([blob]);
  if (!recording) throw new Error('What is read is one recording or more.');
  if (others.length > 0) {
    const names = [recording, ...others].map(({ info }) => info.source.name).join(', ');
    throw new LimnError(
      `The file holds ${others.length + 1} recordings (${names}): importRecordings gives all of them.`,
    );
  }
  return recording;
}

/**
 * Reads keypoint files that belong together, such as OpenPose's files of every frame: a recording for every camera or video
 * that they are of.
 *
 * @throws {LimnError} with a sentence naming the file
 */
export async function importRecordings(blobs: readonly Blob[]): Promise<PlainRecording[]> {
  const files = blobs.map((blob) => ({ name: blob instanceof File ? blob.name : 'file', blob }));
  return (await readKeypoints(files)).map(toPlainRecording);
}

/** A frame of the demo with what is truly in it; the image is the caller's to close. */
export interface DemoFrame {
  readonly image: ImageBitmap;
  readonly time: number;
  readonly truth: PlainFrame;
}

export interface Demo {
  readonly options: ActorOptions;
  /** Draws a frame by its number, from 0. One at a time. */
  frame(index: number): Promise<DemoFrame>;
  close(): void;
}

/**
 * The demo actors, whose true keypoints are known: for trying and measuring trackers.
 *
 * @throws {LimnError} if an option isn't valid
 */
export function openDemo(options: Partial<ActorOptions> = {}): Demo {
  const parsed = v.safeParse(actorOptionsSchema, options);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw new LimnError(`options.${v.getDotPath(issue) ?? ''} is not valid: ${issue.message}.`);
  }
  const troupe = new ActorTroupe(parsed.output, platform.workers.actor);
  return {
    options: parsed.output,
    async frame(index) {
      const { image, time, truth } = await troupe.draw(index);
      if (!(image instanceof ImageBitmap)) throw new Error('The demo draws bitmaps.');
      return { image, time, truth: toPlainFrame({ index, time, people: truth ?? [] }) };
    },
    close: () => troupe.close(),
  };
}
