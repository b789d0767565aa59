import { toSentence } from '../../core/errors.ts';
import { channelsOf } from '../../importers/graph.ts';
import { multiplyAdds, parameterCount } from '../../importers/shapes.ts';
import { bundledEngines, type EngineId, networkEngines, tfjsEngines } from '../../models/engine-catalog.ts';
import type { ImportedNetwork } from '../../models/imported.ts';
import type { ModelInfo } from '../../models/model-info.ts';
import { netSizes } from '../../models/net-size.ts';
import type { Parity } from '../../models/runtime/parity.ts';
import { EstimatorClient } from '../estimator-client.ts';
import { type TrackerOptions, toEstimatorOptions } from '../order.ts';
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

/** What an engine does with a network. */
export interface EngineFigures {
  readonly engine: EngineId;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly device: string | null;
  readonly parity: Parity | null;
  /** Median of a whole frame, picture in and people out. */
  readonly milliseconds: number | null;
  readonly reason: string | null;
}

/** Runs beyond this, in milliseconds, are not repeated: a software GPU takes seconds a picture. */
const LONG_RUN_MS = 1500;
const RUNS = 5;

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
  const order = { mediapipe: bundledEngines, maps: networkEngines, movenet: tfjsEngines }[works];
  return [...order.realGpu, ...order.onDemand];
}

/**
 * Runs a model on each of its engines, one after the other, each in a worker of its own.
 *
 * @param picture gives a picture to look at, which is closed
 */
export async function measureEngines(
  info: ModelInfo,
  options: TrackerOptions,
  picture: () => Promise<ImageBitmap>,
  platform: Platform,
  report: (figures: readonly EngineFigures[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const none = { device: null, parity: null, milliseconds: null, reason: null };
  const figures: EngineFigures[] = enginesOf(info).map((engine) => ({ engine, state: 'waiting', ...none }));
  report(figures);
  for (const [i, { engine }] of figures.entries()) {
    if (signal.aborted) return;
    figures[i] = { engine, state: 'running', ...none };
    report([...figures]);
    figures[i] = await measureEngine(engine, options, picture, platform, signal).catch(
      (error: unknown): EngineFigures => ({ engine, state: 'failed', ...none, reason: toSentence(error) }),
    );
    if (!signal.aborted) report([...figures]);
  }
}

async function measureEngine(
  engine: EngineId,
  options: TrackerOptions,
  picture: () => Promise<ImageBitmap>,
  platform: Platform,
  signal: AbortSignal,
): Promise<EngineFigures> {
  const wanted = toEstimatorOptions({ ...options, engine }, 'image');
  let reason: string | null = null;
  const client = await EstimatorClient.open(wanted.options, wanted.engine, platform, {
    onEngineFailure: (failed, why) => {
      if (failed === engine) reason = why;
    },
  });
  const onAbort = (): void => client.close();
  signal.addEventListener('abort', onAbort);
  try {
    const { device, parity = null } = client.device;
    const none = { device: null, parity: null, milliseconds: null };
    if (client.device.engine !== engine) return { engine, state: 'failed', ...none, reason };
    const times: number[] = [];
    for (let i = 0; i <= RUNS; i++) {
      const { milliseconds, image } = await client.estimate(await picture(), i);
      image.close();
      // The first run compiles what wasn't yet.
      if (i > 0 || milliseconds > LONG_RUN_MS) times.push(milliseconds);
      if (milliseconds > LONG_RUN_MS) break;
    }
    if (client.device.engine !== engine) return { engine, state: 'failed', ...none, reason };
    times.sort((a, b) => a - b);
    const milliseconds = times[Math.floor(times.length / 2)] ?? null;
    return { engine, state: 'done', device, parity, milliseconds, reason: null };
  } finally {
    signal.removeEventListener('abort', onAbort);
    client.close();
  }
}
