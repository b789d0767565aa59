import { type Call, HandedOver, serve } from '../core/port/serve.ts';
import { Recording } from '../core/recording.ts';
import { liftRecording } from '../models/lifter/lift-recording.ts';
import { editRecording } from '../motion/corrections/apply.ts';
import { describeEdits } from '../motion/corrections/describe.ts';
import { floorPaths } from '../motion/placing/floor-paths.ts';
import { applyStep } from '../motion/steps.ts';
import type {
  LifterOrder,
  MotionCalls,
  MotionEvents,
  MotionRequest,
  OrderedStep,
} from '../session/motion/protocol.ts';
import { encodeFrames } from '../session/store/encode-frames.ts';
import { decodeBatch } from '../session/store/frame-codec.ts';
import { openLifter } from './open-lifter.ts';
import { scope } from './worker-scope.ts';

const emit = serve<MotionCalls, MotionEvents>(scope, {
  work: async (call, request) => {
    const recording = await work(request, call);
    const batches = encodeFrames(recording.frames);
    const worked = { info: recording.info, batches, paths: floorPaths(recording) };
    return new HandedOver(
      worked,
      batches.map(({ buffer }) => buffer),
    );
  },
});

async function work({ info, frames, edits, steps, assets }: MotionRequest, call: Call): Promise<Recording> {
  const decoded = frames.flatMap((item) => (item instanceof Uint8Array ? decodeBatch(item).frames : [item]));
  const corrections = describeEdits(edits, decoded);
  const corrected = corrections.length > 0 && { corrections: [...(info.corrections ?? []), ...corrections] };
  let recording = editRecording(new Recording({ ...info, ...corrected }, decoded), edits);
  for (const [position, step] of steps.entries()) {
    const report = (share: number): void => call.report((position + share) / steps.length);
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
    emit('engine-failed', { engine, reason }),
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
