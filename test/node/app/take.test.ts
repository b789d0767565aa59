import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Take } from '../../../src/app/live/takes/take.ts';
import type { RecordingInfo } from '../../../src/core/recording.ts';
import { decodeBatch } from '../../../src/recording/log/frame-codec.ts';
import { StoreClient } from '../../../src/recording/store-client.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';
import { memoryPlatform } from '../../helpers/memory-platform.ts';
import { info, personAt } from '../../helpers/people.ts';

/** What becomes of the film isn't looked at here: numbers every frame, and ends when it is told to. */
const film = vi.hoisted(() => ({ count: 0, start: null as number | null, end: Promise.resolve() }));
vi.mock('../../../src/formats/film/live-film.ts', () => ({
  LiveFilm: {
    begin: () => ({
      get start() {
        return film.start;
      },
      add: (_: unknown, time: number) => {
        film.start ??= time;
        return film.count++;
      },
      finish: () => film.end,
    }),
  },
}));

let files: MemoryFiles;
let store: StoreClient;
const failures: unknown[] = [];
beforeEach(() => {
  files = new MemoryFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory } });
  Object.assign(film, { count: 0, start: null, end: Promise.resolve() });
  store = new StoreClient(memoryPlatform());
  failures.length = 0;
});
afterEach(() => {
  store.close();
  vi.unstubAllGlobals();
});

const run = { firstFrame: 0, model: 'x', hands: false, people: 1, engine: 'wasm', device: 'WASM' };
const live: RecordingInfo = { ...info, source: { kind: 'camera', name: 'camera' }, runs: [run] };
const begin = () =>
  Take.begin({
    id: 'take',
    name: 'Camera, today',
    format: 'webm',
    codec: 'vp8',
    info: live,
    sound: null,
    store,
    onFailure: (error) => failures.push(error),
  });
const image = {} as VideoFrame;
const tracked = (time: number) => ({ index: 0, time, people: [personAt(0, 100 + time, 200)] });

it('has the keypoints of the frames that were tracked, at the film’s times and numbers', async () => {
  const take = await begin();
  for (let i = 0; i < 10; i++) take.addImage(image, 20 + i / 10);
  for (const i of [0, 3, 7]) take.addTracked(tracked(20 + i / 10), live);
  // A frame from before the take belongs to no one.
  take.addTracked(tracked(19.9), live);
  expect(await take.finish()).toBe(true);
  const handle = await store.recordings.open('take', 'export');
  const frames = (await handle.read(0)).flatMap((bytes) => decodeBatch(bytes).frames);
  expect(frames.map(({ index }) => index)).toEqual([0, 3, 7]);
  for (const [at, time] of [0, 0.3, 0.7].entries()) expect(frames[at]?.time).toBeCloseTo(time, 6);
  expect(handle.stored).toMatchObject({ name: 'Camera, today', state: 'finished' });
  expect(handle.info.runs).toEqual([run]);
  handle.close();
  expect(failures).toEqual([]);
});

it('takes what is tracked while its film is finished, and nothing after it', async () => {
  const take = await begin();
  take.addImage(image, 1);
  take.addImage(image, 2);
  let end = () => {};
  film.end = new Promise((resolve) => {
    end = resolve;
  });
  const finished = take.finish();
  take.addTracked(tracked(1), live);
  end();
  expect(await finished).toBe(true);
  take.addTracked(tracked(2), live);
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect((await store.call('list', [])).map(({ frames }) => frames)).toEqual([1]);
  expect(failures).toEqual([]);
});

it('leaves nothing where nobody was tracked', async () => {
  const take = await begin();
  take.addImage(image, 1);
  expect(await take.finish()).toBe(false);
  expect(await store.call('list', [])).toEqual([]);
  await vi.waitFor(() => expect(files.openCount).toBe(0));
});
