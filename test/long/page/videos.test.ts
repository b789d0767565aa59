import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeLoopedClip } from '../../helpers/looped-clip.js';
import { keptFrames, POLL } from '../../helpers/status.ts';
import { ACTOR, ACTOR_FRAMES } from '../../helpers/tracked-actor.ts';
import { drop, usePages } from '../../helpers/use-pages.ts';
import { exportCsv, press, row, until, waitForRow } from '../../helpers/video-rows.ts';

/** Three pieces, for two workers, and seconds to press a button in. */
const LONG_FRAMES = 240;
const folder = mkdtempSync(join(tmpdir(), 'limn-videos-'));
const long = join(folder, 'long.mp4');

const pages = usePages();
beforeAll(() => writeLoopedClip(long, LONG_FRAMES));
afterAll(() => rmSync(folder, { recursive: true }));

const onPage = (act: (page: Page) => Promise<void>): Promise<void> =>
  pages.onPage('?engine=wasm&smooth=0&format=csv-long', act);

describe('dropping a video', () => {
  it('takes several, one after the other', () =>
    onPage(async (page) => {
      await drop(page, [long, ACTOR]);
      await waitForRow(page, /Queued/);
      await waitForRow(page, /Done · 240 frames/, 'long.mp4');
      await waitForRow(page, /Done · 45 frames/);
      expect(await keptFrames(page)).toBe(LONG_FRAMES);
      await press(page, 'Show');
      await until(() => keptFrames(page)).toBe(ACTOR_FRAMES);
      // Those that tracked go after a while; the one that stores stays, and the one that has the timeline.
      await expect.poll(() => page.workers().length, POLL).toBe(2);
    }));

  it('can be held, gone on with, ended, and gone on with after that', () =>
    onPage(async (page) => {
      await drop(page, long);
      await waitForRow(page, /[1-9]\d* of 240 frames/, 'long.mp4');
      await press(page, 'Pause', 'long.mp4');
      await waitForRow(page, /Paused at/, 'long.mp4');
      // What is in the workers' hands still comes; then nothing more.
      await page.waitForTimeout(1500);
      const held = await row(page, 'long.mp4').textContent();
      await page.waitForTimeout(1500);
      expect(await row(page, 'long.mp4').textContent()).toBe(held);
      await press(page, 'Resume', 'long.mp4');
      await waitForRow(page, /fps/, 'long.mp4');
      await press(page, 'Cancel', 'long.mp4');
      await waitForRow(page, /Cancelled at/, 'long.mp4');
      const kept = await keptFrames(page);
      expect(kept).toBeLessThan(LONG_FRAMES);
      expect((await exportCsv(page)).length).toBeGreaterThan(1000);
      await press(page, 'Resume', 'long.mp4');
      await waitForRow(page, /Done · 240 frames/, 'long.mp4');
    }));
});
