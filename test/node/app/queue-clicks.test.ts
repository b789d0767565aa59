import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AnalysisQueue, hasEnded, type JobStatus } from '../../../src/app/jobs/queue.ts';
import { createDeferred } from '../../../src/core/async/async.ts';
import { takeFingerprint } from '../../../src/recording/log/stored-info.ts';
import { StoreClient } from '../../../src/recording/store-client.ts';
import { type Platform, withNetworks } from '../../../src/tracking/platform.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';
import { memoryStoreWorker } from '../../helpers/memory-store.ts';
import { info } from '../../helpers/people.ts';
import { servedAnalyzer } from '../../helpers/served-analyzer.ts';

const order = { model: 'mediapipe-pose-lite', hands: false, people: 1, engine: 'wasm', selection: {} };
const ignore = (): void => undefined;
const times = Float64Array.from({ length: 20 }, (_, i) => i / 30);
const [first, second] = ['first', 'second'].map((name) => ({
  name: `${name}.mp4`,
  blob: new Blob([`the frames of the ${name} video`]),
})) as [{ name: string; blob: Blob }, { name: string; blob: Blob }];

/** What waits until it is opened. */
class Gate {
  #opened = createDeferred<void>();
  #isOpen = true;
  /** How often somebody has come to it. */
  visits = 0;

  shut(): void {
    this.#isOpen = false;
    this.#opened = createDeferred<void>();
  }

  open(): void {
    this.#isOpen = true;
    this.#opened.resolve();
  }

  async pass(): Promise<void> {
    this.visits++;
    if (!this.#isOpen) await this.#opened.promise;
  }
}

const gates = { fingerprint: new Gate(), video: new Gate(), frames: new Gate() };
/** The next fingerprints that can't be taken. */
let unreadable = 0;
/** What videos break off with. */
let fault: string | null = null;
/** Names of the videos of which something was tracked. */
let tracked: string[] = [];
let queue: AnalysisQueue;
let store: StoreClient;

/** A worker is at one video at a time. */
function analyzer(): Worker {
  let opened = '';
  return servedAnalyzer({
    times,
    onVideo: async ({ name }) => {
      await gates.video.pass();
      opened = name;
    },
    faultOf: () => fault,
    onTrack: async (_, call) => {
      await gates.frames.pass();
      if (!call.aborted) tracked.push(opened);
    },
  });
}

beforeEach(() => {
  for (const gate of Object.values(gates)) {
    gate.open();
    gate.visits = 0;
  }
  unreadable = 0;
  fault = null;
  tracked = [];
  const files = new MemoryFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory }, hardwareConcurrency: 1 });
  const digest = crypto.subtle.digest.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'digest').mockImplementation(async (...given) => {
    await gates.fingerprint.pass();
    if (unreadable-- > 0) throw new DOMException('The file could not be read.', 'NotReadableError');
    return digest(...given);
  });
  const assets = { 'pose-lite': { url: 'pose-lite', byteLength: 1, sha256: 'ab' } };
  const workers = { store: () => memoryStoreWorker(), analyze: analyzer };
  const platform = withNetworks({ workers, assets, version: 'test' } as unknown as Platform);
  store = new StoreClient(platform);
  queue = new AnalysisQueue(
    () => store,
    platform,
    () => 1,
    { onRecording: ignore, onStored: ignore, onEnded: ignore },
  );
});
afterEach(() => {
  queue.close();
  store.close();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const becomes = (key: number, status: JobStatus) =>
  vi.waitFor(() => expect(queue.find(key)?.status).toBe(status), { timeout: 5000 });

async function keep(state: 'running' | 'finished'): Promise<void> {
  const fingerprint = await takeFingerprint(first.blob);
  const stored = { ...info, limn: 'test' };
  await store.call('create', [
    'kept',
    { name: 'first', state, info: stored, order, fingerprint, total: 20 },
    'disk',
  ]);
  await store.call('close', ['kept']);
}

async function toRun(): Promise<number> {
  gates.frames.shut();
  const { key } = queue.add(first, order);
  await vi.waitFor(() => expect(gates.frames.visits).toBe(1));
  return key;
}

function toOpen(): number {
  gates.fingerprint.shut();
  return queue.add(first, order).key;
}

/** How the first video comes to be so. */
const STATES = {
  opening: async () => toOpen(),
  offered: async () => {
    await keep('running');
    const { key } = queue.add(first, order);
    await becomes(key, 'offered');
    return key;
  },
  waiting: async () => {
    gates.frames.shut();
    const { key } = queue.add({ name: 'before.mp4', blob: new Blob(['what comes before']) }, order);
    const waiting = queue.add(first, order).key;
    await becomes(key, 'running');
    await becomes(waiting, 'waiting');
    return waiting;
  },
  'running, its video being opened': async () => {
    gates.video.shut();
    const { key } = queue.add(first, order);
    await vi.waitFor(() => expect(gates.video.visits).toBe(1));
    return key;
  },
  running: toRun,
  paused: async () => {
    const key = await toRun();
    queue.setPaused(key, true);
    return key;
  },
  known: async () => {
    await keep('finished');
    const { key } = queue.add(first, order);
    await becomes(key, 'known');
    return key;
  },
  failed: async () => {
    unreadable = 1;
    const { key } = queue.add(first, order);
    await becomes(key, 'failed');
    return key;
  },
  finished: async () => {
    const { key } = queue.add(first, order);
    await becomes(key, 'finished');
    return key;
  },
  broken: async () => {
    fault = 'The video is damaged.';
    const { key } = queue.add(first, order);
    await becomes(key, 'broken');
    fault = null;
    return key;
  },
  cancelled: async () => {
    const key = toOpen();
    queue.cancel(key);
    gates.fingerprint.open();
    await becomes(key, 'cancelled');
    return key;
  },
} as const satisfies Record<string, () => Promise<number>>;

const CLICKS = {
  'Go on': (key: number) => queue.goOn(key),
  'Start over': (key: number) => queue.startAnew(key, order),
  Stop: (key: number) => queue.cancel(key),
  Remove: (key: number) => queue.dismiss(key),
  Pause: (key: number) => queue.setPaused(key, true),
  'Pause and go on': (key: number) => {
    queue.togglePaused();
    queue.setPaused(key, false);
  },
} as const;

const twice = (click: (key: number) => void) => (key: number) => {
  click(key);
  click(key);
};
const DOUBLE_CLICKS = {
  'Go on': twice(CLICKS['Go on']),
  'Start over': twice(CLICKS['Start over']),
  Stop: twice(CLICKS.Stop),
};

const states = Object.keys(STATES) as (keyof typeof STATES)[];
const clicks = [
  ...(Object.keys(CLICKS) as (keyof typeof CLICKS)[]).map((click) => [click, 'once', CLICKS[click]] as const),
  ...(Object.keys(DOUBLE_CLICKS) as (keyof typeof DOUBLE_CLICKS)[]).map(
    (click) => [click, 'twice', DOUBLE_CLICKS[click]] as const,
  ),
];

describe.each(states)('A video that is %s', (state) => {
  it.each(clicks)('is not stuck after “%s”, %s, nor is what comes behind it', async (click, _, press) => {
    const key = await STATES[state]();
    tracked = [];
    press(key);
    const behind = queue.add({ ...second, name: 'behind.mp4' }, order).key;
    for (const gate of Object.values(gates)) gate.open();
    if (click === 'Pause') {
      const isHeld = queue.find(key)?.status === 'paused';
      if (isHeld) queue.setPaused(key, false);
    }
    await becomes(behind, 'finished');
    const job = queue.find(key);
    if (click === 'Remove') expect(job).toBeNull();
    else expect(job && (hasEnded(job) || job.status === 'offered')).toBe(true);
    const wasOver = ['offered', 'known', 'failed', 'finished', 'broken', 'cancelled'].includes(state);
    const isWanted =
      click === 'Start over' ? true : wasOver ? click === 'Go on' : !['Stop', 'Remove'].includes(click);
    // Of one that was finished, nothing is left to track; one whose frames were on their way may have had them tracked.
    const mayBeEither =
      ['running', 'paused'].includes(state) ||
      (click === 'Go on' && ['known', 'finished', 'broken'].includes(state));
    if (!mayBeEither) expect(tracked.includes('first.mp4')).toBe(isWanted);
  });
});

it('a video that could not be read is read again when it is begun anew, and says again that it can’t be', async () => {
  unreadable = 2;
  const { key } = queue.add(first, order);
  await becomes(key, 'failed');
  queue.startAnew(key, order);
  await vi.waitFor(() => expect(unreadable).toBe(0));
  const behind = queue.add(second, order).key;
  await becomes(key, 'failed');
  await becomes(behind, 'finished');
  queue.startAnew(key, order);
  await becomes(key, 'finished');
});

it.each([
  ['at once', false],
  ['when it is over', true],
])('a video that was stopped while it was looked up goes on with what there is of it, %s', async (_, isOver) => {
  await keep('running');
  const key = toOpen();
  queue.cancel(key);
  if (isOver) {
    gates.fingerprint.open();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  queue.goOn(key);
  queue.goOn(key);
  gates.fingerprint.open();
  await becomes(key, 'finished');
  expect(queue.find(key)?.recordingId).toBe('kept');
  expect(await store.call('list', [])).toHaveLength(1);
});

it('nothing is tracked of a video that was being opened when the queue was closed', async () => {
  await STATES['running, its video being opened']();
  queue.close();
  gates.video.open();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(tracked).toEqual([]);
  expect(gates.frames.visits).toBe(0);
});

it('a video that is being opened is stopped at once, and the next one begins', async () => {
  await STATES['running, its video being opened']();
  const [stopped] = queue.jobs.peek();
  queue.add(second, order);
  queue.cancel(stopped?.key ?? -1);
  // What opens it never gets that far.
  await vi.waitFor(() => expect(queue.find(stopped?.key ?? -1)?.status).toBe('cancelled'));
  gates.video.open();
  await vi.waitFor(() =>
    expect(queue.jobs.peek().map(({ status }) => status)).toEqual(['cancelled', 'finished']),
  );
  expect(new Set(tracked)).toEqual(new Set(['second.mp4']));
});
