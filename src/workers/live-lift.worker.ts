import type { LiveLiftCalls, LiveLiftEvents } from '../app/motion/live-protocol.ts';
import type { LifterOrder } from '../app/motion/protocol.ts';
import { toSentence } from '../core/errors.ts';
import { serve } from '../core/port/serve.ts';
import type { Person } from '../core/pose.ts';
import type { AssetAddresses } from '../families/files/assets.ts';
import { normalise, toLiftedPose } from '../families/lifter/lift-recording.ts';
import type { Lifter } from '../families/lifter/lifter.ts';
import { LiveTracks } from '../families/lifter/live-tracks.ts';
import { openLifter } from './networks/open-lifter.ts';
import { scope } from './scope/worker-scope.ts';

let opened: { readonly lifter: Lifter; readonly tracks: LiveTracks } | null = null;
/** Are joints being computed, and has another frame come meanwhile? */
let isBusy = false;
let isNewer = false;
/** The newest frame's. */
let size = { width: 1, height: 1 };

const emit = serve<LiveLiftCalls, LiveLiftEvents>(scope, {
  open: (_, order, assets) => open(order, assets),
  take: (_, people, time, width, height) => take(people, time, { width, height }),
});

async function open(order: LifterOrder, assets: AssetAddresses): Promise<number> {
  const { lifter } = await openLifter(order, assets, ({ engine, reason }) =>
    emit('engine-failed', { engine, reason }),
  );
  opened = { lifter, tracks: new LiveTracks(lifter.network.receptiveField, lifter.delay) };
  return lifter.delay;
}

/** Every frame is remembered; joints are computed of the newest one, when those before are done. */
function take(people: readonly Person[], time: number, of: typeof size): void {
  if (!opened) return;
  opened.tracks.push(people, time);
  size = of;
  isNewer = true;
  if (!isBusy) void work(opened);
}

async function work({ lifter, tracks }: NonNullable<typeof opened>): Promise<void> {
  isBusy = true;
  try {
    while (isNewer) {
      isNewer = false;
      const people = [];
      for (const { personId: id, time, pose, track } of tracks.windows()) {
        const normalised = normalise(track, lifter.network.receptiveField, () => size);
        const joints = await lifter.liftWindow(normalised, false);
        people.push({ id, time, pose: toLiftedPose(pose, joints, (x, y, z) => [x, -y, -z]) });
      }
      if (people.length > 0) emit('lifted', people);
    }
  } catch (error) {
    emit('failed', toSentence(error));
  } finally {
    isBusy = false;
  }
}
