import type { MotionCalls } from '../../src/app/motion/protocol.ts';
import { workOn } from '../../src/app/motion/work-on.ts';
import { serveTimeline } from '../../src/app/timeline/serve-timeline.ts';
import { serve } from '../../src/core/port/serve.ts';
import type { TrackedFrame } from '../../src/core/recording.ts';
import { encodeFrames } from '../../src/recording/log/encode-frames.ts';
import type { StoredState } from '../../src/recording/log/stored-info.ts';
import type { StoreClient } from '../../src/recording/store-client.ts';
import { type Platform, withNetworks } from '../../src/tracking/platform.ts';
import { memoryStoreWorker } from './memory-store.ts';
import { info, personAt } from './people.ts';
import { servedWorker } from './served-worker.ts';

/** The workers that stored recordings need, without threads. Those for motion do all steps but lifting. */
export function memoryPlatform(): Platform & { readonly motionRuns: number } {
  let motionRuns = 0;
  const motion = (): Worker => {
    motionRuns++;
    return servedWorker((endpoint) =>
      serve<MotionCalls>(endpoint, {
        work: (_, request) =>
          workOn(request, {
            lift: () => Promise.reject(new Error('There is no network.')),
            report: () => {},
          }),
      }),
    );
  };
  const workers = { store: () => memoryStoreWorker(), timeline: () => servedWorker(serveTimeline), motion };
  return {
    ...withNetworks({ workers, assets: {}, version: 'test', name: '' } as unknown as Platform),
    get motionRuns() {
      return motionRuns;
    },
  };
}

/** Somebody who walks to the right, one frame after the other at 30 a second. */
export function walkingFrames(count: number, first = 0): TrackedFrame[] {
  return Array.from({ length: count }, (_, i) => {
    const index = first + i;
    return { index, time: index / 30, people: [personAt(0, 100 + index, 200)] };
  });
}

/** Keeps a recording of so many frames of `walkingFrames`; `tracking`: it is not finished. */
export async function keepWalk(
  store: StoreClient,
  id: string,
  count: number,
  state: StoredState = 'finished',
): Promise<void> {
  const stored = {
    name: `${id}.mp4`,
    state,
    info,
    order: { model: 'x', hands: false, people: 1, engine: 'x', selection: {} },
    fingerprint: { byteLength: 1, partsSha256: id },
    total: count,
  };
  const recording = await store.recordings.create(id, stored, 'keeping');
  for (const batch of encodeFrames(walkingFrames(count))) await recording.append(batch);
  recording.close();
}
