import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrackedFrame } from '../../../../../src/core/recording.ts';
import type { EngineId } from '../../../../../src/families/engines/engine-catalog.ts';
import { StoreClient } from '../../../../../src/recording/store-client.ts';
import { Analysis } from '../../../../../src/tracking/analysis/analysis.ts';
import { DEFAULT_ANALYSIS_OPTIONS } from '../../../../../src/tracking/analysis/options.ts';
import { StoredRun } from '../../../../../src/tracking/analysis/stored-run.ts';
import { toWay, waysToMeasure } from '../../../../../src/tracking/analysis/ways/ways.ts';
import { enginesOf } from '../../../../../src/tracking/engines/engines.ts';
import {
  type MeasuredWay,
  recallWays,
  rememberWays,
} from '../../../../../src/tracking/engines/remembered.ts';
import { toEstimatorOptions, toModelOrder } from '../../../../../src/tracking/order.ts';
import { type Platform, withNetworks } from '../../../../../src/tracking/platform.ts';
import type { ModelOrder } from '../../../../../src/tracking/protocol.ts';
import { finderAssets } from '../../../../helpers/finder-assets.ts';
import { MemoryFiles } from '../../../../helpers/memory-files.ts';
import { memoryStoreWorker } from '../../../../helpers/memory-store.ts';
import { bodyAt, personAt } from '../../../../helpers/people.ts';
import { servedAnalyzer } from '../../../../helpers/served-analyzer.ts';
import { servedEstimator } from '../../../../helpers/served-estimator.ts';

const FRAMES = 400;
const RATE = 30;
const CORES = 2;
const times = Float64Array.from({ length: FRAMES }, (_, i) => i / RATE);
const file = { name: 'walk.mp4', blob: new File([Buffer.alloc(5000, 7)], 'walk.mp4') };

/** Milliseconds that an engine takes for a batch. */
let batchMs: Partial<Record<EngineId, number>>;
/** Pixels by which what an engine finds is wrong. */
let wrongBy: Partial<Record<EngineId, number>>;
/** What models were opened with. */
let ordered: ModelOrder[];
let running: number;
/** What was said of measuring. */
let measuring: boolean[];
let platform: Platform;
let store: StoreClient;

beforeEach(() => {
  const kept = new Map<string, string>();
  const files = new MemoryFiles();
  vi.stubGlobal('navigator', {
    storage: { getDirectory: files.getDirectory },
    hardwareConcurrency: CORES,
    userAgent: 'test',
  });
  vi.stubGlobal('crossOriginIsolated', true);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  [batchMs, wrongBy, ordered, running] = [{ 'tasks-wasm': 12, 'litert-wasm': 3 }, {}, [], 0];
  measuring = [];
  const analyze = (): Worker => {
    running++;
    const worker = servedAnalyzer({
      times,
      frameAt: (index, engine): TrackedFrame => {
        const x = 100 + index + (wrongBy[engine] ?? 0);
        return { index, time: index / RATE, people: [personAt(-1, x, 200)] };
      },
      batchFrames: 10,
      onModel: (order) => ordered.push(order),
      onBatch: (_, __, engine) => new Promise((resolve) => setTimeout(resolve, batchMs[engine] ?? 0)),
    });
    const { terminate } = worker;
    worker.terminate = () => {
      running--;
      terminate.call(worker);
    };
    return worker;
  };
  const estimate = (): Worker => servedEstimator(() => [bodyAt(100, 200)]);
  const workers = { analyze, estimate, store: () => memoryStoreWorker() };
  const assets = { 'pose-lite': { url: 'pose-lite', byteLength: 1, sha256: 'ab' }, ...finderAssets };
  platform = withNetworks({ workers, assets, version: 'test', name: '' } as unknown as Platform);
  store = new StoreClient(platform);
});
afterEach(() => {
  store.close();
  enginesOf(platform).idle.endAll();
  expect(running).toBe(0);
  vi.unstubAllGlobals();
});

const wanted = () => toEstimatorOptions({}, 'video', platform.registry);

/** Opens the video, as for a run. @returns what was measured; `null`: nothing */
async function open(measuredFrom: number): Promise<readonly MeasuredWay[] | null> {
  let ways: readonly MeasuredWay[] | null = null;
  const analysis = await Analysis.open(
    file,
    await toModelOrder(wanted(), platform),
    { ...DEFAULT_ANALYSIS_OPTIONS, measuredFrom },
    {
      onMeasuring: (isMeasuring) => measuring.push(isMeasuring),
      onWays: (measured) => {
        // It is said before it is over.
        expect(measuring).toEqual([true]);
        ways = measured;
      },
    },
    enginesOf(platform),
  );
  // All its workers have opened the video by then.
  await new Promise((resolve) => setTimeout(resolve, 20));
  analysis.close();
  return ways;
}

/** Begins a run, or goes on with one. */
function begin(id: string | null, onStored: (frames: number) => void = () => undefined): Promise<StoredRun> {
  const order = { model: 'mediapipe-pose-lite', hands: false, people: 1, engine: 'auto', selection: {} };
  const fingerprint = { byteLength: file.blob.size, partsSha256: 'ab' };
  return StoredRun.open({ file, fingerprint, order, workers: null }, id, store, platform, {
    onStored: ({ frames }) => onStored(frames),
  });
}

describe('What auto stands for with a whole video', () => {
  it('is measured on its first frames, remembered, and taken the next time', async () => {
    const ways = await open(FRAMES);
    expect(measuring).toEqual([true, false]);
    expect(ways?.map(({ engine }) => engine)).toEqual(['litert-wasm', 'litert-wasm', 'tasks-wasm']);
    expect(ways?.map(({ workers }) => workers).toSorted()).toEqual([1, 2, 2]);
    const [first, , last] = ways ?? [];
    expect((first?.framesPerSecond ?? 0) / (last?.framesPerSecond ?? 0)).toBeGreaterThan(1.5);
    expect(await recallWays(wanted().options, false, platform)).toEqual(ways);
    // The workers that were measured are still open.
    ordered = [];
    measuring = [];
    expect(await open(FRAMES)).toBeNull();
    expect(measuring).toEqual([]);
    const run = await begin(null);
    expect(await run.run()).toEqual({ kind: 'finished' });
    run.close();
    expect(ordered).toEqual([]);
    const { info } = await store.call('open', [run.id]);
    expect(info.info.runs.map(({ engine }) => engine)).toEqual(['litert-wasm']);
    expect(info.order.engine).toBe('auto');
  });

  it('is no engine that computes wrongly', async () => {
    wrongBy = { 'litert-wasm': 30 };
    expect((await open(FRAMES))?.map(({ engine }) => engine)).toEqual(['tasks-wasm']);
  });

  it('is not measured where that would take longer than it gains', async () => {
    expect(await open(FRAMES + 1)).toBeNull();
    expect(await recallWays(wanted().options, false, platform)).toBeNull();
  });

  it('is, for a run that is gone on with, what it began with', async () => {
    const broken = await begin(null, (frames) => {
      if (frames > 100) broken.cancel();
    });
    expect(await broken.run()).toEqual({ kind: 'cancelled' });
    broken.close();
    enginesOf(platform).idle.endAll();
    await rememberWays(wanted().options, false, platform, [
      { engine: 'litert-wasm', workers: 1, framesPerSecond: 90 },
      { engine: 'tasks-wasm', workers: 2, framesPerSecond: 40 },
    ]);
    ordered = [];
    const again = await begin(broken.id);
    expect(await again.run()).toEqual({ kind: 'finished' });
    again.close();
    expect(ordered.map(({ engine }) => engine)).toEqual(['tasks-wasm', 'tasks-wasm']);
    const { info } = await store.call('open', [again.id]);
    expect(info.info.runs.map(({ engine }) => engine)).toEqual(['tasks-wasm']);
  });
});

describe('Ways that are worth measuring', () => {
  it('have the engine first that the others are held against, and no GPU that is a program on the CPU', async () => {
    const order = await toModelOrder(wanted(), platform);
    expect(waysToMeasure(order, false, 8)).toEqual([
      { engine: 'tasks-wasm', workers: 2 },
      { engine: 'litert-wasm', workers: 2 },
      { engine: 'litert-wasm', workers: 1 },
    ]);
    expect(waysToMeasure(order, false, 1)).toEqual([
      { engine: 'tasks-wasm', workers: 1 },
      { engine: 'litert-wasm', workers: 1 },
    ]);
    const withGpu = waysToMeasure(order, true, 8).map(({ engine }) => engine);
    expect(new Set(withGpu)).toEqual(new Set(['tasks-wasm', 'tasks-webgl', 'litert-wasm', 'litert-webgpu']));
  });

  it('share the cores among the workers of a runtime that would take them all', async () => {
    const order = await toModelOrder({ ...wanted(), engine: 'litert-wasm' }, platform);
    expect(toWay(order, null, false, 8)).toMatchObject({ workers: 2, order: { threads: 1 } });
    const alone = toWay(order, null, false, 1);
    expect(alone.workers).toBe(1);
    expect(alone.order.threads).toBeUndefined();
  });
});
