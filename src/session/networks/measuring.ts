import { channelsOf } from '../../importers/graph.ts';
import { multiplyAdds, parameterCount } from '../../importers/shapes.ts';
import { type EngineId, engineOrders } from '../../models/engine-catalog.ts';
import type { ImportedNetwork } from '../../models/imported.ts';
import type { ModelInfo } from '../../models/model-info.ts';
import { netSizes } from '../../models/net-size.ts';
import { type EngineRun, raceEngines } from '../device-check/race.ts';
import { type TrackerOptions, toEstimatorOptions } from '../tracking/order.ts';
import type { Platform } from '../workers.ts';

/** What a network of OpenPose's kind is made of. */
export interface NetworkFacts {
  /** Columns × rows of the picture that it gets of a frame. */
  readonly input: string;
  readonly layers: number;
  readonly parameters: number;
  /** Of one picture. */
  readonly multiplyAdds: number;
  readonly maps: number;
}

/** An engine that has worked for so many milliseconds is through: a software GPU takes seconds a picture. */
const BUDGET_MS = 1500;
/** The first two aren't timed. */
const FRAMES = 7;

export function describeNetwork(
  { graph }: ImportedNetwork,
  frame: { readonly width: number; readonly height: number },
  options: TrackerOptions,
): NetworkFacts {
  const { maps } = toEstimatorOptions(options, 'image').options;
  const [size] = maps ? netSizes(frame, maps) : [];
  const { width, height } = size ?? frame;
  return {
    input: `${width} × ${height}`,
    layers: graph.nodes.length - 1,
    parameters: parameterCount(graph),
    multiplyAdds: multiplyAdds(graph, height, width),
    maps: channelsOf(graph).get(graph.output) ?? 0,
  };
}

export function enginesOf({ works }: ModelInfo): readonly EngineId[] {
  const { realGpu, onDemand } = engineOrders[works];
  return [...realGpu, ...onDemand];
}

/** The engine on one thread of the CPU, whose numbers are those of the networks' makers. */
export function referenceEngine({ works }: ModelInfo): EngineId {
  return works === 'mediapipe' ? 'tasks-wasm' : 'tfjs-wasm';
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
  const race = { engines: enginesOf(info), reference: referenceEngine(info), budgetMs: BUDGET_MS, seed: 1 };
  await raceEngines({ tracker, mode: 'image', frames, ...race }, platform, report, signal);
}
