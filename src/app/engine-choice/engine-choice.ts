import { DEFAULT_MODEL } from '../../families/catalog/catalog.ts';
import { backendOf, type EngineId } from '../../families/engines/engine-catalog.ts';
import { familyOf } from '../../families/families.ts';
import type { ModelInfo } from '../../families/model-info.ts';
import { type MeasuredEngine, recallEngines, rememberEngines } from '../../tracking/engines/remembered.ts';
import { type TrackerOptions, toEstimatorOptions } from '../../tracking/order.ts';
import type { Platform } from '../../tracking/platform.ts';
import { drawFrames } from '../device-check/frames.ts';
import { probeFacts } from '../device-check/probe-client.ts';
import { raceEngines } from '../device-check/race.ts';
import { allEnginesOf } from '../networks/measuring.ts';
import { rankEngines, usualEngines } from './rank.ts';

/** An engine that has worked for so many milliseconds is through: who needs longer isn't the fastest. */
const BUDGET_MS = 400;
const FRAMES = 14;
/** The demo actor shows its hands from the start. */
const SEED = 2;

export interface EngineChoiceEvents {
  /** The engines are there and begin to take turns: nothing else should keep the device busy. @returns they are through */
  readonly onTurns?: () => () => void;
  readonly signal?: AbortSignal;
}

/**
 * Lets the engines of a model look at the demo actor, and remembers which is right and how fast, for this browser on this
 * device. Whoever asks for `auto` from then on gets the best.
 *
 * @returns the best first
 * @throws {LimnError} if an option isn't valid, or the demo actor can't be drawn; an `AbortError`
 */
export async function measureForAuto(
  tracker: TrackerOptions,
  platform: Platform,
  { onTurns, signal = new AbortController().signal }: EngineChoiceEvents = {},
): Promise<readonly MeasuredEngine[]> {
  const info = platform.registry.info(tracker.model ?? DEFAULT_MODEL);
  const { options } = toEstimatorOptions(tracker, 'video', platform.registry);
  const { webgl, webgpu } = await probeFacts(platform);
  // What a program on the CPU does for a GPU is never faster than the same CPU by itself.
  const isReal = (gpu: typeof webgl): boolean => gpu !== null && !gpu.isSoftware;
  const hasFinder = options.finder !== undefined;
  const engines = allEnginesOf(info, hasFinder).filter(
    (id) =>
      (!id.endsWith('webgl') || isReal(webgl)) &&
      (!id.endsWith('webgpu') || isReal(webgpu)) &&
      !id.endsWith('cpu'),
  );
  const frames = await drawFrames(info.finds, FRAMES, SEED, platform, signal);
  try {
    const race = {
      tracker,
      mode: 'video',
      engines,
      reference: referenceAmong(engines, info),
      frames,
    } as const;
    const runs = await raceEngines(
      { ...race, budgetMs: BUDGET_MS, seed: SEED, ...(onTurns && { onTurns }) },
      platform,
      () => undefined,
      signal,
    );
    const ranked = rankEngines(runs, usualEngines(info, webgl, hasFinder));
    if (ranked.length > 0) await rememberEngines(options, platform, ranked);
    return ranked;
  } finally {
    for (const { image } of frames) image.close();
  }
}

/** The engine that the others are held against: the family's own, or where that isn't among them, the first on WASM. */
function referenceAmong(engines: readonly EngineId[], info: ModelInfo): EngineId {
  const { referenceEngine } = familyOf(info);
  if (engines.includes(referenceEngine)) return referenceEngine;
  return engines.find((engine) => backendOf(engine) === 'wasm') ?? referenceEngine;
}

/** Measures once for each model that `auto` is used with, while it runs. */
export class EngineRaces {
  readonly #platform: Platform;
  #abort: AbortController | null = null;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** @returns `null`: it was measured before, or is being measured, or could not be */
  async consider(
    tracker: TrackerOptions,
    onTurns: () => () => void,
  ): Promise<readonly MeasuredEngine[] | null> {
    const { options, engine } = toEstimatorOptions(tracker, 'video', this.#platform.registry);
    if (engine !== 'auto' || this.#abort) return null;
    const abort = new AbortController();
    this.#abort = abort;
    try {
      if (await recallEngines(options, this.#platform)) return null;
      return await measureForAuto(tracker, this.#platform, { onTurns, signal: abort.signal });
    } catch {
      // Nobody has asked for it: what runs goes on, and it is measured the next time.
      return null;
    } finally {
      if (this.#abort === abort) this.#abort = null;
    }
  }

  cancel(): void {
    this.#abort?.abort(new DOMException('The source has ended.', 'AbortError'));
    this.#abort = null;
  }
}
