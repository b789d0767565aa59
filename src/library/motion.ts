import { processMotion, toRecording } from '../app/motion/process.ts';
import { fromPlainRecording, type PlainRecording, toPlainRecording } from '../core/plain-recording.ts';
import { checkPlainRecording } from '../formats/limn-json/read.ts';
import type { AngleId } from '../motion/kinematics/angles.ts';
import { angles as jointMotion } from '../motion/kinematics/joint-motion.ts';
import type { MotionStep } from '../motion/steps.ts';
import { checkSteps } from '../recording/log/step-schema.ts';
import type { Platform } from '../tracking/platform.ts';

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

/** What is done to whole recordings. */
export interface Motion {
  /**
   * Does one thing after the other to a recording, in a worker; the recording given stays as it is. What was done is said in
   * `info.processing`. For example:
   *
   *     await transform(recording, fillGaps({ maximumFrames: 10 }), smooth({ cutoff: 6 }), lift(), place({ fov: 60 }));
   *
   * @param steps from the functions of this module (`fillGaps`, `smooth`, …); options for all of it may come last
   * @throws {LimnError} if a step isn't valid or can't be done; an `AbortError`
   */
  readonly transform: (
    recording: PlainRecording,
    ...steps: readonly (MotionStep | TransformOptions)[]
  ) => Promise<PlainRecording>;
}

export function motionOn(platform: Platform): Motion {
  return {
    async transform(recording, ...steps) {
      const last = steps.at(-1);
      const options = last && !('kind' in last) ? last : {};
      const checked = checkSteps(steps.filter((step) => step !== options));
      const { info, frames } = fromPlainRecording(checkPlainRecording(recording));
      const result = await processMotion({ info, frames, edits: [] }, checked, platform, options);
      return toPlainRecording(toRecording(result));
    },
  };
}
