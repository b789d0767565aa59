import type { Recording, TrackedFrame } from '../../core/recording.ts';
import { editFrame } from '../../motion/corrections/apply.ts';
import { describeEdits } from '../../motion/corrections/describe.ts';
import type { FrameEdit } from '../../motion/corrections/edit.ts';
import { FloorPaths } from '../../motion/placing/floor-paths.ts';
import { applyStep, type PureStep } from '../../motion/steps.ts';
import { Workpiece } from '../../motion/tracks/workpiece.ts';
import { encodeFrames } from '../../recording/log/encode-frames.ts';
import { countFrames, decodeBatch } from '../../recording/log/frame-codec.ts';
import type { EncodedRecording, MotionRequest, OrderedStep } from './protocol.ts';

type LiftOrder = Exclude<OrderedStep, PureStep>;

/** What the work needs of its worker. */
export interface WorkTools {
  /** Lifts to 3-D, which takes a network. @param report told the share that is done */
  lift(recording: Recording, step: LiftOrder, report: (share: number) => void): Promise<Recording>;
  /** Told the share of all steps that is done, 0 to 1. */
  report(share: number): void;
}

/**
 * Does steps to a recording. Frames are decoded as they are needed, and what is done with is let go of: of a long recording,
 * only its columns lie in memory.
 *
 * @param request its list of frames is emptied
 * @throws {LimnError} if a step can't be done
 */
export async function workOn(
  { info, frames, edits, steps }: Omit<MotionRequest, 'assets'>,
  tools: WorkTools,
): Promise<EncodedRecording> {
  const corrections = describeEdits(edits, () => decode(frames, []));
  const corrected = corrections.length > 0 && { corrections: [...(info.corrections ?? []), ...corrections] };
  const total = frames.reduce((sum, item) => sum + (item instanceof Uint8Array ? countFrames(item) : 1), 0);
  const piece = new Workpiece({ ...info, ...corrected }, (pass) =>
    pass === 0 ? decode(frames, edits) : drain(frames, edits),
  );
  for (const [position, step] of steps.entries()) {
    const report = (share: number): void => tools.report((position + share) / steps.length);
    if ('lifter' in step) piece.setRecording(await tools.lift(piece.takeRecording(), step, report));
    else applyStep(piece, step);
    report(1);
  }
  const gatherer = new FloorPaths(piece.frameCount ?? total);
  const batches = encodeFrames(noting(piece.takeFrames(), gatherer));
  return { info: piece.info, batches, paths: gatherer.paths };
}

type Item = TrackedFrame | Uint8Array<ArrayBuffer>;

function* decode(items: Iterable<Item>, edits: readonly FrameEdit[]): Generator<TrackedFrame> {
  for (const item of items) {
    // The bytes are the worker's own, and stay as they are.
    const frames = item instanceof Uint8Array ? decodeBatch(item, true).frames : [item];
    for (const frame of frames) yield editFrame(frame, edits);
  }
}

/** As `decode`, and what has been decoded is let go of. */
function* drain(items: Item[], edits: readonly FrameEdit[]): Generator<TrackedFrame> {
  items.reverse();
  for (let item = items.pop(); item; item = items.pop()) yield* decode([item], edits);
}

function* noting(frames: Iterable<TrackedFrame>, gatherer: FloorPaths): Generator<TrackedFrame> {
  for (const frame of frames) {
    gatherer.add(frame.people);
    yield frame;
  }
}
