import { LimnError } from '../../core/errors.ts';
import { medianOf, quantileOf } from '../../core/numbers/quantiles.ts';
import { bundledModels } from '../../families/catalog/catalog.ts';
import type { WorkerFacts } from '../../families/device-facts.ts';
import type { EngineId } from '../../families/engines/engine-catalog.ts';
import { familyOf } from '../../families/families.ts';
import type { ModelInfo } from '../../families/model-info.ts';
import { rememberEngines } from '../../tracking/engines/remembered.ts';
import { toEstimatorOptions } from '../../tracking/order.ts';
import type { Platform } from '../../tracking/platform.ts';
import { rankEngines, usualEngines } from '../engine-choice/rank.ts';
import { allEnginesOf } from '../networks/measuring.ts';
import type { RaceFrame } from './frames.ts';
import { drawFrames, emptyFrames } from './frames.ts';
import { findLacks } from './lacks.ts';
import { gatherPageFacts } from './page-facts.ts';
import { probeFacts } from './probe-client.ts';
import { type EngineRun, raceEngines } from './race.ts';
import type { DeviceReport, EngineRow } from './report.ts';
import { runVideo } from './video-runs.ts';

export interface CheckOptions {
  /** Ids of models; default: all that are on this device. */
  readonly models?: readonly string[];
  /** Of the demo actor that is looked at, and of the order of turns; default 2, which shows its hands from the start. */
  readonly seed?: number;
  /** Most frames that an engine looks at for each model, at least 3; default 24. */
  readonly frames?: number;
  /** Hands and bodies of this video are tracked on the CPU and on the GPU, too. */
  readonly video?: Blob | null;
  /** Told of every row as it comes. */
  readonly onProgress?: (progress: CheckProgress) => void;
  /** Ends the check with an `AbortError`. */
  readonly signal?: AbortSignal;
}

export interface CheckProgress {
  /** From 0 to 1. */
  readonly share: number;
  /** The model, or video, that is being looked at. */
  readonly doing: string;
  readonly report: DeviceReport;
}

const DEFAULT_SEED = 2;
const DEFAULT_FRAMES = 24;
const LEAST_FRAMES = 3;
/** An engine that has worked on a model for so many milliseconds is through. */
const BUDGET_MS = 3000;
const HIGH_SHARE = 0.95;

/**
 * Looks at what this browser has on this device, and lets every engine run every model on the demo actor, whose true
 * keypoints are known. What `auto` stands for is remembered by it.
 *
 * @throws {LimnError} if an option isn't valid; an `AbortError`
 */
export async function checkDevice(options: CheckOptions, platform: Platform): Promise<DeviceReport> {
  const { seed = DEFAULT_SEED, frames: count = DEFAULT_FRAMES, video = null, onProgress } = options;
  const signal = options.signal ?? new AbortController().signal;
  if (!Number.isInteger(count) || count < LEAST_FRAMES) {
    throw new LimnError(`options.frames is ${count}; it must be a whole number of at least ${LEAST_FRAMES}.`);
  }
  if (!Number.isInteger(seed) || seed < 0) {
    throw new LimnError(`options.seed is ${seed}; it must be a whole number of at least 0.`);
  }
  const models = (options.models ?? modelsHere(platform)).map((id) => platform.registry.info(id));
  const facts = await gatherPageFacts(await probeFacts(platform));
  let report: DeviceReport = {
    limn: platform.version,
    created: new Date().toISOString(),
    seed,
    facts,
    lacks: findLacks(facts),
    scene: facts.webgl ? 'actor' : 'empty',
    rows: [],
    video: null,
  };
  const steps = models.length + (video ? 1 : 0);
  let done = 0;
  const say = (doing: string, share = 0): void =>
    onProgress?.({ share: (done + share) / Math.max(1, steps), doing, report });
  const draw = (finds: ModelInfo['finds']): Promise<RaceFrame[]> =>
    report.scene === 'empty' ? emptyFrames(count) : drawFrames(finds, count, seed, platform, signal);
  const scenes = new Map<ModelInfo['finds'], readonly RaceFrame[]>();
  try {
    for (const info of models) {
      const { id: model, label, finds } = info;
      say(label);
      const frames = scenes.get(finds) ?? (await draw(finds));
      scenes.set(finds, frames);
      const before = report.rows;
      const reference = familyOf(info).referenceEngine;
      const race = { mode: 'video', engines: allEnginesOf(info), reference, budgetMs: BUDGET_MS } as const;
      const take = (runs: readonly EngineRun[]): void => {
        report = { ...report, rows: [...before, ...toRows(model, runs, reference)] };
        const turns = runs.reduce((sum, run) => sum + (run.state === 'failed' ? count : run.times.length), 0);
        say(label, turns / (count * runs.length));
      };
      const options = { ...race, tracker: { model }, frames, seed };
      const runs = await raceEngines(options, platform, take, signal);
      take(runs);
      if (report.scene === 'actor') await rememberRanked(info, runs, facts, platform);
      done++;
    }
  } finally {
    for (const { image } of [...scenes.values()].flat()) image.close();
  }
  if (video) {
    await runVideo(video, facts, platform, signal, (runs) => {
      report = { ...report, video: { name: video instanceof File ? video.name : 'video', runs: [...runs] } };
      say('video');
    });
    done++;
  }
  say('done');
  return report;
}

/** What was measured is what `auto` stands for from now on. */
function rememberRanked(
  info: ModelInfo,
  runs: readonly EngineRun[],
  { webgl }: WorkerFacts,
  platform: Platform,
): Promise<void> {
  const ranked = rankEngines(runs, usualEngines(info, webgl));
  return rememberEngines(
    toEstimatorOptions({ model: info.id }, 'video', platform.registry).options,
    platform,
    ranked,
  );
}

/** All models that can be run without fetching anything. */
function modelsHere({ registry }: Platform): string[] {
  return [...bundledModels, ...registry.records.map(({ info }) => info)]
    .filter(({ isPart }) => !isPart)
    .map(({ id }) => id);
}

/** Engines that have not begun yet are no rows. */
function toRows(model: string, runs: readonly EngineRun[], reference: EngineId): EngineRow[] {
  const one = medianOf(runs.find(({ engine }) => engine === reference)?.times ?? []);
  return runs
    .filter(({ state, times }) => state === 'done' || state === 'failed' || times.length > 0)
    .map(({ engine, state, reason, device, difference, accuracy, firstResultMs, times }) => {
      const medianMs = medianOf(times);
      return {
        model,
        engine,
        runs: state !== 'failed',
        reason,
        device: device?.device ?? null,
        isSoftwareGpu: device?.isSoftwareGpu ?? false,
        difference,
        parity: device?.parity ?? null,
        accuracy,
        firstResultMs,
        medianMs,
        p95Ms: quantileOf(times, HIGH_SHARE),
        framesPerSecond: medianMs ? 1000 / medianMs : null,
        timesFaster: medianMs && one ? one / medianMs : null,
        frames: times.length,
      };
    });
}
