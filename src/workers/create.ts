import type { WorkerFactories } from '../session/workers.ts';

/** How each worker is started. Written out, for bundlers look for exactly this form. */
export const workers: WorkerFactories = {
  estimate: () => new Worker(new URL('./estimate.worker.ts', import.meta.url), { type: 'module' }),
  analyze: () => new Worker(new URL('./analyze.worker.ts', import.meta.url), { type: 'module' }),
  store: () => new Worker(new URL('./store.worker.ts', import.meta.url), { type: 'module' }),
  loop: () => new Worker(new URL('./loop.worker.ts', import.meta.url), { type: 'module' }),
  actor: () => new Worker(new URL('./actor.worker.ts', import.meta.url), { type: 'module' }),
  export: () => new Worker(new URL('./export.worker.ts', import.meta.url), { type: 'module' }),
  import: () => new Worker(new URL('./import.worker.ts', import.meta.url), { type: 'module' }),
  fetch: () => new Worker(new URL('./fetch.worker.ts', import.meta.url), { type: 'module' }),
  read: () => new Worker(new URL('./read.worker.ts', import.meta.url), { type: 'module' }),
  timeline: () => new Worker(new URL('./timeline.worker.ts', import.meta.url), { type: 'module' }),
  motion: () => new Worker(new URL('./motion.worker.ts', import.meta.url), { type: 'module' }),
  liveLift: () => new Worker(new URL('./live-lift.worker.ts', import.meta.url), { type: 'module' }),
  probe: () => new Worker(new URL('./probe.worker.ts', import.meta.url), { type: 'module' }),
};
