import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Videos } from '../../../src/session/jobs/videos.ts';
import { createState } from '../../../src/session/state.ts';
import { encodeFrames } from '../../../src/session/store/log/encode-frames.ts';
import { decodeBatch } from '../../../src/session/store/log/frame-codec.ts';
import type { RecordingHandle } from '../../../src/session/store/recording-handle.ts';
import { StoreClient } from '../../../src/session/store/store-client.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';
import { keepWalk, memoryPlatform, walkingFrames } from '../../helpers/memory-platform.ts';
import { info } from '../../helpers/people.ts';
import { quietReporter } from '../../helpers/quiet-reporter.ts';
import { quietVideosHost } from '../../helpers/videos-host.ts';

const FRAMES = 64;
/** As in a mirror: what was worked on is told by where it is. */
const STEPS = [{ kind: 'mirror' }] as const;
const POLL = { timeout: 5000 };

let videos: Videos;
let tracked: RecordingHandle;
let notices: string[];
let platform: ReturnType<typeof memoryPlatform>;
beforeEach(async () => {
  vi.stubGlobal('navigator', { storage: { getDirectory: new MemoryFiles().getDirectory } });
  platform = memoryPlatform();
  notices = [];
  const state = createState();
  state.settings.value = { ...state.settings.value, smooth: false };
  const own = new StoreClient(platform);
  await keepWalk(own, 'walk', FRAMES, 'running');
  await keepWalk(own, 'other', FRAMES);
  await own.call('list', []);
  own.close();
  videos = new Videos(platform, state, quietReporter(notices), quietVideosHost());
  const opened = await videos.open('walk');
  videos.staged.hold(opened);
  tracked = opened.handle;
});
afterEach(() => {
  videos.close();
  vi.unstubAllGlobals();
});

async function trackMore(count: number): Promise<void> {
  for (const batch of encodeFrames(walkingFrames(count, tracked.frames))) await tracked.append(batch);
}

const MEASURED_AT = (index: number): number => 100 + index - 10;
/** Where the first keypoint is in a frame on the stage; `null`: the frame isn't there. */
const shownAt = (index: number): number | null => {
  const frame = videos.staged.frames?.at(index / 30 + 1e-3) ?? null;
  return frame?.index === index ? (frame.people[0]?.body?.points[0] ?? null) : null;
};
const isWorkedOn = (x: number | null): boolean => x !== null && x > info.width / 2;

async function exported(): Promise<number[]> {
  const { frames } = await videos.read('walk');
  return frames.flatMap((each) =>
    each instanceof Uint8Array ? decodeBatch(each).frames.map(({ index }) => index) : [],
  );
}

it('what is worked on while a video is tracked has a skeleton in every later frame, and in the end is all worked on', async () => {
  const { motion } = videos.staged;
  await motion.try(STEPS);
  motion.keep();
  await vi.waitFor(() => expect(isWorkedOn(shownAt(FRAMES - 1))).toBe(true));
  await trackMore(32);
  await vi.waitFor(() => expect(shownAt(FRAMES + 31)).toBeCloseTo(MEASURED_AT(FRAMES + 31), 3));
  expect(isWorkedOn(shownAt(FRAMES - 1))).toBe(true);
  expect(videos.staged.frames?.timeRange).toEqual([0, (FRAMES + 31) / 30]);
  expect(videos.staged.frames?.neighbour((FRAMES - 1) / 30, 1)?.index).toBe(FRAMES);
  await vi.waitFor(() => expect(isWorkedOn(shownAt(FRAMES + 31))).toBe(true), POLL);
  expect(await exported()).toEqual([...Array(FRAMES + 32).keys()]);
  expect(notices).toEqual([]);
});

it('exports are of all that is stored by then, whatever was tried and kept before', async () => {
  const { motion } = videos.staged;
  await motion.try(STEPS);
  motion.keep();
  await vi.waitFor(() => expect(motion.base.value?.until).toBe((FRAMES - 1) / 30));
  expect(await exported()).toHaveLength(FRAMES);
  await trackMore(40);
  expect(await exported()).toEqual([...Array(FRAMES + 40).keys()]);
  const runs = platform.motionRuns;
  expect(await exported()).toHaveLength(FRAMES + 40);
  // What nothing has changed for isn't done again.
  expect(platform.motionRuns).toBe(runs);
});

it('a stretch that was cut out stays so, and undone it is whole again, with what came meanwhile', async () => {
  const { motion, corrections } = videos.staged;
  await motion.try([{ kind: 'trim', from: 0, to: 1 }]);
  motion.keep();
  await vi.waitFor(() => expect(videos.staged.frames?.timeRange).toEqual([0, 1]));
  expect(shownAt(40)).toBe(null);
  await trackMore(32);
  corrections.undo();
  await vi.waitFor(() => expect(shownAt(FRAMES + 31)).toBeCloseTo(MEASURED_AT(FRAMES + 31), 3));
  expect(videos.staged.frames?.timeRange).toEqual([0, (FRAMES + 31) / 30]);
});

it('one that is compared with goes on, and is worked on again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  try {
    await tracked.edit({ type: 'edit', edit: { kind: 'process', steps: STEPS } });
    const opened = await videos.open('walk', 'tracking');
    videos.staged.hold(await videos.open('other'));
    tracked = opened.handle;
    const { comparison } = videos.staged;
    await comparison.begin('walk', 'walk', 'over');
    const xAt = (index: number): number => comparison.peopleAt(index / 30)[0]?.body?.points[0] ?? Number.NaN;
    expect(isWorkedOn(xAt(FRAMES - 1))).toBe(true);
    await trackMore(32);
    await vi.waitFor(() => expect(xAt(FRAMES + 31)).toBeCloseTo(MEASURED_AT(FRAMES + 31), 3));
    await vi.advanceTimersByTimeAsync(3000);
    await vi.waitFor(() => expect(isWorkedOn(xAt(FRAMES + 31))).toBe(true));
  } finally {
    vi.useRealTimers();
  }
});
