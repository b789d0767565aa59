import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ACTOR_FRAMES, useTrackedActor } from '../helpers/tracked-actor.ts';
import { button, usePages } from '../helpers/use-pages.ts';
import { until } from '../helpers/video-rows.ts';

const pages = usePages();
const onTracked = useTrackedActor(pages, '?engine=wasm&smooth=0&format=csv-long');

const sheet = (page: Page) => page.getByRole('dialog', { name: 'Export' });
const preview = (page: Page) => sheet(page).getByRole('region', { name: 'Preview' });
const notices = (page: Page) => page.locator('limn-notices [role=alert]').textContent();

describe('the export sheet', () => {
  it('shows what a file will be, saves it by the name given, says so, and repeats it with Ctrl+E', () =>
    onTracked(async (page) => {
      await page.keyboard.press('e');
      await until(() => preview(page).textContent()).toMatch(/frame,time,person,part.*About \d+ kB/s);
      // A frame of the film, painted before anything is written.
      await sheet(page).getByRole('button', { name: 'Film' }).click();
      const frame = preview(page).getByRole('img');
      await until(() => frame.count()).toBe(1);
      expect(
        await frame.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
      ).toBe(320);
      await sheet(page).getByRole('button', { name: 'Animation' }).click();
      await until(() => preview(page).textContent()).toMatch(
        /One skeleton of 17 joints, 45 frames at 30 fps/,
      );
      await sheet(page).getByRole('button', { name: 'Data' }).click();
      await sheet(page)
        .getByRole('radio', { name: /one row per keypoint/ })
        .check();
      await sheet(page).getByRole('textbox', { name: 'File name' }).fill('Anna 1.2');
      const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save').click()]);
      expect(download.suggestedFilename()).toBe('Anna 1.2_long.csv');
      const text = readFileSync(await download.path(), 'utf8');
      expect(text.split('\n').length).toBeGreaterThan(33 * ACTOR_FRAMES);
      await until(() => notices(page)).toMatch(/Saved Anna 1\.2_long\.csv \(\d+ kB\)/);

      const [again] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+e')]);
      expect(again.suggestedFilename()).toBe('actor_long.csv');
      expect(readFileSync(await again.path(), 'utf8')).toBe(text);
      await page.keyboard.press('e');
      await until(() => preview(page).textContent()).toMatch(/Saved actor_long\.csv/);

      // What is chosen is in sight, however far down in the list it is.
      const openPose = sheet(page).getByRole('radio', { name: /^OpenPose JSON lines/ });
      await openPose.check();
      await page.keyboard.press('Escape');
      await sheet(page).waitFor({ state: 'hidden' });
      await page.locator('limn-export-sheet fieldset').evaluate((list) => list.scrollTo(0, 0));
      await page.keyboard.press('e');
      const isInSight = () =>
        openPose.evaluate((radio) => {
          const list = radio.closest('fieldset')?.getBoundingClientRect();
          const { top, bottom } = radio.getBoundingClientRect();
          return list !== undefined && top >= list.top && bottom <= list.bottom;
        });
      await until(isInSight).toBe(true);
    }));

  it('says so quietly when no place is chosen, and why a file can’t be made', () =>
    onTracked(async (page) => {
      await page.evaluate(() => {
        const cancelled = () => Promise.reject(new DOMException('Nobody wants it.', 'AbortError'));
        Object.assign(window, { showSaveFilePicker: cancelled });
      });
      await button(page, 'Export').click();
      await sheet(page).getByRole('button', { name: 'Film' }).click();
      await sheet(page).getByRole('combobox', { name: 'Background' }).selectOption('black');
      await until(() => preview(page).textContent()).toMatch(/no person masks/);
      await sheet(page).getByRole('combobox', { name: 'Background' }).selectOption('kept');
      await button(page, 'Save').click();
      await until(() => notices(page)).toMatch(/Not saved: no place was chosen/);
    }));
});
