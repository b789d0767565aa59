import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { analyze } from '../../../../src/app/jobs/analyze.ts';
import { type Cancellation, createDeferred } from '../../../../src/core/async/async.ts';
import { AbortError, LimnError } from '../../../../src/core/errors.ts';
import { Store } from '../../../../src/recording/store.ts';
import { StoreClient } from '../../../../src/recording/store-client.ts';
import { StoredRun } from '../../../../src/tracking/analysis/stored-run.ts';
import { type Platform, withNetworks } from '../../../../src/tracking/platform.ts';
import { MemoryFiles } from '../../../helpers/memory-files.ts';
import { memoryStoreWorker } from '../../../helpers/memory-store.ts';
import { servedAnalyzer } from '../../../helpers/served-analyzer.ts';

const FRAMES = 20;
const times = Float64Array.from({ length: FRAMES }, (_, i) => i / 30);
const head = Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isom', 'latin1');
const file = { name: 'walk.mp4', blob: new File([head, Buffer.alloc(5000, 7)], 'walk.mp4') };
const order = { model: 'mediapipe-pose-lite', hands: false, people: 1, engine: 'wasm', selection: {} };
const fingerprint = { byteLength: file.blob.size, partsSha256: 'ab' };
const GONE = 'The file was changed or deleted.';

let stores = 0;
let platform: Platform;
beforeEach(() => {
  stores = 0;
  const files = new MemoryFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory }, hardwareConcurrency: 1 });
  const assets = { 'pose-lite': { url: 'pose-lite', byteLength: 1, sha256: 'ab' } };
  const store = () => {
    stores++;
    return memoryStoreWorker();
  };
  const workers = { analyze: () => servedAnalyzer({ times }), store };
  platform = withNetworks({ workers, assets, version: 'test' } as unknown as Platform);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const hashesSo = (how: () => Promise<string>) => vi.spyOn(Store.prototype, 'hash').mockImplementation(how);
const failing = () => Promise.reject(new LimnError(GONE));
const never = () => new Promise<string>(() => undefined);

describe('analyze', () => {
  it('hashes nothing of what can’t be read as a video', async () => {
    const refuse = () => {
      throw new LimnError('It is no video.');
    };
    Object.assign(platform.workers, { analyze: () => servedAnalyzer({ times, onVideo: refuse }) });
    await expect(analyze(file.blob, {}, platform)).rejects.toThrow('It is no video.');
    expect(stores).toBe(0);
  });

  it('gives all frames of a file that could not be hashed, and says so', async () => {
    hashesSo(failing);
    const { info, frames } = await analyze(file.blob, {}, platform);
    expect(frames).toHaveLength(FRAMES);
    expect(info.source.sha256).toBeUndefined();
    expect(info.notes).toEqual([`The file’s SHA-256 is not stated, for it could not be computed: ${GONE}`]);
  });

  it('ends at once when it is aborted, though a large file is still hashed', async () => {
    const begun = createDeferred<void>();
    hashesSo(() => {
      begun.resolve();
      return never();
    });
    const abort = new AbortController();
    const analysis = analyze(file.blob, { signal: abort.signal }, platform);
    await begun.promise;
    abort.abort();
    await expect(analysis).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });
});

describe('a video that is tracked into a recording', () => {
  async function run(stop: (run: StoredRun) => void = () => undefined) {
    const store = new StoreClient(platform);
    const opened = await StoredRun.open({ file, fingerprint, order, workers: 1 }, null, store, platform, {
      onStored: ({ frames }) => {
        if (frames === FRAMES) stop(opened);
      },
    });
    const end = await opened.run();
    const { info, frames } = await store.call('open', [opened.id]);
    opened.close();
    store.close();
    return { end, info, frames };
  }

  it('is finished, though its file could not be hashed', async () => {
    hashesSo(failing);
    const { end, info, frames } = await run();
    expect(end).toEqual({ kind: 'finished' });
    expect([frames, info.state]).toEqual([FRAMES, 'finished']);
    expect(info.info.notes?.[0]).toContain(GONE);
  });

  it('is finished when it is stopped, though a large file is still hashed', async () => {
    hashesSo(never);
    const { end, info } = await run((opened) => setTimeout(() => opened.cancel(), 20));
    expect(end).toEqual({ kind: 'finished' });
    expect(info.state).toBe('finished');
    expect(info.info.source.sha256).toBeUndefined();
  });

  it('has no more of a large file read when it is stopped', async () => {
    let given: Cancellation | undefined;
    vi.spyOn(Store.prototype, 'hash').mockImplementation((_, cancellation) => {
      given = cancellation;
      return never();
    });
    await run((opened) => setTimeout(() => opened.cancel(), 20));
    await vi.waitFor(() => expect(given?.aborted).toBe(true));
  });
});

it('hashing ends in the middle of a file when nobody waits for it any more', async () => {
  const part = 2 ** 22;
  let read = 0;
  const large = {
    size: 5 * part,
    slice: () => ({
      arrayBuffer: async () => {
        read++;
        return new ArrayBuffer(8);
      },
    }),
  } as unknown as Blob;
  const cancellation = {
    get aborted() {
      return read === 2;
    },
    throwIfAborted() {
      if (this.aborted) throw new AbortError('It is no longer needed.');
    },
  };
  await expect(new Store(() => undefined).hash(large, cancellation)).rejects.toThrow(AbortError);
  expect(read).toBe(2);
});
