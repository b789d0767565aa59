import { medianOf } from '../../core/numbers/quantiles.ts';
import type { GpuFacts } from '../../families/device-facts.ts';
import { type EngineId, enginesToTry } from '../../families/engines/engine-catalog.ts';
import { enginesOf, familyOf } from '../../families/families.ts';
import type { ModelInfo } from '../../families/model-info.ts';
import { type MeasuredEngine, RIGHT_WITHIN_PIXELS } from '../../tracking/engines/remembered.ts';
import type { EngineRun } from '../device-check/race.ts';

/** Who takes another's place takes at most so much of its time: measuring isn't better than that. */
const CLEARLY_FASTER = 0.9;

/** Engines in the order in which they are tried where nothing was measured. */
export function usualEngines(
  info: ModelInfo,
  webgl: GpuFacts | null,
  hasFinder = false,
): readonly EngineId[] {
  return enginesToTry('auto', webgl !== null && !webgl.isSoftware, enginesOf(familyOf(info), hasFinder));
}

/**
 * Engines that compute rightly, the best first. The usual one stays the best unless another is clearly faster.
 *
 * @param usual engines in the order in which they are tried where nothing was measured
 */
export function rankEngines(runs: readonly EngineRun[], usual: readonly EngineId[]): MeasuredEngine[] {
  const right = runs
    .flatMap(({ engine, state, difference, times }): MeasuredEngine[] => {
      const medianMs = medianOf(times);
      const isRight = state === 'done' && (difference?.mean ?? 0) <= RIGHT_WITHIN_PIXELS;
      return isRight && medianMs !== null ? [{ engine, medianMs }] : [];
    })
    .sort((a, b) => a.medianMs - b.medianMs);
  const [fastest] = right;
  const first = usual.find((id) => right.some(({ engine }) => engine === id));
  const standing = right.find(({ engine }) => engine === first);
  if (!fastest || !standing || fastest.medianMs < CLEARLY_FASTER * standing.medianMs) return right;
  return [standing, ...right.filter((each) => each !== standing)];
}
