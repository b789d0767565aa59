import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random.ts';
import type { LimnApp } from '../../../src/ui/limn-app.ts';
import { launchBrowser, newContext, testAddress } from '../../helpers/browser.ts';
import { crash } from '../../helpers/crash.ts';
import { writeDemoCamera } from '../../helpers/demo-camera.ts';
import { button } from '../../helpers/use-pages.ts';

const KILLS = 5;
const SEED = 5;
/** Seconds after which a page is killed. */
const MOMENTS = [1.5, 5] as const;
/** Seconds of a session that may be lost. */
const MOST_LOST = 1;
const folder = mkdtempSync(join(tmpdir(), 'limn-camera-kills-'));
const cameraFile = join(folder, 'camera.mjpeg');
afterAll(() => rmSync(folder, { recursive: true }));

/** Seconds of the camera's frame on screen. */
const shownTime = (page: Page) =>
  page.evaluate(() => document.querySelector<LimnApp>('limn-app')?.session.state.shown.time ?? 0);
const until = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 60_000 });

it(`a camera session is there after each of ${KILLS} kills, and lacks a second at most`, async () => {
  const drawing = await launchBrowser();
  const drawn = await drawing.newPage();
  await drawn.goto(testAddress());
  await writeDemoCamera(drawn, cameraFile);
  await drawing.close();

  const browser = await launchBrowser({ cameraFile });
  const context = await newContext(browser);
  const random = createRandom(SEED);
  const lost: number[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const page = await context.newPage();
    await page.goto(`${testAddress()}?engine=wasm&smooth=0`);
    await button(page, 'Camera').click();
    const moment = MOMENTS[0] + random() * (MOMENTS[1] - MOMENTS[0]);
    await until(() => shownTime(page)).toBeGreaterThan(moment);
    const last = await shownTime(page);
    await crash(page, context);

    const next = await context.newPage();
    await next.goto(`${testAddress()}?engine=wasm&smooth=0`);
    await until(() => next.locator('limn-notices [role=alert]').textContent()).toMatch(
      /closed while a camera was tracked: \d+ s of it are kept under Recordings/,
    );
    await button(next, 'Recordings').click();
    const entries = next.locator('limn-recordings li');
    await until(() => entries.count()).toBe(kill + 1);
    await entries.first().getByRole('button', { name: /^Open/ }).click();
    const range = () =>
      next.evaluate(
        () => document.querySelector<LimnApp>('limn-app')?.session.state.stagedRange.peek() ?? null,
      );
    await until(range).not.toBeNull();
    lost.push(last - ((await range())?.[1] ?? 0));
    await next.close();
  }
  await browser.close();
  console.log('seconds lost:', lost.map((seconds) => seconds.toFixed(2)).join(' '));
  expect(Math.max(...lost)).toBeLessThan(MOST_LOST);
});
