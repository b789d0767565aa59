import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRandom } from '../../../../src/core/numbers/random.ts';
import type { TrackedFrame } from '../../../../src/core/recording.ts';
import { decodeBatch } from '../../../../src/recording/log/frame-codec.ts';
import type { StoredInfo } from '../../../../src/recording/log/stored-info.ts';
import { Store } from '../../../../src/recording/store.ts';
import { StoreClient } from '../../../../src/recording/store-client.ts';
import { StoredRun } from '../../../../src/tracking/analysis/stored-run.ts';
import { type Platform, withNetworks } from '../../../../src/tracking/platform.ts';
import { finderAssets } from '../../../helpers/finder-assets.ts';
import { MemoryFiles } from '../../../helpers/memory-files.ts';
import { memoryStoreWorker } from '../../../helpers/memory-store.ts';
import { personAt } from '../../../helpers/people.ts';
import { servedAnalyzer } from '../../../helpers/served-analyzer.ts';

const FRAMES = 450;
const RATE = 30;
const KILLS = 200;
const BATCH_FRAMES = 7;
const times = Float64Array.from({ length: FRAMES }, (_, i) => i / RATE);
const file = { name: 'walk.mp4', blob: new Blob([new Uint8Array(1000)]) };

let files: MemoryFiles;
beforeEach(() => {
  files = new MemoryFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory }, hardwareConcurrency: 2 });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Two people who cross; whoever looks at a frame finds the same. */
function frameAt(index: number): TrackedFrame {
  const time = index / RATE;
  return { index, time, people: [100 + 40 * time, 600 - 30 * time].map((x) => personAt(-1, x, 200)) };
}

/** A tracking worker: pieces come in batches, with some frames before them. */
const analyzer = () => servedAnalyzer({ times, frameAt, batchFrames: BATCH_FRAMES });

/** One life of the page: its workers die with it. */
function openPage(): { readonly platform: Platform; die(): void } {
  let isDead = false;
  const store = () => memoryStoreWorker(() => isDead);
  const assets = { 'pose-lite': { url: 'pose-lite', byteLength: 1, sha256: 'ab' }, ...finderAssets };
  const platform = withNetworks({
    workers: { analyze: analyzer, store },
    assets,
    version: 'test',
  } as unknown as Platform);
  return {
    platform,
    die() {
      isDead = true;
    },
  };
}

/**
 * Opens the page, goes on with the recording there is or begins one, and tracks until all is done or the power goes.
 *
 * @param id of the recording; `null`: there is none yet
 */
async function live(id: string | null): Promise<{ readonly id: string | null; readonly isDone: boolean }> {
  const page = openPage();
  const cut = new Promise<'cut'>((resolve) => {
    files.onCut = () => {
      page.die();
      resolve('cut');
    };
  });
  const store = new StoreClient(page.platform);
  let began = id;
  const attempt = async () => {
    const fingerprint = { byteLength: file.blob.size, partsSha256: 'ab' };
    const order = { model: 'mediapipe-pose-lite', hands: false, people: 2, engine: 'wasm', selection: {} };
    const request = { file, fingerprint, order, workers: 2 };
    const run = await StoredRun.open(request, id, store, page.platform, { onStored: () => undefined });
    began = run.id;
    return (await run.run()).kind;
  };
  const end = await Promise.race([attempt(), cut]);
  page.die();
  store.close();
  files.restorePower();
  return { id: began, isDone: end === 'finished' };
}

/** What of a recording is on the disk. */
async function readKept(id: string): Promise<{ frames: TrackedFrame[]; info: StoredInfo }> {
  const store = new Store(() => undefined);
  const { info, batches } = await store.resume(id);
  const frames = store.read(id, 0, batches).flatMap((bytes) => decodeBatch(bytes).frames);
  store.close(id);
  return { frames, info };
}

const withoutDate = ({ frames, info }: Awaited<ReturnType<typeof readKept>>) => ({
  frames,
  info: { ...info, info: { ...info.info, created: '' } },
});

it(`goes on from where it was, and after ${KILLS} kills ends with the recording of an undisturbed run`, async () => {
  const undisturbed = await live(null);
  if (undisturbed.id === null) throw new Error('No recording was begun.');
  const expected = withoutDate(await readKept(undisturbed.id));
  expect(expected.frames.map(({ index }) => index)).toEqual([...times.keys()]);
  expect(new Set(expected.frames.map(({ people }) => people.map(({ id }) => id).join()))).toEqual(
    new Set(['0,1']),
  );
  const bytesOfAll = files.size;

  const random = createRandom(17);
  let id: string | null = null;
  let kept = 0;
  let lives = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    // Mostly soon, so that there are many kills before the end; now and then in the middle of the recording.
    files.cutPowerAfter(Math.floor(random() ** 3 * 0.2 * bytesOfAll));
    const life = await live(id);
    lives++;
    // A recording whose very beginning is torn is none yet.
    if (life.id !== null && id === null) {
      id = await readKept(life.id).then(
        () => life.id,
        () => null,
      );
    }
    if (id === null) continue;
    const { frames } = await readKept(id);
    // What was kept once is never lost again, and nothing is there twice.
    expect(frames.length).toBeGreaterThanOrEqual(kept);
    expect(frames.map(({ index }) => index)).toEqual([...times.keys()].slice(0, frames.length));
    kept = frames.length;
    if (life.isDone) break;
  }
  files.cutPowerAfter(Number.POSITIVE_INFINITY);
  const last = await live(id);
  expect(last.isDone).toBe(true);
  expect(lives).toBeGreaterThan(20);
  expect(withoutDate(await readKept(last.id ?? ''))).toEqual(expected);
});
