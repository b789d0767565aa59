import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Library } from '../../../src/app/jobs/library.ts';
import { Videos } from '../../../src/app/jobs/videos.ts';
import { Stage } from '../../../src/app/stage/stage.ts';
import { StageDocument } from '../../../src/app/stage/stage-document.ts';
import { StageRuns } from '../../../src/app/stage/stage-runs.ts';
import { Subject } from '../../../src/app/stage/subject.ts';
import { createState, type State } from '../../../src/app/state.ts';
import { decodeBatch } from '../../../src/recording/log/frame-codec.ts';
import { StoreClient } from '../../../src/recording/store-client.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';
import { keepWalk, memoryPlatform } from '../../helpers/memory-platform.ts';
import { quietReporter } from '../../helpers/quiet-reporter.ts';

/** More than is read at once. */
const LONG = 3000;

let files: MemoryFiles;
let videos: Videos;
let library: Library;
let staged: StageDocument;
let runs: StageRuns;
let notices: string[];
let state: State;
beforeEach(async () => {
  files = new MemoryFiles();
  vi.stubGlobal('navigator', { storage: { getDirectory: files.getDirectory } });
  const platform = memoryPlatform();
  const store = new StoreClient(platform);
  await keepWalk(store, 'long', LONG);
  await keepWalk(store, 'short', 40);
  await vi.waitFor(() => expect(files.openCount).toBe(0));
  store.close();
  notices = [];
  state = createState();
  const reporter = quietReporter(notices);
  const stage = new Stage(state);
  runs = new StageRuns(state, stage, reporter);
  library = new Library(platform, state, reporter);
  staged = new StageDocument(platform, state, stage, library.documents, reporter);
  const subject = new Subject(state, library.liveLog);
  videos = new Videos(platform, state, reporter, { stage, staged, runs, subject, library });
});
afterEach(() => {
  runs.end();
  staged.close();
  videos.close();
  library.close();
  vi.unstubAllGlobals();
});

const show = async (id: string): Promise<void> => staged.hold(await library.documents.open(id, 'stage'));

it('a long recording is exported while another takes its place on the stage', async () => {
  await show('long');
  const exporting = library.read('long');
  await show('short');
  const { frames } = await exporting;
  const count = frames.reduce<number>(
    (sum, each) => sum + (each instanceof Uint8Array ? decodeBatch(each).frames.length : 1),
    0,
  );
  expect(count).toBe(LONG);
  expect(notices).toEqual([]);
});

it('a recording that is compared with, or exported, isn’t deleted; the one on the stage is', async () => {
  await show('short');
  await staged.comparison.begin('long', 'long');
  await videos.delete('long');
  expect(notices).toEqual([expect.stringContaining('compared with it')]);
  const exporting = library.read('short');
  await videos.delete('short');
  expect(notices[1]).toContain('written to a file');
  await exporting;
  staged.comparison.end();
  await videos.delete('long');
  expect(library.recordings.list.value?.map(({ id }) => id)).toEqual(['short']);
  await videos.delete('short');
  expect(state.document.value).toBe(null);
  expect(library.recordings.list.value).toEqual([]);
  expect(notices).toHaveLength(2);
});

it('a damaged part is left out of exports, which say so', async () => {
  // In the second batch of the first recording.
  files.flip('long.limnlog', 60_000);
  const { info, frames } = await library.read('long');
  expect(info.incomplete).toBe('One part of it is damaged on the disk and left out.');
  expect(frames).toHaveLength(Math.ceil(LONG / 32) - 1);
});

it('nothing is left open of what was looked at, compared, or wished for no more', async () => {
  const superseded = await library.documents.open('long', 'stage');
  superseded.close();
  await show('long');
  const { comparison } = staged;
  await Promise.all([comparison.begin('short', 'a'), comparison.begin('short', 'b')]);
  await show('short');
  runs.end();
  await vi.waitFor(() => expect(files.openCount).toBe(0));
  expect(notices).toEqual([]);
});

it('what a camera has left is kept, but for a session that ended before its first frame was stored', async () => {
  await keepWalk(library.store(), 'camera', 40, 'live');
  await keepWalk(library.store(), 'nothing', 0, 'live');
  await videos.offerUnfinished();
  expect(notices).toEqual([
    expect.stringMatching(/^The page was closed while a camera was tracked: 1 s of it/),
  ]);
  const listed = library.recordings.list.value ?? [];
  expect(listed.map(({ id }) => id).sort()).toEqual(['camera', 'long', 'short']);
  expect(listed.every(({ info }) => info?.state === 'finished')).toBe(true);
});
