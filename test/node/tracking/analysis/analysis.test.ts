import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { analyze } from '../../../../src/app/jobs/analyze.ts';
import { createDeferred } from '../../../../src/core/async/async.ts';
import type { TrackedFrame } from '../../../../src/core/recording.ts';
import { decodeBatch } from '../../../../src/recording/log/frame-codec.ts';
import { StoreClient } from '../../../../src/recording/store-client.ts';
import { Analysis } from '../../../../src/tracking/analysis/analysis.ts';
import { AnalysisWorker } from '../../../../src/tracking/analysis/analysis-worker.ts';
import { DEFAULT_ANALYSIS_OPTIONS } from '../../../../src/tracking/analysis/options.ts';
import { StoredRun, type StoredRunEvents } from '../../../../src/tracking/analysis/stored-run.ts';
import { toEstimatorOptions, toModelOrder } from '../../../../src/tracking/order.ts';
import { type Platform, withNetworks } from '../../../../src/tracking/platform.ts';
import { finderAssets } from '../../../helpers/finder-assets.ts';
import { MemoryFiles } from '../../../helpers/memory-files.ts';
import { memoryStoreWorker } from '../../../helpers/memory-store.ts';
import { personAt } from '../../../helpers/people.ts';
import { type AnalyzerOptions, servedAnalyzer } from '../../../helpers/served-analyzer.ts';

const FRAMES = 450;
const RATE = 30;
const times = Float64Array.from({ length: FRAMES }, (_, i) => i / RATE);
const head = Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isom', 'latin1');
const file = { name: 'walk.mp4', blob: new File([head, Buffer.alloc(5000, 7)], 'walk.mp4') };
const order = { model: 'mediapipe-pose-lite', hands: false, people: 2, engine: 'wasm', selection: {} };
const fingerprint = { byteLength: file.blob.size, partsSha256: 'ab' };

let files: MemoryFiles;
let trackers: Worker[];
/** Which of them was at a piece last. */
const atPiece = new Map<number, Worker>();
let storing: Worker | null;
let platform: Platform;
let store: StoreClient;

beforeEach(() => {
  files = new MemoryFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory }, hardwareConcurrency: 8 });
  trackers = [];
  openPage();
});
afterEach(() => {
  store.close();
  vi.unstubAllGlobals();
});

/** Two people who cross. */
function frameAt(index: number): TrackedFrame {
  const time = index / RATE;
  return { index, time, people: [100 + 40 * time, 600 - 30 * time].map((x) => personAt(-1, x, 200)) };
}

function openPage(options: Partial<AnalyzerOptions> = {}): void {
  const track = (): Worker => {
    const tracker = servedAnalyzer({
      times,
      frameAt,
      batchFrames: 7,
      ...options,
      onTrack: (request, call) => {
        atPiece.set(request.piece.number, tracker);
        return options.onTrack?.(request, call);
      },
    });
    trackers.push(tracker);
    return tracker;
  };
  const assets = { 'pose-lite': { url: 'pose-lite', byteLength: 1, sha256: 'ab' }, ...finderAssets };
  const keep = (): Worker => {
    storing = memoryStoreWorker();
    return storing;
  };
  const workers = { analyze: track, store: keep };
  platform = withNetworks({ workers, assets, version: 'test' } as unknown as Platform);
  store = new StoreClient(platform);
}

/** As when a script throws, or has no memory left. */
function die(worker: Worker | null | undefined): void {
  worker?.onerror?.({ message: 'out of memory', preventDefault: () => undefined } as never);
}

const open = (workers: number, events: Partial<StoredRunEvents> = {}): Promise<StoredRun> =>
  StoredRun.open({ file, fingerprint, order, workers }, null, store, platform, {
    onStored: () => undefined,
    ...events,
  });

async function readStored(id: string): Promise<TrackedFrame[]> {
  const recording = await store.recordings.open(id, 'stage');
  const frames: TrackedFrame[] = [];
  for await (const bytes of recording.batches()) frames.push(...decodeBatch(bytes).frames);
  recording.close();
  return frames;
}

/** The frames of a run that nothing has disturbed. */
const expected = Array.from({ length: FRAMES }, (_, i) => {
  const { people, ...frame } = frameAt(i);
  return {
    ...frame,
    people: people.map((person, id) => ({ ...person, id, score: Math.fround(person.score) })),
  };
});

it.each([1, 2, 4])('makes the same recording with %i workers', async (count) => {
  const run = await open(count);
  expect(await run.run()).toEqual({ kind: 'finished' });
  expect(run.progress).toMatchObject({ frames: FRAMES, total: FRAMES });
  expect(await readStored(run.id)).toEqual(expected);
  expect((await store.call('open', [run.id])).info).toMatchObject({ state: 'finished', total: FRAMES });
  run.close();
  expect(trackers.length).toBe(count);
});

/** What is on its way is there by then. */
const pass = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

it.each([1, 3])('goes on when one of %i workers dies in the middle of a piece', async (count) => {
  let isDead = false;
  openPage({
    onBatch: async ({ piece }, sent) => {
      if (isDead || piece.number !== 1 || sent < 30) return;
      isDead = true;
      await pass();
      die(atPiece.get(1));
    },
  });
  const run = await open(count);
  expect(await run.run()).toEqual({ kind: 'finished' });
  expect(trackers.length).toBe(count + 1);
  expect(run.progress.frames).toBe(FRAMES);
  expect(await readStored(run.id)).toEqual(expected);
  run.close();
});

it.each([
  1, 60, 112,
])('is not stuck when its only worker dies when all of a piece is on its way, and %i frames are stored', async (count) => {
  let isDead = false;
  const run = await open(1, {
    onStored: ({ frames }) => {
      if (isDead || frames < count) return;
      isDead = true;
      die(trackers[0]);
    },
  });
  expect(await run.run()).toEqual({ kind: 'finished' });
  expect(trackers.length).toBe(2);
  expect(await readStored(run.id)).toEqual(expected);
  run.close();
});

it('has a piece tracked again, showing only those who are followed', async () => {
  const boxes: number[] = [];
  openPage({
    // Left to itself, a worker follows somebody else from the second piece on.
    frameAt: (index) => ({
      ...frameAt(index),
      people: isAstray ? [personAt(-1, 1500, 200)] : frameAt(index).people,
    }),
    onTrack: ({ piece, ...request }) => {
      isAstray = piece.number === 1 && request.attempt === 0;
      if (request.attempt === 1) boxes.push(request.boxes.length);
    },
  });
  let isAstray = false;
  const run = await open(1);
  expect(await run.run()).toEqual({ kind: 'finished' });
  expect(boxes).toEqual([2]);
  expect(run.progress.frames).toBe(FRAMES);
  expect(await readStored(run.id)).toEqual(expected);
  run.close();
});

it('keeps what was stored when it is stopped, and goes on from there', async () => {
  const run = await open(2, {
    onStored: ({ frames }) => {
      if (frames > 100) run.cancel();
    },
  });
  expect(await run.run()).toEqual({ kind: 'cancelled' });
  run.close();
  const { info, frames } = await store.call('open', [run.id]);
  expect(info.state).toBe('cancelled');
  expect((await readStored(run.id)).length).toBe(frames);
  const request = { file, fingerprint, order, workers: 2 };
  const again = await StoredRun.open(request, run.id, store, platform, { onStored: () => undefined });
  expect(again.progress.frames).toBeGreaterThan(0);
  expect(await again.run()).toEqual({ kind: 'finished' });
  expect(await readStored(run.id)).toEqual(expected);
  again.close();
});

it('ends with an error when the storing worker dies', async () => {
  const run = await open(1, {
    onStored: ({ frames }) => {
      if (frames > 50) die(storing);
    },
  });
  await expect(run.run()).rejects.toThrow('The storing worker stopped (out of memory).');
  run.close();
});

it('lets go of everything when it is closed in the middle', async () => {
  let stored = 0;
  const run = await open(2, {
    onStored: ({ frames }) => {
      stored = frames;
      if (frames > 50) run.close();
    },
  });
  expect(await run.run().catch(() => 'closed')).toBe('closed');
  await vi.waitFor(() => expect(files.openCount).toBe(0));
  expect(store.recordings.count).toBe(0);
  expect((await readStored(run.id)).length).toBeGreaterThanOrEqual(stored);
});

it('gives a recording in memory, and leaves no file', async () => {
  const progress: number[] = [];
  const options = { ...order, engine: 'wasm', workers: 2 } as const;
  const { frames, info } = await analyze(
    file.blob,
    { ...options, onProgress: (step) => progress.push(step.frames) },
    platform,
  );
  expect(frames).toEqual(expected);
  expect(info.runs).toHaveLength(1);
  expect(info.incomplete).toBeUndefined();
  expect(progress.at(-1)).toBe(FRAMES);
  expect(files.paths).toEqual([]);
});

it('gives one where there is no private file system, too', async () => {
  vi.stubGlobal('navigator', { hardwareConcurrency: 2 });
  const { frames } = await analyze(file.blob, { ...order, workers: 1 }, platform);
  expect(frames).toEqual(expected);
});

it('is left at once when it is aborted', async () => {
  const abort = new AbortController();
  const onProgress = ({ frames }: { readonly frames: number }) => {
    if (frames > 100) abort.abort();
  };
  const analysis = analyze(file.blob, { ...order, workers: 1, signal: abort.signal, onProgress }, platform);
  await expect(analysis).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
});

it('is left at once when it is aborted before it has a worker, and what then comes is closed', async () => {
  const wanted = toEstimatorOptions({ engine: 'wasm' }, 'video', platform.registry);
  const model = await toModelOrder(wanted, platform);
  const worker = new AnalysisWorker(platform.workers.analyze());
  const coming = createDeferred<AnalysisWorker>();
  const engines = {
    takeAnalyzer: () => coming.promise,
    giveAnalyzer: () => undefined,
    useEstimator: () => Promise.reject(new Error('Nobody looks.')),
    platform,
  };
  const abort = new AbortController();
  const opening = Analysis.open(file, model, DEFAULT_ANALYSIS_OPTIONS, {}, engines, null, abort.signal);
  abort.abort();
  await expect(opening).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  expect(worker.isSpent).toBe(false);
  coming.resolve(worker);
  await vi.waitFor(() => expect(worker.isSpent).toBe(true));
});
