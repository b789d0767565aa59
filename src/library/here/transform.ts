import { toRecording } from '../../app/motion/decode.ts';
import { withKnownCamera } from '../../app/motion/known-camera.ts';
import { workOn } from '../../app/motion/work-on.ts';
import type { Cancellation } from '../../core/async/async.ts';
import { LimnError } from '../../core/errors.ts';
import { fromPlainRecording, type PlainRecording, toPlainRecording } from '../../core/plain-recording.ts';
import { checkPlainRecording } from '../../formats/limn-json/read.ts';
import type { MotionStep, PureStep } from '../../motion/steps.ts';
import { checkSteps } from '../../recording/log/step-schema.ts';

/** For all steps together. */
export interface StepOptions {
  /** Told how much is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Ends the work with an `AbortError`. */
  readonly signal?: Cancellation;
}

/**
 * Does one thing after the other to a recording; the recording given stays as it is. What was done is said in
 * `info.processing`. For example:
 *
 *     await transform(recording, fillGaps({ maximumFrames: 10 }), smooth({ cutoff: 6 }), place({ fov: 60 }));
 *
 * @param steps from the functions of this module (`fillGaps`, `smooth`, …), all but `lift`, which takes a network; options for
 * all of it may come last
 * @throws {LimnError} if a step isn't valid or can't be done; an `AbortError`
 */
export async function transform(
  recording: PlainRecording,
  ...steps: readonly (MotionStep | StepOptions)[]
): Promise<PlainRecording> {
  const {
    checked,
    options: { onProgress, signal },
  } = splitSteps(steps);
  const { info, frames } = fromPlainRecording(checkPlainRecording(recording));
  const pure = checked.map((step) => withKnownCamera(withoutNetwork(step), info));
  signal?.throwIfAborted();
  const worked = await workOn(
    { info, frames: [...frames], edits: [], steps: pure },
    {
      lift: () => Promise.reject(needsNetwork()),
      report: (share) => {
        signal?.throwIfAborted();
        onProgress?.(share);
      },
    },
  );
  return toPlainRecording(toRecording(worked));
}

/** Steps, and the options behind them. @throws {LimnError} naming the first that isn't valid, and why */
export function splitSteps<Options extends StepOptions>(
  given: readonly (MotionStep | Options)[],
): { readonly checked: readonly MotionStep[]; readonly options: Partial<Options> } {
  const last = given.at(-1);
  const options = last && !('kind' in last) ? last : {};
  return { checked: checkSteps(given.filter((step) => step !== options)), options };
}

function withoutNetwork(step: MotionStep): PureStep {
  if (step.kind === 'lift') throw needsNetwork();
  return step;
}

function needsNetwork(): LimnError {
  return new LimnError(
    'lift takes a network, which runs in a browser: transform of the main entry ("limn") has it. All other steps are done here.',
  );
}
