import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Pose } from '../../../../src/core/pose.ts';
import type { TrackedFrame } from '../../../../src/core/recording.ts';
import type { FrameImage } from '../../../../src/families/frame-image.ts';
import { decodeBatch } from '../../../../src/recording/log/frame-codec.ts';
import { StoreClient } from '../../../../src/recording/store-client.ts';
import { countAlike, lookTimes } from '../../../../src/tracking/analysis/crowd.ts';
import type { TrackRequest } from '../../../../src/tracking/analysis/protocol.ts';
import { StoredRun, type StoredRunEvents } from '../../../../src/tracking/analysis/stored-run.ts';
import { type Platform, withNetworks } from '../../../../src/tracking/platform.ts';
import { finderAssets } from '../../../helpers/finder-assets.ts';
import { MemoryFiles } from '../../../helpers/memory-files.ts';
import { memoryStoreWorker } from '../../../helpers/memory-store.ts';
import { bodyAt, personAt } from '../../../helpers/people.ts';
import { servedAnalyzer } from '../../../helpers/served-analyzer.ts';
import { servedEstimator } from '../../../helpers/served-estimator.ts';
import { uncopiedWorker } from '../../../helpers/served-worker.ts';

const FRAMES = 2200;
const RATE = 30;
const times = Float64Array.from({ length: FRAMES }, (_, i) => i / RATE);
const file = { name: 'street.mp4', blob: new File([Buffer.alloc(5000, 7)], 'street.mp4') };
const fingerprint = { byteLength: file.blob.size, partsSha256: 'ab' };
const passersBy = [bodyAt(100, 200), bodyAt(300, 200), bodyAt(500, 200)];

/** Pieces that were tracked: which, what attempt, and how many people were shown. */
let tracked: (readonly [piece: number, attempt: number, boxes: number])[];
/** Workers that have tracked something. */
const trackers = new Set<number>();
let started: number;
let looks: number;
/** For how many people models were opened. */
let opened: number[];
let seen: readonly Pose[];
let platform: Platform;
let store: StoreClient;

beforeEach(() => {
  const files = new MemoryFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory }, hardwareConcurrency: 8 });
  [tracked, started, looks, opened, seen] = [[], 0, 0, [], passersBy];
  trackers.clear();
  const find = (): readonly Pose[] => {
    looks++;
    return seen;
  };
  const workers = {
    analyze: () => {
      const tracker = started++;
      return servedAnalyzer({
        times,
        frameAt,
        batchFrames: 100,
        onTrack: ({ piece, attempt, boxes }: TrackRequest) => {
          trackers.add(tracker);
          tracked.push([piece.number, attempt, boxes.length]);
        },
        // What has been sent is stored before more comes.
        onBatch: () => new Promise((resolve) => setTimeout(resolve)),
        onModel: ({ options }) => void opened.push(options.people),
        pictureAt: () => ({ close: () => undefined }) as unknown as FrameImage,
        start: uncopiedWorker,
      });
    },
    estimate: () => servedEstimator(find),
    store: () => memoryStoreWorker(),
  };
  const assets = { 'pose-lite': { url: 'pose-lite', byteLength: 1, sha256: 'ab' }, ...finderAssets };
  platform = withNetworks({ workers, assets, version: 'test', name: '' } as unknown as Platform);
  store = new StoreClient(platform);
});
afterEach(() => {
  store.close();
  vi.unstubAllGlobals();
});

/** Somebody who walks. */
function frameAt(index: number): TrackedFrame {
  const time = index / RATE;
  return { index, time, people: [personAt(-1, 100 + 5 * time, 200)] };
}

function open(
  workers: number,
  people = 1,
  resumed: string | null = null,
  events: Partial<StoredRunEvents> = {},
  peopleOfCrowd?: number,
): Promise<StoredRun> {
  const asked = { people, ...(peopleOfCrowd !== undefined && { peopleOfCrowd }) };
  const order = { model: 'mediapipe-pose-lite', hands: false, ...asked, engine: 'wasm', selection: {} };
  const all = { onStored: () => undefined, ...events };
  return StoredRun.open({ file, fingerprint, order, workers }, resumed, store, platform, all);
}

async function framesOf(id: string): Promise<TrackedFrame[]> {
  const recording = await store.recordings.open(id, 'stage');
  const frames: TrackedFrame[] = [];
  for await (const bytes of recording.batches()) frames.push(...decodeBatch(bytes).frames);
  recording.close();
  return frames;
}

describe('A video of a crowd', () => {
  it.each([
    1, 4,
  ])('has nothing tracked twice with %i workers: whoever is followed is handed on', async (count) => {
    const run = await open(count);
    expect(await run.run()).toEqual({ kind: 'finished' });
    run.close();
    expect(tracked).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ]);
    expect(trackers.size).toBe(1);
    const frames = await framesOf(run.id);
    expect(frames.map(({ index }) => index)).toEqual(Array.from(times.keys()));
    expect(new Set(frames.flatMap(({ people }) => people.map(({ id }) => id)))).toEqual(new Set([0]));
  });

  it('is gone on with as it was begun, whatever is seen by then', async () => {
    const broken = await open(4, 1, null, {
      onStored: ({ frames }) => {
        if (frames > 1300) broken.cancel();
      },
    });
    expect(await broken.run()).toEqual({ kind: 'cancelled' });
    broken.close();
    const { frames: before } = await store.call('open', [broken.id]);
    expect(before).toBeLessThan(FRAMES);
    [tracked, looks, seen] = [[], 0, []];
    const again = await open(4, 1, broken.id);
    expect(await again.run()).toEqual({ kind: 'finished' });
    again.close();
    expect(looks).toBe(0);
    expect(tracked).toEqual([[1, 1, 1]]);
    seen = passersBy;
    const whole = await open(1);
    await whole.run();
    whole.close();
    expect(await framesOf(again.id)).toEqual(await framesOf(whole.id));
  });

  it('is cut for many workers where all whom it shows are asked for', async () => {
    const run = await open(3, 3);
    expect(await run.run()).toEqual({ kind: 'finished' });
    run.close();
    expect(looks).toBe(1);
    expect(trackers.size).toBe(3);
    expect(tracked).toHaveLength(22);
    expect(tracked.every(([, attempt]) => attempt === 0)).toBe(true);
  });
});

describe('A video for which nobody has said how many people are wanted', () => {
  it('is tracked with everybody where it shows a crowd, also when it is gone on with', async () => {
    const broken = await open(
      3,
      1,
      null,
      {
        onStored: ({ frames }) => {
          if (frames > 500) broken.cancel();
        },
      },
      8,
    );
    expect(await broken.run()).toEqual({ kind: 'cancelled' });
    broken.close();
    expect(opened[0]).toBe(1);
    expect(opened.at(-1)).toBe(8);
    const { info } = await store.call('open', [broken.id]);
    expect(info).toMatchObject({ people: 8, order: { people: 1, peopleOfCrowd: 8 } });
    expect(info.isFollowed).toBe(undefined);
    [opened, looks, seen] = [[], 0, []];
    const again = await open(3, 1, broken.id, {}, 8);
    expect(await again.run()).toEqual({ kind: 'finished' });
    again.close();
    // Workers that have the model for eight open are there still.
    expect(opened).not.toContain(1);
    expect(looks).toBe(0);
  });

  it('is tracked with one where it shows one', async () => {
    seen = passersBy.slice(0, 1);
    const run = await open(3, 1, null, {}, 8);
    expect(await run.run()).toEqual({ kind: 'finished' });
    run.close();
    expect(new Set(opened)).toEqual(new Set([1]));
    const { info } = await store.call('open', [run.id]);
    expect(info.people).toBe(undefined);
  });
});

it('people who are much smaller than the tallest aren’t taken for them', () => {
  const far = bodyAt(500, 200);
  const small = { ...far, points: far.points.map((value, i) => (i % 3 === 2 ? value : value / 3)) };
  expect(countAlike([bodyAt(100, 200), small])).toBe(1);
  expect(countAlike(passersBy)).toBe(3);
  expect(countAlike([])).toBe(0);
});

it('looks at the first frame that is wanted, and at key frames behind it', () => {
  const keyTimes = Float64Array.of(0, 10, 20, 30, 40, 50, 60, 70);
  const all = { from: 0, to: Number.POSITIVE_INFINITY, everyNth: 1 };
  expect(lookTimes({ times, keyTimes, isOrdered: true }, all)).toEqual([0, 20, 50]);
  expect(lookTimes({ times, keyTimes: Float64Array.of(0), isOrdered: true }, all)).toEqual([0]);
  expect(lookTimes({ times, keyTimes, isOrdered: true }, { ...all, from: 12, to: 14 })).toEqual([12]);
});
