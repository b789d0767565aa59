import { backendOf, type EngineId, enginesToTry } from '../../../families/engines/engine-catalog.ts';
import { enginesOf, families } from '../../../families/families.ts';
import type { ModelOrder } from '../../protocol.ts';
import { shareOfThreads, workersFor } from './worker-count.ts';

/** How whole videos are tracked: what the model is opened with, and by how many workers at once. */
export interface Way {
  readonly order: ModelOrder;
  readonly workers: number;
}

/** An engine, and how many workers use it at once. */
export interface WayChoice {
  readonly engine: EngineId;
  readonly workers: number;
}

/** These take all cores for one worker, unless they are told to leave some to others. */
const TAKES_ALL_CORES: readonly EngineId[] = ['litert-wasm'];

/**
 * How a video is tracked by an order.
 *
 * @param asked workers that somebody has asked for; `null`: as many as suit the device
 * @param most workers that have something to do
 */
export function toWay(order: ModelOrder, asked: number | null, hasRealGpu: boolean, most: number): Way {
  const workers = Math.max(1, Math.min(workersFor(asked, order, hasRealGpu), most));
  const [engine] = enginesToTry(order.engine, hasRealGpu, enginesFor(order), order.measured);
  // Several workers with a thread each get more done than one with several.
  const isShared = workers > 1 && engine !== undefined && TAKES_ALL_CORES.includes(engine);
  return { order: isShared ? { ...order, threads: shareOfThreads(workers) } : order, workers };
}

/** What is worth measuring for `auto`: engines that may be quick here, the one that the others are held against first. */
export function waysToMeasure(order: ModelOrder, hasRealGpu: boolean, most: number): WayChoice[] {
  const { referenceEngine } = families[order.networks.family];
  const { realGpu, onDemand } = enginesFor(order);
  const engines = [...realGpu, ...onDemand].filter((engine) => isQuick(engine, hasRealGpu));
  const sorted = [
    ...engines.filter((engine) => engine === referenceEngine),
    ...engines.filter((engine) => engine !== referenceEngine),
  ];
  return sorted.flatMap((engine) => {
    const { workers } = toWay({ ...order, engine }, null, hasRealGpu, most);
    const counts = workers > 1 && TAKES_ALL_CORES.includes(engine) ? [workers, 1] : [workers];
    return counts.map((count) => ({ engine, workers: count }));
  });
}

/** What a program on the CPU does for a GPU is never faster than the same CPU by itself; nor is plain JavaScript. */
function isQuick(engine: EngineId, hasRealGpu: boolean): boolean {
  const backend = backendOf(engine);
  return backend === 'wasm' || (hasRealGpu && backend !== 'cpu');
}

function enginesFor({ networks }: ModelOrder): ReturnType<typeof enginesOf> {
  return enginesOf(families[networks.family], networks.finder !== null);
}
