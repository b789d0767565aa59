import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openPage, testAddress } from '../helpers/browser.ts';
import { button, drop } from '../helpers/use-pages.ts';
import { until } from '../helpers/video-rows.ts';

const GERMAN: BrowserContextOptions = { locale: 'de-DE', viewport: { width: 1360, height: 900 } };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** Opens the page in a browser with other settings, and sees that nothing went wrong unasked. */
async function onPage(
  query: string,
  options: BrowserContextOptions,
  act: (page: Page) => Promise<void>,
  expectedFaults = /^$/,
): Promise<void> {
  const { page, context, faults } = await openPage(browser, testAddress() + query, options);
  try {
    await act(page);
    expect(faults.filter((fault) => !expectedFaults.test(fault))).toEqual([]);
  } finally {
    await context.close();
  }
}

const languageOf = (page: Page) => page.evaluate(() => document.documentElement.lang);

/** Opens the settings through the menu of the file. @param names of menu and entry */
async function openSettings(page: Page, menu: string, entry: string, section: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${menu}\\b`) }).click();
  await page.getByRole('menuitem', { name: entry }).click();
  await page.locator('limn-settings summary', { hasText: section }).click();
}

it('speaks German where the browser does, writes numbers as it does, and English when that is chosen', () =>
  onPage('?source=demo&engine=wasm', GERMAN, async (page) => {
    await until(() => button(page, 'Auf diesem Gerät').count()).toBe(1);
    expect(await languageOf(page)).toBe('de');
    expect(await page.title()).toBe('Limn – Bewegungen im Browser erfassen');
    const status = page.locator('limn-status ul');
    await button(page, 'Auf diesem Gerät').click();
    await until(() => status.textContent()).toMatch(/\d,\d ms pro Bild · 95\. Perzentil \d+,\d ms/);
    await openSettings(page, 'Datei', 'Einstellungen', 'Seite');
    // Something is being tracked: that goes on until whoever is at the page wants to have it loaded anew.
    await page.getByLabel('Sprache', { exact: true }).selectOption({ label: 'English' });
    expect(await languageOf(page)).toBe('de');
    await page.getByRole('button', { name: 'Jetzt neu laden' }).click();
    await until(() => button(page, 'On this device').count()).toBe(1);
    expect(await languageOf(page)).toBe('en');
    await button(page, 'On this device').click();
    // Numbers are the browser's matter.
    await until(() => status.textContent()).toMatch(/\d,\d ms per frame/);
  }));

it('is loaded anew at once for another language where nothing is open, and remembers it', () =>
  onPage('', { locale: 'en-US' }, async (page) => {
    await openSettings(page, 'File', 'Settings', 'Page');
    await page.getByLabel('Language', { exact: true }).selectOption('de');
    await until(() => page.getByRole('button', { name: /^Kamera verwenden/ }).count()).toBe(1);
    await page.reload();
    await until(() => page.getByRole('button', { name: /^Demo ansehen/ }).count()).toBe(1);
    expect(await languageOf(page)).toBe('de');
    await page.keyboard.press('?');
    await until(() => page.getByText('Strg+Umschalt+Z').isVisible()).toBe(true);
  }));

it('stays English where German can’t be had', async () => {
  const { page, context, faults } = await openPage(browser, 'about:blank', GERMAN);
  try {
    await context.route(/german-[^/]*\.js$/, (route) => route.abort());
    await page.goto(testAddress());
    await until(() => page.getByRole('button', { name: /^Try the demo/ }).count()).toBe(1);
    expect(await languageOf(page)).toBe('en');
    expect(faults.filter((fault) => !fault.includes('ERR_FAILED'))).toEqual([]);
  } finally {
    await context.close();
  }
});

it('starts where the browser’s language is none that can be written in', async () => {
  const { page, context, faults } = await openPage(browser, 'about:blank');
  try {
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'language', { configurable: true, get: () => 'C' });
      Object.defineProperty(navigator, 'languages', { configurable: true, get: () => ['C'] });
    });
    await page.goto(testAddress());
    await until(() => page.getByRole('button', { name: /^Try the demo/ }).count()).toBe(1);
    expect(await page.evaluate(() => navigator.language)).not.toBe('C');
    expect(faults).toEqual([]);
  } finally {
    await context.close();
  }
});

it('says in German what is wrong with a file', () =>
  onPage('', GERMAN, async (page) => {
    await until(() => button(page, 'Auf diesem Gerät').count()).toBe(1);
    const empty = { name: 'leer.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(0) };
    await drop(page, empty);
    await until(() => page.locator('limn-notices [role=alert]').textContent()).toContain(
      'leer.mp4 ist leer (0 Bytes). Noch einmal kopieren.',
    );
  }));

it('German fits a phone', () =>
  onPage('', { locale: 'de-DE', viewport: { width: 360, height: 740 } }, async (page) => {
    await until(() => page.getByRole('button', { name: /^Kamera verwenden/ }).count()).toBe(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  }));
