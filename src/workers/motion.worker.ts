import { toSentence } from '../core/errors.ts';
import { Recording } from '../core/recording.ts';
import { liftRecording } from '../models/lifter/lift-recording.ts';
import { editRecording } from '../motion/corrections/apply.ts';
import { describeEdits } from '../motion/corrections/describe.ts';
import { floorPaths } from '../motion/placing/floor-paths.ts';
import { applyStep } from '../motion/steps.ts';
import type { LifterOrder, MotionReply, MotionRequest, OrderedStep } from '../session/motion/protocol.ts';
import { encodeFrames } from '../session/store/encode-frames.ts';
import { decodeBatch } from '../session/store/frame-codec.ts';
import { openLifter } from './open-lifter.ts';
import { workerScope } from './worker-scope.ts';

const scope = workerScope<MotionRequest, MotionReply>();

scope.onmessage = async ({ data }) => {
  try {
    const recording = await work(data);
    const batches = encodeFrames(recording.frames);
    scope.postMessage(
      { type: 'done', info: recording.info, batches, paths: floorPaths(recording) },
      batches.map(({ buffer }) => buffer),
    );
  } catch (error) {
    scope.postMessage({ type: 'failed', message: toSentence(error) });
  }
};

async function work({ info, frames, edits, steps, assets }: MotionRequest): Promise<Recording> {
  const decoded = frames.flatMap((item) => (item instanceof Uint8Array ? decodeBatch(item).frames : [item]));
  const corrections = describeEdits(edits, decoded);
  const corrected = corrections.length > 0 && { corrections: [...(info.corrections ?? []), ...corrections] };
  let recording = editRecording(new Recording({ ...info, ...corrected }, decoded), edits);
  for (const [position, step] of steps.entries()) {
    const report = (share: number): void =>
      scope.postMessage({ type: 'progress', share: (position + share) / steps.length });
    recording = 'lifter' in step ? await lift(recording, step, assets, report) : applyStep(recording, step);
    report(1);
  }
  return recording;
}

async function lift(
  recording: Recording,
  { lifter: order, kind: _, ...options }: Extract<OrderedStep, { lifter: LifterOrder }>,
  assets: MotionRequest['assets'],
  report: (share: number) => void,
): Promise<Recording> {
  const { lifter, sha256 } = await openLifter(order, assets, ({ engine, reason }) =>
    scope.postMessage({ type: 'engine-failed', engine, reason }),
  );
  try {
    const { receptiveField, isCausal } = lifter.network;
    const { engine, device, parity } = lifter.device;
    const noted = { model: order.model, sha256, receptiveField, isCausal, engine, device, parity };
    return await liftRecording(
      recording,
      (track, isMirrored, told) => lifter.lift(track, isMirrored, told),
      noted,
      options,
      report,
    );
  } finally {
    lifter.close();
  }
}
