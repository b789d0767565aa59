import { enginesOf } from '../families.ts';
import type { FamilyCode } from '../family-code.ts';
import { buildTask } from './faces/build-task.ts';
import { mediapipeFamily } from './mediapipe-family.ts';

export const mediapipeCode: FamilyCode = {
  build: buildTask,
  open: ({ options, openFinder, assets, progress, threads, chain }) =>
    chain(enginesOf(mediapipeFamily, openFinder !== null), async (engine) => {
      // Runtimes are loaded only where they are used.
      if (engine === 'tasks-webgl' || engine === 'tasks-wasm') {
        const { TasksEstimator } = await import('./tasks-estimator.ts');
        return TasksEstimator.open(options, engine, assets, progress);
      }
      const { GraphEstimator } = await import('./graph/graph-estimator.ts');
      return GraphEstimator.open(options, engine, assets, progress, threads, openFinder);
    }),
};
