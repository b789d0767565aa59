import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RecordingColumns } from '../../../src/app/timeline/columns.ts';
import { Comparer } from '../../../src/app/timeline/comparer.ts';
import type {
  RecordingScore,
  Role,
  TimelineCalls,
  TimelineQuery,
} from '../../../src/app/timeline/protocol.ts';
import { Timeline } from '../../../src/app/timeline/timeline.ts';
import { serve } from '../../../src/core/port/serve.ts';
import { Recording } from '../../../src/core/recording.ts';
import type { FrameEdit } from '../../../src/motion/corrections/edit.ts';
import { DifferenceGatherer } from '../../../src/motion/series/difference.ts';
import { readSeries, type Series } from '../../../src/motion/series/series.ts';
import { BatchedFrames } from '../../../src/recording/log/batched-frames.ts';
import { encodeFrames } from '../../../src/recording/log/encode-frames.ts';
import type { RecordingHandle } from '../../../src/recording/recording-handle.ts';
import { StoreClient } from '../../../src/recording/store-client.ts';
import type { Platform } from '../../../src/tracking/platform.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';
import { keepWalk, memoryPlatform, walkingFrames } from '../../helpers/memory-platform.ts';
import { info, personAt } from '../../helpers/people.ts';
import { quietReporter } from '../../helpers/quiet-reporter.ts';
import { servedWorker } from '../../helpers/served-worker.ts';

/** Ten batches. */
const FRAMES = 320;
const QUERY: TimelineQuery = {
  from: 0,
  to: FRAMES / 30,
  bins: 10_000,
  series: [{ kind: 'keypoint', personId: 0, part: 'body', keypoint: 0, quantity: 'x' }],
};

let files: MemoryFiles;
let store: StoreClient;
let timeline: Timeline;
let handle: RecordingHandle;
let failures: string[];
beforeEach(async () => {
  files = new MemoryFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory } });
  const platform = memoryPlatform();
  store = new StoreClient(platform);
  failures = [];
  timeline = new Timeline(platform, quietReporter(failures));
  await keepWalk(store, 'walk', FRAMES);
  handle = await store.recordings.open('walk', 'stage');
});
afterEach(() => {
  timeline.close();
  store.close();
  vi.unstubAllGlobals();
});

/** The ids of the rows, and how far the first keypoint went. */
const seen = () => {
  const { people = [], line } = timeline.view.value ?? {};
  const values = [...(line?.values[0] ?? [])].filter((value) => !Number.isNaN(value));
  return { ids: people.map(({ id }) => id), points: values.length, last: values.at(-1) };
};
const look = async (): Promise<void> => {
  timeline.open('main', handle, 1, []);
  timeline.look(QUERY);
  await vi.waitFor(() => expect(seen().points).toBe(FRAMES));
};

it('rows and plots are those of what the motion was worked into, of what comes behind, and of what was measured', async () => {
  await look();
  const frames = walkingFrames(FRAMES).map((frame) => ({ ...frame, people: [personAt(7, 50, 50)] }));
  const batches = encodeFrames(frames);
  const base = { info, batches, frames: new BatchedFrames(info, batches), paths: new Map() };
  timeline.openBatches('main', base, []);
  await vi.waitFor(() => expect(seen().ids).toEqual([7]));
  const swap: FrameEdit = { kind: 'swap-people', personId: 7, otherId: 0 };
  timeline.setEdits('main', [swap]);
  await vi.waitFor(() => expect(seen()).toMatchObject({ ids: [0], points: FRAMES }));
  timeline.open('main', handle, 1, []);
  await vi.waitFor(() => expect(seen()).toMatchObject({ ids: [0], last: 90 + FRAMES - 1 }));
  expect(new Recording(info, frames).frames).toHaveLength(FRAMES);
  expect(failures).toEqual([]);
});

it('what a stretch comes to is of all its frames, and follows corrections and the next recording', async () => {
  const x: Series = { kind: 'keypoint', personId: 0, part: 'body', keypoint: 0, quantity: 'x' };
  const knee: Series = { kind: 'angle', personId: 0, angle: 'left-knee' };
  const range = { from: 2, to: 5 };
  timeline.summarize({ series: [x, knee], range });
  timeline.open('main', handle, 1, []);
  const inside = walkingFrames(FRAMES).filter(({ time }) => time >= range.from && time <= range.to);
  const expected = (series: Series) => {
    const values = inside.flatMap(({ people }) =>
      people.map((person) => Math.fround(readSeries(person, series))),
    );
    return { minimum: Math.min(...values), maximum: Math.max(...values), count: values.length };
  };
  await vi.waitFor(() => expect(timeline.summary.value?.summaries).toEqual([expected(x), expected(knee)]));
  timeline.setEdits('main', [
    { kind: 'move', time: 3, personId: 0, part: 'body', keypoint: 0, x: -700, y: 5 },
  ]);
  await vi.waitFor(() => expect(timeline.summary.value?.summaries[0]?.minimum).toBe(-700));
  timeline.clear('main');
  expect(timeline.summary.value).toBe(null);
  expect(failures).toEqual([]);
});

it('another recording on the stage doesn’t show the rows of the one before', async () => {
  await look();
  timeline.clear('main');
  expect(timeline.view.value).toBe(null);
  timeline.open('main', handle, 1, []);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(timeline.view.value).toBe(null);
});

it('a damaged part is left out, said once, and silences nothing', async () => {
  handle.close();
  await vi.waitFor(() => expect(files.openCount).toBe(0));
  // In the middle: the fifth of ten batches.
  files.flip('walk.limnlog', Math.round(files.size * 0.45));
  handle = await store.recordings.open('walk', 'stage');
  timeline.open('main', handle, 1, []);
  timeline.look(QUERY);
  await vi.waitFor(() => expect(seen()).toMatchObject({ ids: [0], points: FRAMES - 32 }));
  timeline.setEdits('main', [{ kind: 'swap-people', personId: 0, otherId: 3 }]);
  await vi.waitFor(() => expect(seen().ids).toEqual([3]));
  timeline.look({ ...QUERY, to: 1 });
  await vi.waitFor(() => expect(timeline.view.value?.query.to).toBe(1));
  expect(failures).toEqual([expect.stringContaining('damaged')]);
});

/** A score as of so many frames. */
function scoreOf(frames: number): RecordingScore {
  const columns = new RecordingColumns();
  columns.add(encodeFrames(walkingFrames(frames)));
  return new Comparer(columns, columns).score('other');
}

it('a score that comes late, of a recording that isn’t compared any more, isn’t shown as that of the next', async () => {
  const answers: ((score: RecordingScore) => void)[] = [];
  const asked: Role[] = [];
  const ignore = (): void => undefined;
  const slow = (): Worker =>
    servedWorker((endpoint) =>
      serve<TimelineCalls>(endpoint, {
        add: ignore,
        clear: ignore,
        setSlowness: ignore,
        setFrameSize: ignore,
        setEdits: ignore,
        pair: ignore,
        view: () => null,
        line: () => ({ times: new Float64Array(), values: [] }),
        summarize: (_, query) => ({ query, summaries: [], others: null }),
        reach: () => null,
        findMoments: () => [],
        compare: () => new DifferenceGatherer().finish(),
        score: (_, truth) => {
          asked.push(truth);
          return new Promise((resolve) => answers.push(resolve));
        },
      }),
    );
  timeline.close();
  timeline = new Timeline({ workers: { timeline: slow } } as unknown as Platform, quietReporter(failures));
  await keepWalk(store, 'other', 40);
  const other = await store.recordings.open('other', 'comparison');
  timeline.open('main', handle, 1, []);
  timeline.open('other', other, 1, []);
  timeline.measureScore('other');
  // It is asked for only when all of both is there.
  expect(asked).toEqual([]);
  await vi.waitFor(() => expect(asked).toEqual(['other']));

  timeline.clear('other');
  timeline.open('other', other, 1, []);
  timeline.measureScore('main');
  await vi.waitFor(() => expect(asked).toEqual(['other', 'main']));
  answers[0]?.(scoreOf(40));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(timeline.score.value).toBeNull();
  answers[1]?.(scoreOf(7));
  await vi.waitFor(() => expect(timeline.score.value?.frames).toBe(7));
  expect(failures).toEqual([]);
});
