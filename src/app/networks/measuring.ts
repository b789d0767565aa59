import type { EngineId } from '../../families/engines/engine-catalog.ts';
import { enginesOf, familyOf } from '../../families/families.ts';
import { netSizes } from '../../families/maps/net-size.ts';
import type { ModelInfo } from '../../families/model-info.ts';
import type { NetworkSize } from '../../tracking/networks/protocol.ts';
import { type TrackerOptions, toEstimatorOptions } from '../../tracking/order.ts';
import type { Platform } from '../../tracking/platform.ts';
import { type EngineRun, raceEngines } from '../device-check/race.ts';

/** What a network of OpenPose's kind is made of. */
export interface NetworkFacts extends NetworkSize {
  /** Columns × rows of the picture that it gets of a frame. */
  readonly input: string;
}

/** An engine that has worked for so many milliseconds is through: a software GPU takes seconds a picture. */
const BUDGET_MS = 1500;
/** The first two aren't timed. */
const FRAMES = 7;

export async function gatherFacts(
  id: string,
  frame: { readonly width: number; readonly height: number },
  options: TrackerOptions,
  platform: Platform,
): Promise<NetworkFacts> {
  const { maps } = toEstimatorOptions(options, 'image', platform.registry).options;
  const [size] = maps ? netSizes(frame, maps) : [];
  const { width, height } = size ?? frame;
  return { input: `${width} × ${height}`, ...(await platform.networks.measure(id, width, height)) };
}

/** @param hasFinder people are found for it by another network */
export function allEnginesOf(info: ModelInfo, hasFinder = false): readonly EngineId[] {
  const { realGpu, onDemand } = enginesOf(familyOf(info), hasFinder);
  return [...realGpu, ...onDemand];
}

/** Lets all engines of a model look at a picture, which stays the caller's. @throws an `AbortError` */
export async function measureEngines(
  info: ModelInfo,
  tracker: TrackerOptions,
  image: ImageBitmap,
  platform: Platform,
  report: (runs: readonly EngineRun[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const frames = Array.from({ length: FRAMES }, (_, time) => ({ image, time, truth: null }));
  const race = {
    engines: allEnginesOf(info),
    reference: familyOf(info).referenceEngine,
    budgetMs: BUDGET_MS,
    seed: 1,
  };
  await raceEngines({ tracker, mode: 'image', frames, ...race }, platform, report, signal);
}
