import type { Page } from 'playwright-core';
import { describe, it } from 'vitest';
import { tenRecordings } from '../helpers/ten-recordings.ts';
import { button, drop, usePages } from '../helpers/use-pages.ts';
import { press, until } from '../helpers/video-rows.ts';

const pages = usePages();

const library = (page: Page) => page.locator('limn-recordings');
const cards = (page: Page) => library(page).locator('li');

/** Ten recordings that were kept on an earlier visit. */
let kept: ReturnType<typeof pages.keepFrom> | null = null;
async function onTen(act: (page: Page) => Promise<void>): Promise<void> {
  kept ??= pages.keepFrom('', async (page) => {
    await drop(page, tenRecordings());
    await page.keyboard.press('v');
    await until(() => cards(page).count()).toBe(10);
  });
  await pages.onPage('', act, { kept: await kept });
}

describe('the library', () => {
  it('searches, and deletes so that it can be taken back', () =>
    onTen(async (page) => {
      await page.keyboard.press('v');
      await until(() => cards(page).count()).toBe(10);
      // Of those without a picture, somebody is drawn.
      const drawn = () =>
        cards(page)
          .first()
          .locator('canvas')
          .evaluate((canvas: HTMLCanvasElement) => {
            const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
            return data?.some((value) => value > 0) ?? false;
          });
      await until(drawn).toBe(true);
      await page.getByRole('searchbox', { name: 'Search recordings' }).fill('WALK 0');
      await until(() => cards(page).count()).toBe(9);
      await page.getByRole('searchbox', { name: 'Search recordings' }).fill('');
      await page.getByRole('checkbox', { name: 'Select walk 01.mp4' }).check();
      await page.getByRole('checkbox', { name: 'Select walk 02.mp4' }).check();
      await button(page, 'Delete 2').click();
      await until(() => cards(page).count()).toBe(8);
      await library(page).getByRole('button', { name: 'Undo' }).click();
      await until(() => cards(page).count()).toBe(10);
      await press(page, 'Delete', 'walk 03.mp4');
      await until(() => cards(page).count()).toBe(9);
      await until(() => library(page).getByRole('button', { name: 'Undo' }).count()).toBe(0);
      await page.reload();
      await page.keyboard.press('v');
      await until(() => cards(page).count()).toBe(9);
    }));
});
