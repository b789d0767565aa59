import type { WorkerFactories } from '../../session/workers.ts';
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

/** How each worker is started. All but one are under the page's own security policy, whatever the host sends. */
export const workers: WorkerFactories = {
  estimate: () => startUnderPolicy(estimate),
  analyze: () => startUnderPolicy(analyze),
  store: () => startUnderPolicy(store),
  loop: () => startUnderPolicy(loop),
  actor: () => startUnderPolicy(actor),
  export: () => startUnderPolicy(exporting),
  import: () => startUnderPolicy(importing),
  fetch: () => startWithOwnPolicy(fetching),
  read: () => startUnderPolicy(read),
  timeline: () => startUnderPolicy(timeline),
  motion: () => startUnderPolicy(motion),
  liveLift: () => startUnderPolicy(liveLift),
  probe: () => startUnderPolicy(probe),
};
