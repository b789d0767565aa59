import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Videos } from '../../../src/session/jobs/videos.ts';
import { Stage } from '../../../src/session/stage/stage.ts';
import { createState, type State } from '../../../src/session/state.ts';
import { decodeBatch } from '../../../src/session/store/log/frame-codec.ts';
import { StoreClient } from '../../../src/session/store/store-client.ts';
import { MemoryFiles } from '../../helpers/memory-files.ts';
import { keepWalk, memoryPlatform } from '../../helpers/memory-platform.ts';
import { quietReporter } from '../../helpers/quiet-reporter.ts';
import { quietVideosHost } from '../../helpers/videos-host.ts';

/** More than is read at once. */
const LONG = 3000;

let files: MemoryFiles;
let videos: Videos;
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
  videos = new Videos(platform, state, new Stage(state), quietReporter(notices), {
    ...quietVideosHost(),
    onDelete: () => videos.hide(),
  });
});
afterEach(() => {
  videos.close();
  vi.unstubAllGlobals();
});

const show = async (id: string): Promise<void> =>
  videos.staged.hold(await videos.documents.open(id, 'stage'));

it('a long recording is exported while another takes its place on the stage', async () => {
  await show('long');
  const exporting = videos.read('long');
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
  await videos.staged.comparison.begin('long', 'long', 'over');
  await videos.delete('long');
  expect(notices).toEqual([expect.stringContaining('compared with it')]);
  const exporting = videos.read('short');
  await videos.delete('short');
  expect(notices[1]).toContain('written to a file');
  await exporting;
  videos.staged.comparison.end();
  await videos.delete('long');
  expect(videos.recordings.list.value?.map(({ id }) => id)).toEqual(['short']);
  await videos.delete('short');
  expect(state.document.value).toBe(null);
  expect(videos.recordings.list.value).toEqual([]);
  expect(notices).toHaveLength(2);
});

it('a damaged part is left out of exports, which say so', async () => {
  // In the second batch of the first recording.
  files.flip('long.limnlog', 60_000);
  const { info, frames } = await videos.read('long');
  expect(info.incomplete).toBe('One part of it is damaged on the disk and left out.');
  expect(frames).toHaveLength(Math.ceil(LONG / 32) - 1);
});

it('nothing is left open of what was looked at, compared, or wished for no more', async () => {
  const superseded = await videos.documents.open('long', 'stage');
  superseded.close();
  await show('long');
  const { comparison } = videos.staged;
  await Promise.all([comparison.begin('short', 'a', 'over'), comparison.begin('short', 'b', 'over')]);
  await show('short');
  videos.hide();
  await vi.waitFor(() => expect(files.openCount).toBe(0));
  expect(notices).toEqual([]);
});
