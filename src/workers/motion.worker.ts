import type {
  LifterOrder,
  MotionCalls,
  MotionEvents,
  MotionRequest,
  OrderedStep,
} from '../app/motion/protocol.ts';
import { workOn } from '../app/motion/work-on.ts';
import { buffersOf } from '../core/bytes.ts';
import { HandedOver, serve } from '../core/port/serve.ts';
import type { Recording } from '../core/recording.ts';
import { liftRecording } from '../families/lifter/lift-recording.ts';
import { openLifter } from './networks/open-lifter.ts';
import { scope } from './scope/worker-scope.ts';

const emit = serve<MotionCalls, MotionEvents>(scope, {
  work: async (call, request) => {
    const worked = await workOn(request, {
      lift: (recording, step, report) => lift(recording, step, request.assets, report),
      report: (share) => call.report(share),
    });
    return new HandedOver(worked, buffersOf(worked.batches));
  },
});

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
