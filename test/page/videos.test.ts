import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { LimnApp } from '../../src/ui/shell/limn-app.ts';
import { testAddress, type WatchedPage } from '../helpers/browser.ts';
import { keptFrames, waitForEnd } from '../helpers/status.ts';
import { ACTOR, ACTOR_FRAMES, useTrackedActor } from '../helpers/tracked-actor.ts';
import { choose, drop, type PageOptions, usePages } from '../helpers/use-pages.ts';
import { exportCsv, press, until, waitForRow } from '../helpers/video-rows.ts';

const SHORT_FRAMES = ACTOR_FRAMES;
const folder = mkdtempSync(join(tmpdir(), 'limn-videos-'));
const QUERY = '?engine=wasm&smooth=0&format=csv-long';

const pages = usePages();
const onTracked = useTrackedActor(pages, QUERY);
afterAll(() => rmSync(folder, { recursive: true }));

const onPage = (
  act: (page: Page, watched: WatchedPage) => Promise<void>,
  query = '',
  options: PageOptions = {},
): Promise<void> => pages.onPage(QUERY + query, act, options);

const notices = (page: Page) => page.locator('limn-notices [role=alert]').textContent();

/** What is on the stage. */
const shown = (page: Page) =>
  page.evaluate(() => {
    const { shown } = document.querySelector<LimnApp>('limn-app')?.session.state ?? {};
    return {
      time: shown?.time ?? -1,
      people: (shown?.people ?? []).map(({ body }) => [...(body?.points ?? [])]),
    };
  });

describe('dropping a video', () => {
  it('tracks every frame once, and shows the skeleton of exactly the frame on screen', () =>
    onPage(async (page) => {
      await drop(page, ACTOR);
      await waitForRow(page, /Done · 45 frames/);
      expect(await keptFrames(page)).toBe(SHORT_FRAMES);
      const lines = (await exportCsv(page)).trim().split('\n');
      const columns = lines[0]?.split(',') ?? [];
      const [frameAt, xAt, yAt] = ['frame', 'x', 'y'].map((name) => columns.indexOf(name));
      const noses = new Map<number, [number, number]>();
      for (const line of lines.slice(1)) {
        if (!line.includes(',nose,')) continue;
        const cells = line.split(',').map(Number);
        noses.set(cells[frameAt ?? 0] ?? -1, [cells[xAt ?? 0] ?? -1, cells[yAt ?? 0] ?? -1]);
      }
      expect(noses.size).toBe(SHORT_FRAMES);
      const slider = page.getByRole('slider', { name: 'Position' });
      await waitForEnd(page, 1.4);
      for (const number of [40, 3, 22, 44, 0, 13]) {
        await slider.fill(String(number / 30 + 0.004));
        await until(async () => (await shown(page)).time).toBeCloseTo(number / 30, 3);
        const [x, y] = noses.get(number) ?? [];
        await until(async () => (await shown(page)).people[0]?.[0]).toBeCloseTo(x ?? -1, 2);
        expect((await shown(page)).people[0]?.[1]).toBeCloseTo(y ?? -1, 2);
      }
    }));

  it('finds again what was tracked before, and tracks it anew when that is asked for', () =>
    onPage(async (page) => {
      await drop(page, ACTOR);
      await waitForRow(page, /Done · 45 frames/);
      await press(page, 'Remove from queue (the recording is kept)');
      await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
      await waitForRow(page, /Done · 45 frames/);
      await press(page, 'Remove from queue (the recording is kept)');
      await drop(page, ACTOR);
      await waitForRow(page, /Tracked before · 45 frames/);
      await until(() => keptFrames(page)).toBe(SHORT_FRAMES);
      await page.getByRole('combobox', { name: 'Frames' }).selectOption('3');
      await press(page, 'Re-track');
      await waitForRow(page, /Done · 15 frames/);
      await until(() => keptFrames(page)).toBe(15);
    }));

  it('gives all frames of one that breaks off, and says so', () =>
    onPage(async (page) => {
      const whole = readFileSync(ACTOR);
      const cut = join(folder, 'cut.mp4');
      writeFileSync(cut, whole.subarray(0, Math.round(whole.length * 0.6)));
      await drop(page, cut);
      await waitForRow(page, /Breaks off after \d+ of 45 frames/, 'cut.mp4');
      expect(await notices(page)).toMatch(
        /cut\.mp4 is not whole: the file breaks off after \d\.\d\d seconds/,
      );
      const kept = await keptFrames(page);
      expect(kept).toBeGreaterThan(10);
      const lines = (await exportCsv(page)).trim().split('\n').slice(1);
      expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(kept);
      // The stage is still there, and shows the frames that there are.
      const slider = page.getByRole('slider', { name: 'Position' });
      await slider.fill('0.2');
      await until(async () => (await shown(page)).people.length).toBe(1);
    }));

  it('follows whom one clicks, and exports only that person', () =>
    onTracked(async (page) => {
      await until(async () => (await shown(page)).people.length).toBe(1);
      const place = await page.evaluate(() => {
        const shown = document.querySelector<LimnApp>('limn-app')?.session.state.shown;
        const points = shown?.people[0]?.body?.points ?? [];
        return { x: (points[0] ?? 0) / (shown?.width ?? 1), y: (points[1] ?? 0) / (shown?.height ?? 1) };
      });
      const canvas = page.locator('limn-stage canvas');
      const box = await canvas.boundingBox();
      if (!box) throw new Error('The stage is not there.');
      const scale = Math.min(box.width / 320, box.height / 240);
      const [left, top] = [(box.width - 320 * scale) / 2, (box.height - 240 * scale) / 2];
      await canvas.click({ position: { x: left + place.x * 320 * scale, y: top + place.y * 240 * scale } });
      await until(() => page.getByRole('button', { name: 'Only Person 1' }).count()).toBe(1);
      expect((await exportCsv(page)).split('\n').length).toBeGreaterThan(33 * SHORT_FRAMES);
      await page.getByRole('button', { name: 'Only Person 1' }).click();
      await page.keyboard.press('p');
      await until(() => page.getByRole('button', { name: 'Only Person 1' }).count()).toBe(1);
      await page.keyboard.press('p');
      await until(() => page.getByRole('button', { name: 'Only Person 1' }).count()).toBe(0);
    }));

  it('fits a phone 360 pixels wide', () =>
    onTracked(
      async (page) => {
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
        await choose(page, 'File', /^Recordings/);
        await until(() => page.locator('limn-recordings li').count()).toBe(1);
        const box = await page.locator('limn-recordings dialog').boundingBox();
        expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 999) <= 360).toBe(true);
      },
      { viewport: { width: 360, height: 740 } },
    ));
});

describe('recordings', () => {
  const dialog = (page: Page) => page.locator('limn-recordings');

  it('are listed, renamed, exported, opened and deleted', () =>
    onPage(async (page) => {
      await drop(page, ACTOR);
      await waitForRow(page, /Done · 45 frames/);
      await choose(page, 'File', /^Stop/);
      // What is tracked to its end stays on the stage.
      expect(await page.getByRole('slider', { name: 'Position' }).count()).toBe(1);
      expect(await page.locator('limn-timeline canvas').count()).toBeGreaterThan(0);
      await page.keyboard.press('v');
      const listed = dialog(page).locator('li');
      await until(() => listed.textContent()).toMatch(/actor\.mp4.*45 frames.*[1-9]\d* kB.*lite/s);
      expect(await listed.locator('.length').getAttribute('data-length')).toBe('0:01');
      expect(await dialog(page).locator('p').first().textContent()).toMatch(/\d (MB|GB) of \d.* used/);
      expect(await listed.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(192);

      await press(page, 'Rename');
      await page.getByRole('textbox', { name: 'New name' }).fill('Monday');
      await page.keyboard.press('Enter');
      await until(() => listed.textContent()).toMatch(/Monday/);

      await press(page, 'Export', 'Monday');
      const save = page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'Save' });
      const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
      expect(download.suggestedFilename()).toBe('Monday_long.csv');
      expect(readFileSync(await download.path(), 'utf8').split('\n').length).toBeGreaterThan(33 * 45);

      await page.keyboard.press('v');
      await press(page, 'Open', 'Monday');
      await until(() => page.getByRole('slider', { name: 'Position' }).count()).toBe(1);
      await until(async () => (await shown(page)).people.length).toBe(1);
      await choose(page, 'File', /^Stop/);
      await press(page, 'Remove from queue (the recording is kept)');

      await page.keyboard.press('v');
      await press(page, 'Delete', 'Monday');
      await until(() => listed.count()).toBe(0);
      expect(await dialog(page).locator('limn-library').locator('p').textContent()).toMatch(
        /Nothing is kept yet/,
      );
    }));

  it('opens one without its video after a reload', () =>
    onTracked(async (page) => {
      const before = await exportCsv(page);
      await page.reload();
      await page.keyboard.press('v');
      await press(page, 'Open');
      await until(async () => (await shown(page)).people.length).toBe(1);
      expect(await exportCsv(page)).toBe(before);
    }));

  it('that another tab has open are looked at, and can’t be changed', () =>
    onTracked(async (page) => {
      const other = await page.context().newPage();
      await other.goto(page.url());
      await other.keyboard.press('v');
      const row = dialog(other).locator('li');
      await until(() => row.textContent()).toMatch(
        /It is open in another tab of Limn, since \d+ \w+ \d+, \d\d:\d\d\./,
      );
      await press(other, 'Look');
      await until(async () => (await shown(other)).people.length).toBe(1);
      expect(await notices(other)).toMatch(
        /actor\.mp4 can only be looked at here.*It is open in another tab/s,
      );
      expect(await exportCsv(other)).toBe(await exportCsv(page));
      await other.evaluate(() => {
        const { state } = document.querySelector<LimnApp>('limn-app')?.session ?? {};
        state?.document.peek()?.add({ kind: 'delete-person', personId: 0 });
      });
      expect((await shown(other)).people.length).toBe(1);
      await other.keyboard.press('v');
      await press(other, 'Delete', 'actor.mp4');
      await until(() => notices(other)).toMatch(/The recording can’t be changed here/);
      await other.close();
    }));

  it('go on in memory when the disk is full, and say so', () =>
    onPage(async (page, { context }) => {
      const session = await context.newCDPSession(page);
      const { origin } = new URL(testAddress());
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 40_000 });
      await drop(page, ACTOR);
      await waitForRow(page, /Done · 45 frames/);
      expect(await notices(page)).toMatch(/goes on in memory\. Export it before you close the page/);
      await until(() => keptFrames(page)).toBe(SHORT_FRAMES);
      expect((await exportCsv(page)).split('\n').length).toBeGreaterThan(33 * SHORT_FRAMES);
    }));
});
