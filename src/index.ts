/**
 * Limn as a library: pose tracking for any page.
 *
 * Image space: pixels of the frame as displayed, origin top left, y down. World space: metres, y up, z towards
 * the viewer, origin at the pelvis. Left and right are the subject's. A missing keypoint has score 0 and NaN
 * coordinates.
 *
 * @module
 */
import { type Limn, limnOn } from './library/limn.ts';
import { createPlatform, type LimnOptions, ownPlatform } from './platform.ts';

export type { CheckOptions, CheckProgress } from './app/device-check/check.ts';
export type { DeviceReport } from './app/device-check/report.ts';
export type { AnalyzeOptions, AnalyzeSource } from './app/jobs/analyze.ts';
export type { BenchResult, LoopTimes, NetworkBench } from './app/jobs/bench.ts';
export type { FaceCover } from './app/jobs/export-file.ts';
export * from './app/motion/step-builders.ts';
export { LimnError } from './core/errors.ts';
export type { RecordingInfo, RunInfo } from './core/recording.ts';
export type * from './entries/plain-names.ts';
export type { ModelInfo } from './families/model-info.ts';
export type { EngineProbe as EngineInfo } from './families/runtimes/probe.ts';
export type { ExportFormatId } from './formats/exporter.ts';
export type { Demo, DemoFrame, OpenDemo } from './library/demo.ts';
export { angles, type JointAngles } from './library/here/angles.ts';
export type { Limn } from './library/limn.ts';
export type { FetchModelOptions, ImportModelOptions, Models } from './library/models.ts';
export type { Motion, TransformOptions } from './library/motion.ts';
export type { ExportOptions, Recordings } from './library/recordings.ts';
export type { Bench, Tracking } from './library/tracking.ts';
export type { FrameEdit as Edit } from './motion/corrections/edit.ts';
export type { CoveredPeople } from './motion/covering/head-covers.ts';
export type { AngleId, PersonAngle } from './motion/kinematics/angles.ts';
export type { MotionStep } from './motion/steps.ts';
export type { LimnOptions } from './platform.ts';
export type { ActorOptions } from './sources/actor/actor-options.ts';
export type { FollowPoint } from './tracking/analysis/follow.ts';
export type { VideoOptions } from './tracking/analysis/options.ts';
export type { AnalysisProgress as Progress } from './tracking/analysis/progress.ts';
export type { MeasuredEngine } from './tracking/engines/remembered.ts';
export type { TrackerOptions } from './tracking/order.ts';
export type { Tracker } from './tracking/tracker.ts';
export type { FilmBackground } from './views/film/background.ts';
export type { CoverStyle } from './views/film/cover-heads.ts';
export type { FilmLook, FilmStyle } from './views/film/painter.ts';

let own: Limn | null = null;

/** On what the page is on, too. */
function ownLimn(): Limn {
  own ??= limnOn(ownPlatform());
  return own;
}

/**
 * A Limn of its own: its functions share no networks and no engines with those of another, nor what is kept on this device
 * with those of another name. This module's own functions are those of one without options, made at first use.
 *
 * @throws {LimnError} if an option isn't valid
 */
export function createLimn(options: LimnOptions = {}): Limn {
  return limnOn(createPlatform(options));
}

export const analyze: Limn['analyze'] = (...given) => ownLimn().analyze(...given);
export const checkDevice: Limn['checkDevice'] = (...given) => ownLimn().checkDevice(...given);
export const chooseEngine: Limn['chooseEngine'] = (...given) => ownLimn().chooseEngine(...given);
export const createTracker: Limn['createTracker'] = (...given) => ownLimn().createTracker(...given);
export const deleteModel: Limn['deleteModel'] = (...given) => ownLimn().deleteModel(...given);
export const describeCheck: Limn['describeCheck'] = (...given) => ownLimn().describeCheck(...given);
export const engines: Limn['engines'] = (...given) => ownLimn().engines(...given);
export const exportRecording: Limn['exportRecording'] = (...given) => ownLimn().exportRecording(...given);
export const fetchModel: Limn['fetchModel'] = (...given) => ownLimn().fetchModel(...given);
export const importModel: Limn['importModel'] = (...given) => ownLimn().importModel(...given);
export const importRecording: Limn['importRecording'] = (...given) => ownLimn().importRecording(...given);
export const importRecordings: Limn['importRecordings'] = (...given) => ownLimn().importRecordings(...given);
export const models: Limn['models'] = (...given) => ownLimn().models(...given);
export const openDemo: Limn['openDemo'] = (...given) => ownLimn().openDemo(...given);
export const transform: Limn['transform'] = (...given) => ownLimn().transform(...given);
export const bench: Limn['bench'] = {
  loop: (...given) => ownLimn().bench.loop(...given),
  analyze: (...given) => ownLimn().bench.analyze(...given),
  ways: (...given) => ownLimn().bench.ways(...given),
  network: (...given) => ownLimn().bench.network(...given),
};
