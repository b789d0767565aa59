import { toSentence } from '../core/errors.ts';
import { normalise, toLiftedPose } from '../models/lifter/lift-recording.ts';
import type { Lifter } from '../models/lifter/lifter.ts';
import { LiveTracks } from '../models/lifter/live-tracks.ts';
import type { LiveLiftReply, LiveLiftRequest } from '../session/motion/live-protocol.ts';
import { openLifter } from './open-lifter.ts';
import { workerScope } from './worker-scope.ts';

const scope = workerScope<LiveLiftRequest, LiveLiftReply>();
let opened: { readonly lifter: Lifter; readonly tracks: LiveTracks } | null = null;
/** Are joints being computed, and has another frame come meanwhile? */
let isBusy = false;
let isNewer = false;
/** The newest frame's. */
let size = { width: 1, height: 1 };

scope.onmessage = async ({ data }) => {
  try {
    if (data.type === 'open') await open(data);
    else take(data);
  } catch (error) {
    scope.postMessage({ type: 'failed', message: toSentence(error) });
  }
};

async function open({ order, assets }: Extract<LiveLiftRequest, { type: 'open' }>): Promise<void> {
  const { lifter } = await openLifter(order, assets, ({ engine, reason }) =>
    scope.postMessage({ type: 'engine-failed', engine, reason }),
  );
  opened = { lifter, tracks: new LiveTracks(lifter.network.receptiveField, lifter.delay) };
  scope.postMessage({ type: 'opened', delay: lifter.delay });
}

/** Every frame is remembered; joints are computed of the newest one, when those before are done. */
function take({ people, time, width, height }: Extract<LiveLiftRequest, { type: 'frame' }>): void {
  if (!opened) return;
  opened.tracks.push(people, time);
  size = { width, height };
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
      if (people.length > 0) scope.postMessage({ type: 'lifted', people });
    }
  } catch (error) {
    scope.postMessage({ type: 'failed', message: toSentence(error) });
  } finally {
    isBusy = false;
  }
}
