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

/**
 * How each worker of a Limn is started. All but one are under the page's own security policy, whatever the host sends.
 *
 * @param limn whose workers they are, by its name
 * @param addressOf where a built file lies
 */
export function createWorkers(limn: string, addressOf: (file: string) => string): WorkerFactories {
  const start = (script: string): Worker => startUnderPolicy(addressOf(script), limn);
  return {
    estimate: () => start(estimate),
    analyze: () => start(analyze),
    store: () => start(store),
    loop: () => start(loop),
    actor: () => start(actor),
    export: () => start(exporting),
    import: () => start(importing),
    fetch: () => startWithOwnPolicy(addressOf(fetching), limn),
    read: () => start(read),
    timeline: () => start(timeline),
    motion: () => start(motion),
    liveLift: () => start(liveLift),
    probe: () => start(probe),
  };
}
