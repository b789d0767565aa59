import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { launchBrowser, newContext, testAddress } from '../../helpers/browser.ts';
import { crash } from '../../helpers/crash.ts';
import { writeLoopedClip } from '../../helpers/looped-clip.js';
import { button, drop, saveExport } from '../../helpers/use-pages.ts';

const FRAMES = 300;
const QUERY = '?engine=wasm&smooth=0&format=csv-long';
/** Hundreds are on the log and the joiner under Node. */
const KILLS = 3;
/** Frames tracked at the last of them: none comes after the end. */
const LAST_KILL = 240;
const SEED = 20;
const DONE = `Done · ${FRAMES} frames`;
const OF_ALL = `of ${FRAMES} frames`;
const STOPPED = new RegExp(`Stopped at frame \\d+ of ${FRAMES}`);
const folder = mkdtempSync(join(tmpdir(), 'limn-kills-'));
const video = join(folder, 'long.mp4');

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
  await writeLoopedClip(video, FRAMES);
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

const rowText = (page: Page): Promise<string> =>
  page
    .locator('limn-analysis li')
    .filter({ hasText: 'long.mp4' })
    .last()
    .textContent()
    .then(
      (text) => text ?? '',
      () => '',
    );
const until = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 90_000 });

/** All that was kept, but for when the recording was begun. */
async function exportCsv(page: Page): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), saveExport(page)]);
  return readFileSync(await download.path(), 'utf8').replace(/""created"":""[^"]*""/, '');
}

it(`a page goes on from where it was, and after ${KILLS} kills ends with the file of an undisturbed run`, async () => {
  const undisturbed = await newContext(browser);
  const calm = await undisturbed.newPage();
  await calm.goto(testAddress() + QUERY);
  await drop(calm, video);
  await until(() => rowText(calm)).toContain(DONE);
  const expected = await exportCsv(calm);
  await undisturbed.close();

  const random = createRandom(SEED);
  const moments = Array.from({ length: KILLS }, () => Math.floor(random() * LAST_KILL)).sort((a, b) => a - b);
  const context = await newContext(browser);
  const reached: number[] = [];
  for (let kill = 0; kill <= KILLS; kill++) {
    const page = await context.newPage();
    await page.goto(testAddress() + QUERY);
    if (kill > 0) {
      await until(() => page.locator('limn-notices [role=alert]').textContent()).toMatch(
        /Open the same file to go on/,
      );
    }
    await drop(page, video);
    if (kill > 0) {
      await until(() => rowText(page)).toMatch(STOPPED);
      reached.push(Number(/frame (\d+) of/.exec(await rowText(page))?.[1]));
      await button(page, 'Resume: long.mp4').click();
    }
    if (kill === KILLS) {
      await until(() => rowText(page)).toContain(DONE);
      expect(await exportCsv(page)).toBe(expected);
      break;
    }
    // Before there is a recording, there is nothing to lose.
    await until(() => rowText(page)).toContain(OF_ALL);
    const moment = moments[kill] ?? 0;
    await until(async () => Number(/(\d+) of \d+/.exec(await rowText(page))?.[1])).toBeGreaterThanOrEqual(
      moment,
    );
    await crash(page, context);
  }
  await context.close();
  console.log('killed at:', moments.join(' '));
  console.log('kept after each:', reached.join(' '));
  expect(Math.max(...reached)).toBeGreaterThan(100);
  // What was kept once is never lost again.
  expect(reached).toEqual([...reached].sort((a, b) => a - b));
});
