import { enginesOf } from '../families.ts';
import type { FamilyCode } from '../family-code.ts';
import { mediapipeFamily } from './mediapipe-family.ts';
import { TasksEstimator } from './tasks-estimator.ts';

export const mediapipeCode: FamilyCode = {
  open: ({ options, openFinder, assets, progress, threads, chain }) =>
    chain(enginesOf(mediapipeFamily, openFinder !== null), async (engine) => {
      if (engine === 'tasks-webgl' || engine === 'tasks-wasm')
        return TasksEstimator.open(options, engine, assets, progress);
      // LiteRT is loaded only where it is used.
      const { GraphEstimator } = await import('./graph/graph-estimator.ts');
      return GraphEstimator.open(options, engine, assets, progress, threads, openFinder);
    }),
};
