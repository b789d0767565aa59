import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { tenRecordings } from '../helpers/ten-recordings.ts';
import { button, choose, drop, usePages } from '../helpers/use-pages.ts';
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
  it('has ten recordings in two formats each in one ZIP with five clicks', () =>
    onTen(async (page) => {
      // Where the browser can write to files, the ZIP goes there as it comes: here it is a download.
      await page.evaluate(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
      await choose(page, 'File', /^Recordings/);
      await until(() => cards(page).count()).toBe(10);
      await button(page, 'Select all').click();
      await button(page, 'Export 10 …').click();
      const sheet = page.getByRole('dialog', { name: 'Export 10 recordings' });
      expect(await sheet.getByRole('region', { name: 'Preview' }).textContent()).toMatch(
        /10 recordings in 2 formats: 20 files/,
      );
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        sheet.getByRole('button', { name: 'Save', exact: true }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('limn-recordings.zip');
      const files = unzipSync(readFileSync(await download.path()));
      expect(Object.keys(files)).toHaveLength(20);
      expect(
        Object.keys(files)
          .slice(0, 2)
          .map((name) => name.replace(/\d\d/g, '#')),
      ).toEqual(['walk #/walk #.csv', 'walk #/walk #.limn.json']);
      const text = new TextDecoder().decode(files['walk 07/walk 07.csv']);
      expect(text.split('\n')[0]).toMatch(/^frame,time,person/);
      await until(() => page.locator('limn-notices [role=alert]').textContent()).toMatch(
        /Saved 20 files in limn-recordings\.zip/,
      );
    }));

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
