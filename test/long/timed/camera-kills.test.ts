import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/numbers/random.ts';
import type { LimnApp } from '../../../src/ui/shell/limn-app.ts';
import { launchBrowser, newContext, testAddress } from '../../helpers/browser.ts';
import { crash } from '../../helpers/crash.ts';
import { writeDemoCamera } from '../../helpers/demo-camera.ts';
import { choose } from '../../helpers/use-pages.ts';

const KILLS = 3;
const SEED = 5;
/** Seconds from the first tracked frame on after which a page is killed. */
const MOMENTS = [1.5, 5] as const;
/** Frames that were tracked this many seconds before the page was killed may be lost, and no earlier ones. */
const MOST_LOST = 1;
const folder = mkdtempSync(join(tmpdir(), 'limn-camera-kills-'));
const cameraFile = join(folder, 'camera.mjpeg');
afterAll(() => rmSync(folder, { recursive: true }));

declare global {
  interface Window {
    /** By the camera's time, when a frame was tracked: both in seconds. */
    seen: Map<number, number>;
  }
}

/** Notes which frames come, and when. */
const watch = (page: Page) =>
  page.evaluate(() => {
    window.seen = new Map();
    setInterval(() => {
      const { shown } = document.querySelector<LimnApp>('limn-app')?.session.state ?? {};
      if (shown && shown.version > 0 && !window.seen.has(shown.time))
        window.seen.set(shown.time, performance.now() / 1000);
    }, 5);
  });
const whatWasSeen = (page: Page) =>
  page.evaluate(() => ({ now: performance.now() / 1000, seen: [...window.seen] }));
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
    await watch(page);
    await choose(page, 'New', /^Camera/);
    const moment = MOMENTS[0] + random() * (MOMENTS[1] - MOMENTS[0]);
    await until(async () => {
      const times = (await whatWasSeen(page)).seen.map(([time]) => time);
      return (times.at(-1) ?? 0) - (times[0] ?? 0);
    }).toBeGreaterThan(moment);
    const { now, seen } = await whatWasSeen(page);
    await crash(page, context);

    const next = await context.newPage();
    await next.goto(`${testAddress()}?engine=wasm&smooth=0`);
    await until(() => next.locator('limn-notices [role=alert]').textContent()).toMatch(
      /closed while a camera was tracked: \d+ s of it are kept under Recordings/,
    );
    await choose(next, 'File', /^Recordings/);
    const entries = next.locator('limn-recordings li');
    await until(() => entries.count()).toBe(kill + 1);
    await entries.first().getByRole('button', { name: /^Open/ }).click();
    const range = () =>
      next.evaluate(
        () =>
          document.querySelector<LimnApp>('limn-app')?.session.state.document.peek()?.range.peek() ?? null,
      );
    await until(range).not.toBeNull();
    const end = (await range())?.[1] ?? -1;
    const [, firstLost = now] = seen.find(([time]) => time > end) ?? [];
    lost.push(now - firstLost);
    await next.close();
  }
  await browser.close();
  console.log('seconds that were lost:', lost.map((seconds) => seconds.toFixed(2)).join(' '));
  expect(Math.max(...lost)).toBeLessThan(MOST_LOST);
});
