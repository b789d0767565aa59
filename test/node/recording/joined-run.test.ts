import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LimnError } from '../../../src/core/errors.ts';
import { Port } from '../../../src/core/port/port.ts';
import type { TrackedFrame } from '../../../src/core/recording.ts';
import { JoinerClient } from '../../../src/recording/joining/joiner-client.ts';
import { planPieces } from '../../../src/recording/joining/pieces.ts';
import type { JoinerCalls, JoinPlan, JoinStep } from '../../../src/recording/joining/protocol.ts';
import { decodeBatch, encodeBatch } from '../../../src/recording/log/frame-codec.ts';
import type { StoredInfo } from '../../../src/recording/log/stored-info.ts';
import type { RecordingHandle } from '../../../src/recording/recording-handle.ts';
import { StoreClient } from '../../../src/recording/store-client.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';
import { memoryPlatform } from '../../helpers/memory-platform.ts';
import { info, personAt } from '../../helpers/people.ts';

const RATE = 30;
const FRAMES = 400;
const BATCH_FRAMES = 10;
const times = Float64Array.from({ length: FRAMES }, (_, i) => i / RATE);
const pieces = planPieces(
  { times, keyTimes: Float64Array.of(0), isOrdered: true },
  { from: 0, to: Number.POSITIVE_INFINITY, everyNth: 1, pieceFrames: 100 },
);
const plan: JoinPlan = {
  pieces,
  slowMotion: 1,
  isFollowed: false,
  model: { model: 'mediapipe-pose-lite', hands: false, people: 2 },
};
const device = { engine: 'tasks-wasm', device: 'WASM · 1 thread', isSoftwareGpu: false } as const;
const stored: StoredInfo = {
  name: 'walk.mp4',
  state: 'running',
  info: { ...info, runs: [] },
  order: { model: 'mediapipe-pose-lite', hands: false, people: 2, engine: 'wasm', selection: {} },
  fingerprint: { byteLength: 1, partsSha256: 'ab' },
  total: FRAMES,
};

let files: MemoryFiles;
let store: StoreClient;
let recording: RecordingHandle;
let joiner: JoinerClient;
let steps: JoinStep[];
let ports: Port<JoinerCalls>[];

beforeEach(async () => {
  files = new MemoryFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory } });
  ports = [];
  await openPage(null);
});
afterEach(() => {
  closePage();
  vi.unstubAllGlobals();
});

/** @param id of a recording to go on with; `null`: a new one */
async function openPage(id: string | null): Promise<void> {
  store = new StoreClient(memoryPlatform());
  const { recordings } = store;
  recording = await (id === null
    ? recordings.create('walk', stored, 'tracking')
    : recordings.resume(id, 'tracking'));
  steps = [];
  joiner = await JoinerClient.begin(recording, store, plan, (step) => steps.push(step));
  joiner.ended.catch(() => undefined);
}

function closePage(): void {
  for (const port of ports) port.close();
  store.close();
}

/** A tracking worker, as far as the joiner knows it. */
function openWorker() {
  const { channel, port } = joiner.open();
  const frames = new Port<JoinerCalls>(port, { name: 'The joiner' });
  ports.push(frames);
  return {
    channel,
    /** Sends a piece, in several batches. @param most of them  @param placesAt where people are, other than they should be */
    send(number: number, { most = Number.POSITIVE_INFINITY, attempt = 0, placesAt = places } = {}): void {
      const found = framesOf(number, placesAt);
      for (let at = 0, i = 0; at < found.length && i < most; at += BATCH_FRAMES, i++) {
        const part = found.slice(at, at + BATCH_FRAMES);
        const isLast = at + BATCH_FRAMES >= found.length;
        const batch = encodeBatch({ piece: number, isLast, frames: part });
        const kept = part.filter(({ time }) => time >= (pieces[number]?.from ?? 0)).length;
        frames.tell('add', [{ attempt, batch, kept, device, fault: null }], [batch.buffer]);
      }
    },
  };
}

/** Two people who cross. */
const places = (time: number): readonly number[] => [100 + 40 * time, 600 - 30 * time];

function framesOf(number: number, placesAt = places): TrackedFrame[] {
  const { start = 0, to = 0 } = pieces[number] ?? {};
  return [...times.keys()]
    .map((index) => ({ index, time: index / RATE }))
    .filter(({ time }) => time >= start && time < to)
    .map((frame) => ({ ...frame, people: placesAt(frame.time).map((x) => personAt(-1, x, 200)) }));
}

const nextIs = (next: number) => vi.waitFor(() => expect(steps.at(-1)?.next).toBe(next));
const keptIn = (of: readonly JoinStep[]) => of.reduce((sum, { kept }) => sum + kept, 0);

/** What of the recording is on the disk. */
async function readStored(): Promise<TrackedFrame[]> {
  const frames: TrackedFrame[] = [];
  for await (const bytes of recording.batches()) frames.push(...decodeBatch(bytes).frames);
  return frames;
}

/** All frames once and in their order, with those who are followed under the same ids. */
async function expectWhole(): Promise<void> {
  const frames = await readStored();
  expect(frames.map(({ index }) => index)).toEqual([...times.keys()]);
  for (const { time, people } of frames) {
    expect(people.map(({ id }) => id)).toEqual([0, 1]);
    const middles = people.map(({ body }) => (body?.points[0] ?? 0) + (body?.points[3] ?? 0));
    const expected = places(time).map((x) => personAt(-1, x, 200).body?.points ?? []);
    for (const [i, middle] of middles.entries()) {
      expect(middle).toBeCloseTo((expected[i]?.[0] ?? 0) + (expected[i]?.[3] ?? 0), 2);
    }
  }
  expect(recording.frames).toBe(FRAMES);
  expect(keptIn(steps)).toBe(FRAMES);
}

it('joins what comes from several workers, in whatever order', async () => {
  const workers = [openWorker(), openWorker(), openWorker()] as const;
  for (const [i, number] of [2, 3, 1].entries()) workers[i]?.send(number);
  await vi.waitFor(() => expect(steps.filter(({ done }) => done)).toHaveLength(3));
  expect(recording.frames).toBe(0);
  workers[0].send(0);
  await nextIs(pieces.length);
  await expectWhole();
});

it('notes what has made the frames before they are stored, and only once', async () => {
  const infos: number[] = [];
  recording.watch(() => infos.push(recording.info.runs.length));
  openWorker().send(0);
  await nextIs(1);
  expect(steps.filter((step) => step.info)).toHaveLength(1);
  expect(new Set(infos)).toEqual(new Set([1]));
  expect(recording.info.runs).toEqual([
    { firstFrame: 0, ...plan.model, engine: 'tasks-wasm', device: 'WASM · 1 thread' },
  ]);
});

it('shows every handle what is stored, as it comes', async () => {
  const other = await store.recordings.open('walk', 'stage');
  const ranges: number[][] = [];
  other.watch((change) => {
    if (change.kind === 'stored') ranges.push([change.from, change.to]);
  });
  openWorker().send(0, { most: 2 });
  await vi.waitFor(() => expect(ranges).toHaveLength(2));
  expect(ranges).toEqual([
    [0, 9 / RATE],
    [10 / RATE, 19 / RATE],
  ]);
  expect([other.frames, other.revision.stored]).toEqual([20, 2]);
  expect((await other.between(0, 1)).length).toBe(2);
  other.close();
});

it('has a piece tracked again that followed somebody else, and says where those are who are meant', async () => {
  const worker = openWorker();
  worker.send(0);
  worker.send(1, { most: 4, placesAt: () => [900, 1200] });
  await vi.waitFor(() => expect(steps.some(({ handedOn }) => handedOn)).toBe(true));
  const handedOn = steps.find((step) => step.handedOn)?.handedOn;
  expect(handedOn?.piece).toBe(1);
  const start = pieces[1]?.start ?? 0;
  expect(handedOn?.boxes.map(({ left, width }) => Math.round(left + width / 2))).toEqual(
    places(start).map(Math.round),
  );
  expect(keptIn(steps)).toBe(pieces[0]?.frames);
  // What is left of the first attempt doesn't count any more.
  worker.send(1, { placesAt: () => [900, 1200] });
  const again = openWorker();
  for (const number of [1, 2, 3]) again.send(number, { attempt: number === 1 ? 1 : 0 });
  await nextIs(pieces.length);
  await expectWhole();
});

it('takes nothing any more from a worker that has died, and has its piece tracked again', async () => {
  const dead = openWorker();
  dead.send(0, { most: 3 });
  await vi.waitFor(() => expect(recording.frames).toBe(30));
  const left = joiner.leave(dead.channel, { piece: 0, attempt: 0 });
  // On its way when the page hears of it.
  dead.send(0);
  expect(await left).toBe(true);
  expect(keptIn(steps)).toBe(0);
  const next = openWorker();
  for (const number of pieces.keys()) next.send(number);
  await nextIs(pieces.length);
  await expectWhole();
});

it('doesn’t have a piece tracked again of which everything has come, or that is wanted otherwise', async () => {
  const worker = openWorker();
  worker.send(2);
  worker.send(0);
  worker.send(1, { most: 3, placesAt: () => [900, 1200] });
  await vi.waitFor(() => expect(steps.some(({ handedOn }) => handedOn)).toBe(true));
  for (const piece of [0, 1, 2])
    expect(await joiner.leave(worker.channel, { piece, attempt: 0 })).toBe(false);
  expect(await joiner.leave(worker.channel, { piece: 1, attempt: 1 })).toBe(true);
});

it('stores nothing any more once it is ended, and then all that is stored is known', async () => {
  const worker = openWorker();
  worker.send(0);
  worker.send(1);
  await vi.waitFor(() => expect(recording.frames).toBeGreaterThan(0));
  await joiner.end();
  const { frames } = recording;
  worker.send(2);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await expect(joiner.ended).resolves.toBeUndefined();
  const known = await readStored();
  expect(known.map(({ index }) => index)).toEqual([...times.keys()].slice(0, frames));
  expect((await store.call('open', ['walk'])).frames).toBe(frames);
});

it.each([0, 1, 5, 14, 25, 40])('goes on behind %i stored batches as if nothing had been', async (batches) => {
  const worker = openWorker();
  const whole = pieces.map((_, number) => Math.ceil(framesOf(number).length / BATCH_FRAMES));
  let left = batches;
  for (const [number, count] of whole.entries()) {
    const most = Math.min(count, left);
    worker.send(number, { most });
    left -= most;
  }
  await vi.waitFor(() => expect(steps.length).toBe(Math.min(batches, 43) + 1));
  const before = recording.frames;
  closePage();
  files.restorePower();
  await openPage('walk');
  expect(recording.frames).toBe(before);
  const [first] = steps;
  const complete = pieces.filter(({ number }) => number < (first?.next ?? 0));
  expect(first?.kept).toBe(complete.reduce((sum, { frames }) => sum + frames, 0));
  const again = openWorker();
  for (let number = first?.next ?? 0; number < pieces.length; number++) again.send(number);
  await nextIs(pieces.length);
  await expectWhole();
  expect(recording.info.runs).toHaveLength(1);
});

it('goes on in memory when the disk is full, and says so', async () => {
  const spilled = vi.fn();
  store.onSpilled = spilled;
  files.fillDiskAfter(50_000);
  const worker = openWorker();
  for (const number of pieces.keys()) worker.send(number);
  await nextIs(pieces.length);
  await expectWhole();
  expect(spilled).toHaveBeenCalledOnce();
});

it('ends with the store’s error where frames can’t be stored at all', async () => {
  const worker = openWorker();
  await store.call('close', ['walk']);
  worker.send(0);
  await expect(joiner.ended).rejects.toThrow(LimnError);
  await expect(joiner.ended).rejects.toThrow(/not open any more/);
  // Whoever comes later isn't heard, and nothing waits for ever.
  openWorker().send(1);
  expect(await joiner.leave(worker.channel, { piece: 0, attempt: 0 })).toBe(false);
  await joiner.end();
});

it('keeps the picture of the video', async () => {
  openWorker();
  ports[0]?.tell('setPicture', [Uint8Array.of(1, 2, 3)]);
  await vi.waitFor(async () => {
    const [listed] = await store.call('list', []);
    expect(listed?.picture).toEqual(Uint8Array.of(1, 2, 3));
  });
});

it('leaves no file behind of what lies in memory', async () => {
  const before = files.paths.length;
  const inMemory = await store.recordings.create('other', stored, 'tracking', 'memory');
  await inMemory.append(encodeBatch({ piece: 0, isLast: true, frames: framesOf(0) }));
  expect(await inMemory.read(0)).toHaveLength(1);
  inMemory.close();
  expect(files.paths).toHaveLength(before);
});
