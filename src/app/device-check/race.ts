import { toReason } from '../../core/errors.ts';
import { createRandom, shuffle } from '../../core/numbers/random.ts';
import type { Detections, Person, Pose } from '../../core/pose.ts';
import { DEFAULT_MODEL } from '../../families/catalog/catalog.ts';
import type { EngineId } from '../../families/engines/engine-catalog.ts';
import type { DeviceInfo, EstimatorOptions } from '../../families/estimator.ts';
import type { ModelInfo } from '../../families/model-info.ts';
import { type KeypointDistance, keypointDistances } from '../../motion/series/distances.ts';
import { EstimatorClient } from '../../tracking/estimator-client.ts';
import { type TrackerOptions, toEstimatorOptions } from '../../tracking/order.ts';
import type { Platform } from '../../tracking/platform.ts';
import { handsOf, type RaceFrame } from './frames.ts';

export interface RaceOptions {
  readonly tracker: TrackerOptions;
  readonly mode: EstimatorOptions['mode'];
  readonly engines: readonly EngineId[];
  /** Whose keypoints the others' are held against, if it runs. */
  readonly reference: EngineId;
  readonly frames: readonly RaceFrame[];
  /** An engine that has worked for so many milliseconds is through. */
  readonly budgetMs: number;
  /** In which order the engines take their turns follows from it. */
  readonly seed: number;
  /** The engines are there and begin to take turns. @returns they are through */
  readonly onTurns?: () => () => void;
}

export interface EngineRun {
  readonly engine: EngineId;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** Why it failed. */
  readonly reason: string | null;
  readonly device: DeviceInfo | null;
  /** From asking for the engine to its first people. */
  readonly firstResultMs: number | null;
  /** Milliseconds of each frame in the worker, from the picture to people; without the first ones. */
  readonly times: readonly number[];
  /** From the reference's keypoints, in pixels. */
  readonly difference: { readonly largest: number; readonly mean: number } | null;
  /** Beside the truth: the median distance in pixels, and the share of keypoints within a tenth of the person's size. */
  readonly accuracy: { readonly medianPixels: number; readonly within: number } | null;
}

/** Networks are compiled, and people found, in these. */
const WARM_UP_FRAMES = 2;
/** So many frames one after the other: an engine whose threads and caches are never warm isn't as fast as it is. */
const TURN_FRAMES = 4;
/** A keypoint is right within this share of the person's longer side. */
const RIGHT_WITHIN = 0.1;

/** An engine at its start, and what it has done so far. */
interface Runner {
  readonly engine: EngineId;
  readonly client: EstimatorClient;
  readonly firstResultMs: number;
  readonly times: number[];
  readonly found: Detections[];
  spentMs: number;
  reason: string | null;
}

/**
 * Several engines look at the same frames in turns, so that whatever else the device does hits all alike. Each has a
 * worker of its own.
 *
 * @param report told of every change
 * @throws an `AbortError`
 */
export async function raceEngines(
  options: RaceOptions,
  platform: Platform,
  report: (runs: readonly EngineRun[]) => void,
  signal: AbortSignal,
): Promise<readonly EngineRun[]> {
  const runs = new Map<EngineId, EngineRun>(
    options.engines.map((engine) => [engine, { ...NOTHING, engine, state: 'waiting' }]),
  );
  const set = (run: EngineRun): void => {
    runs.set(run.engine, run);
    report([...runs.values()]);
  };
  const runners: Runner[] = [];
  const onAbort = (): void => {
    for (const { client } of runners) client.close();
  };
  signal.addEventListener('abort', onAbort);
  try {
    for (const engine of options.engines) {
      signal.throwIfAborted();
      set({ ...NOTHING, engine, state: 'running' });
      try {
        const runner = await start(engine, options, platform);
        runners.push(runner);
      } catch (error) {
        signal.throwIfAborted();
        set({ ...NOTHING, engine, state: 'failed', reason: toReason(error) });
      }
    }
    const onThrough = options.onTurns?.();
    try {
      await takeTurns(runners, options, signal, (runner) =>
        set({ ...NOTHING, engine: runner.engine, state: 'running', times: [...runner.times] }),
      );
    } finally {
      onThrough?.();
    }
    const reference = runners.find(({ engine }) => engine === options.reference) ?? null;
    const { finds } = platform.registry.info(options.tracker.model ?? DEFAULT_MODEL);
    for (const runner of runners) set(toRun(runner, reference, options.frames, finds));
    return [...runs.values()];
  } finally {
    signal.removeEventListener('abort', onAbort);
    onAbort();
  }
}

const NOTHING = {
  reason: null,
  device: null,
  firstResultMs: null,
  times: [],
  difference: null,
  accuracy: null,
} as const;

/** @throws {Error} why the engine doesn't run */
async function start(
  engine: EngineId,
  { tracker, mode, frames }: RaceOptions,
  platform: Platform,
): Promise<Runner> {
  const wanted = toEstimatorOptions({ ...tracker, engine }, mode, platform.registry);
  let reason: string | null = null;
  const began = performance.now();
  const client = await EstimatorClient.open(wanted.options, wanted.engine, platform, {
    onEngineFailure: (failed, why) => {
      if (failed === engine) reason = why;
    },
  });
  const runner: Runner = { engine, client, firstResultMs: 0, times: [], found: [], spentMs: 0, reason: null };
  try {
    const [first] = frames;
    if (client.device.engine === engine && first) await look(runner, first);
    if (client.device.engine !== engine) throw new Error(reason ?? 'Another engine took its place.');
    return { ...runner, firstResultMs: performance.now() - began };
  } catch (error) {
    client.close();
    throw error;
  }
}

async function takeTurns(
  runners: readonly Runner[],
  { frames, budgetMs, seed }: RaceOptions,
  signal: AbortSignal,
  onTurn: (runner: Runner) => void,
): Promise<void> {
  const random = createRandom(seed);
  for (let first = 1; first < frames.length; first += TURN_FRAMES) {
    for (const runner of shuffle(random, runners)) {
      for (const [i, frame] of frames.slice(first, first + TURN_FRAMES).entries()) {
        signal.throwIfAborted();
        if (runner.reason !== null || (runner.times.length > 0 && runner.spentMs > budgetMs)) break;
        try {
          const milliseconds = await look(runner, frame);
          if (runner.client.device.engine !== runner.engine) throw new Error('It gave up while it ran.');
          if (first + i >= WARM_UP_FRAMES || milliseconds > budgetMs) runner.times.push(milliseconds);
          runner.spentMs += milliseconds;
          onTurn(runner);
        } catch (error) {
          signal.throwIfAborted();
          runner.reason = toReason(error);
        }
      }
    }
  }
}

/** @returns milliseconds in the worker */
async function look({ client, found }: Runner, { image, time }: RaceFrame): Promise<number> {
  const result = await client.estimate(await createImageBitmap(image), time);
  result.image.close();
  found.push(result.detections);
  return result.milliseconds;
}

function toRun(
  { engine, client, firstResultMs, times, found, reason }: Runner,
  reference: Runner | null,
  frames: readonly RaceFrame[],
  finds: ModelInfo['finds'],
): EngineRun {
  if (reason !== null) return { ...NOTHING, engine, state: 'failed', reason };
  const away = reference
    ? found.flatMap((each, i) => keypointDistances(reference.found[i]?.[finds] ?? [], each[finds]))
    : [];
  const off = found.flatMap((each, i) =>
    keypointDistances((frames[i]?.truth ?? []).flatMap(trulyIn[finds]), each[finds]),
  );
  return {
    engine,
    state: 'done',
    reason: null,
    device: client.device,
    firstResultMs,
    times,
    difference: toDifference(away),
    accuracy: toAccuracy(off),
  };
}

const trulyIn = {
  bodies: ({ body }: Person): Pose[] => (body ? [body] : []),
  hands: handsOf,
} as const;

function toDifference(distances: readonly KeypointDistance[]): EngineRun['difference'] {
  const pixels = measured(distances);
  if (pixels.length === 0) return null;
  const sum = pixels.reduce((a, b) => a + b, 0);
  return { largest: pixels.at(-1) ?? 0, mean: sum / pixels.length };
}

function toAccuracy(distances: readonly KeypointDistance[]): EngineRun['accuracy'] {
  const pixels = measured(distances);
  const medianPixels = pixels[Math.floor(pixels.length / 2)];
  if (medianPixels === undefined) return null;
  const right = distances.filter(({ share }) => share !== null && share <= RIGHT_WITHIN).length;
  return { medianPixels, within: right / distances.length };
}

/** Those of keypoints that both have, the smallest first. */
function measured(distances: readonly KeypointDistance[]): number[] {
  return distances.flatMap(({ pixels }) => (pixels === null ? [] : [pixels])).sort((a, b) => a - b);
}
