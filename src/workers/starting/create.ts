import type { WorkerFactories } from '../../tracking/platform.ts';
import actor from '../actor.worker.ts?worker&url';
import analyze from '../analyze.worker.ts?worker&url';
import estimate from '../estimate.worker.ts?worker&url';
import exporting from '../export.worker.ts?worker&url';
import fetching from '../fetch.worker.ts?worker&url';
import importing from '../import.worker.ts?worker&url';
import liveLift from '../live-lift.worker.ts?worker&url';
import loop from '../loop.worker.ts?worker&url';
import motion from '../motion.worker.ts?worker&url';
import probe from '../probe.worker.ts?worker&url';
import read from '../read.worker.ts?worker&url';
import store from '../store.worker.ts?worker&url';
import timeline from '../timeline.worker.ts?worker&url';
import { startUnderPolicy, startWithOwnPolicy } from './start.ts';

/** How each worker of a Limn is started. All but one are under the page's own security policy, whatever the host sends. */
export function createWorkers(limn: string): WorkerFactories {
  return {
    estimate: () => startUnderPolicy(estimate, limn),
    analyze: () => startUnderPolicy(analyze, limn),
    store: () => startUnderPolicy(store, limn),
    loop: () => startUnderPolicy(loop, limn),
    actor: () => startUnderPolicy(actor, limn),
    export: () => startUnderPolicy(exporting, limn),
    import: () => startUnderPolicy(importing, limn),
    fetch: () => startWithOwnPolicy(fetching, limn),
    read: () => startUnderPolicy(read, limn),
    timeline: () => startUnderPolicy(timeline, limn),
    motion: () => startUnderPolicy(motion, limn),
    liveLift: () => startUnderPolicy(liveLift, limn),
    probe: () => startUnderPolicy(probe, limn),
  };
}
