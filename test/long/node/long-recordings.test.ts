import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { storeRecording } from '../../../src/app/opening/reading.ts';
import type { Person, Pose } from '../../../src/core/pose.ts';
import { Recording } from '../../../src/core/recording.ts';
import { StoreClient } from '../../../src/recording/store-client.ts';
import type { Platform } from '../../../src/tracking/platform.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';
import { memoryStoreWorker } from '../../helpers/memory-store.ts';
import { info } from '../../helpers/people.ts';
import { readRecording } from '../../helpers/read-recording.ts';
import { writeWith } from '../../helpers/write-with.ts';

/** Nearly two hours at 30 frames a second: more than a function takes as arguments. */
const FRAMES = 200_000;
const RATE = 30;

const body: Pose = {
  set: 'coco-17',
  points: Float32Array.from({ length: 17 * 3 }, (_, i) => (i % 3 === 2 ? 0.9 : 100 + i)),
  world: null,
  handedness: null,
};
const person: Person = { id: 0, score: 0.9, body, leftHand: null, rightHand: null };
/** Somebody is there now and then only, so that the test is quick. */
const recording = new Recording(
  info,
  Array.from({ length: FRAMES }, (_, index) => ({
    index,
    time: index / RATE,
    people: index % 100 === 99 ? [person] : [],
  })),
);

beforeEach(() => {
  vi.stubGlobal('navigator', { storage: { getDirectory: new MemoryFiles().getDirectory } });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it(`a recording of ${FRAMES} frames is kept`, async () => {
  const platform = { workers: { store: () => memoryStoreWorker() } } as unknown as Platform;
  const store = new StoreClient(platform);
  const id = await storeRecording(recording, store);
  const opened = await store.call('open', [id]);
  expect(opened.frames).toBe(FRAMES);
  expect(opened.timeRange?.[1]).toBeCloseTo((FRAMES - 1) / RATE, 6);
  expect(opened.info.state).toBe('finished');
  store.close();
});

it(`a file of ${FRAMES} frames is read`, () => {
  const read = readRecording([{ name: 'long.npz', bytes: writeWith('npz', recording) }]);
  expect(read.frames).toHaveLength(FRAMES);
  expect(read.frames.at(-1)?.people[0]?.body?.points[1]).toBeCloseTo(101, 4);
});
