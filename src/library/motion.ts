import { toRecording } from '../app/motion/decode.ts';
import { processMotion } from '../app/motion/process.ts';
import { fromPlainRecording, type PlainRecording, toPlainRecording } from '../core/plain-recording.ts';
import { checkPlainRecording } from '../formats/limn-json/read.ts';
import type { MotionStep } from '../motion/steps.ts';
import type { Platform } from '../tracking/platform.ts';
import { type StepOptions, splitSteps } from './here/transform.ts';

export interface TransformOptions extends StepOptions {
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
      const { checked, options } = splitSteps(steps);
      const { info, frames } = fromPlainRecording(checkPlainRecording(recording));
      const result = await processMotion({ info, frames, edits: [] }, checked, platform, options);
      return toPlainRecording(toRecording(result));
    },
  };
}
