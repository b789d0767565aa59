import { beforeEach, expect, it, vi } from 'vitest';
import { Notices } from '../../../src/app/notices.ts';
import type { Opened } from '../../../src/app/opening/opened.ts';
import { createPageReporter } from '../../../src/app/page-reporter.ts';
import { Stage } from '../../../src/app/stage/stage.ts';
import { StageRuns } from '../../../src/app/stage/stage-runs.ts';
import { createState, type State } from '../../../src/app/state.ts';
import { AbortError, LimnError } from '../../../src/core/errors.ts';

let state: State;
let notices: Notices;
let runs: StageRuns;
let ended: number;
beforeEach(() => {
  state = createState();
  notices = new Notices();
  runs = new StageRuns(state, new Stage(state), createPageReporter(state, notices));
  ended = 0;
  runs.onEnd(() => ended++);
});

/** Something that can be opened, and knows what was done with it. */
function openable() {
  const opened = { begin: vi.fn(), close: vi.fn() } satisfies Opened;
  let finish = (): void => undefined;
  const opening = new Promise<Opened>((resolve) => {
    finish = () => resolve(opened);
  });
  return { opened, finish, open: () => opening };
}

it('what is wished for last takes the stage; what was opened for an older wish is closed', async () => {
  const [older, newer] = [openable(), openable()];
  const first = runs.start('camera', older.open);
  const second = runs.start('demo', newer.open);
  expect(state.isOpening.value).toBe(true);
  newer.finish();
  await second;
  expect([state.settings.value.source, state.isRunning.value, state.isOpening.value]).toEqual([
    'demo',
    true,
    false,
  ]);
  older.finish();
  await first;
  expect(older.opened.close).toHaveBeenCalledOnce();
  expect(older.opened.begin).not.toHaveBeenCalled();
  expect(newer.opened.begin).toHaveBeenCalledOnce();
  expect(newer.opened.close).not.toHaveBeenCalled();
  expect(ended).toBe(1);
});

it('what runs goes on when something else can’t be opened, which is said; what was given up isn’t', async () => {
  const running = openable();
  running.finish();
  await runs.start('demo', running.open);
  await runs.start('camera', () => Promise.reject(new LimnError('There is no camera.')));
  await runs.start('camera', () => Promise.reject(new AbortError('It was given up.')));
  expect(notices.list.value.map(({ kind, text }) => [kind, text])).toEqual([
    ['error', 'There is no camera.'],
  ]);
  expect([ended, state.isRunning.value, state.isOpening.value]).toEqual([1, true, false]);
  expect(state.settings.value.source).toBe('demo');
});

it('stopped while it is opened, it never takes the stage', async () => {
  const { opened, finish, open } = openable();
  const starting = runs.start('camera', open);
  runs.end();
  runs.forget();
  expect(state.isOpening.value).toBe(false);
  finish();
  await starting;
  expect(opened.close).toHaveBeenCalledOnce();
  expect([state.isRunning.value, state.settings.value.source]).toEqual([false, 'none']);
});
