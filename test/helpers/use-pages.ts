import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import {
  type LaunchOptions,
  launchBrowser,
  newContext,
  openPageIn,
  testAddress,
  type WatchedPage,
} from './browser.ts';
import { type KeptFile, readKept } from './kept-files.ts';

/** Wide enough for the whole page (Playwright's own default). */
const USUAL_SIZE = { width: 1280, height: 720 };

export interface PageOptions {
  /** Pixels of the page. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Faults that the test itself makes. */
  readonly expectedFaults?: RegExp;
  /** What an earlier visit has left (`keepFrom`). */
  readonly kept?: readonly KeptFile[];
}

export interface Pages {
  /**
   * Opens the page with a query, tries something on it, and sees that nothing went wrong unasked. Nothing that a page
   * before it has kept is there.
   */
  onPage(
    query: string,
    act: (page: Page, watched: WatchedPage) => Promise<void>,
    options?: PageOptions,
  ): Promise<void>;
  /** Opens the page with a query, and does something on it. @returns what it has kept, for pages of other tests */
  keepFrom(query: string, act: (page: Page) => Promise<void>): Promise<readonly KeptFile[]>;
}

/** One browser and one context for all tests of a file, so that what the page loads is loaded once. */
export function usePages(launch: LaunchOptions = {}): Pages {
  let browser: Browser | null = null;
  let context: BrowserContext | null = null;
  beforeAll(async () => {
    browser = await launchBrowser(launch);
    context = await newContext(browser, { viewport: USUAL_SIZE });
  });
  afterAll(() => browser?.close());
  const onPage: Pages['onPage'] = async (query, act, { viewport, expectedFaults, kept } = {}) => {
    if (!context) throw new Error('The browser is open only while tests run.');
    const watched = await openPageIn(context, testAddress() + query, kept);
    if (viewport) await watched.page.setViewportSize(viewport);
    try {
      await act(watched.page, watched);
      expect(watched.faults.filter((fault) => !expectedFaults?.test(fault))).toEqual([]);
    } finally {
      await watched.page.close();
      await context.unrouteAll({ behavior: 'ignoreErrors' });
    }
  };
  return {
    onPage,
    async keepFrom(query, act) {
      let kept: readonly KeptFile[] = [];
      await onPage(query, async (page) => {
        await act(page);
        kept = await readKept(page);
      });
      return kept;
    },
  };
}

/** Drops files on the page. */
export function drop(page: Page, files: Parameters<Page['setInputFiles']>[1]): Promise<void> {
  return page.locator('limn-app input[type=file]').setInputFiles(files);
}

export function button(page: Page, name: string | RegExp): Locator {
  return page.getByRole('button', { name, exact: true });
}

/** Opens what the tools of Look have for those who want to know more: the network, its engine, thresholds. */
export function openAdvanced(page: Page): Promise<void> {
  return page.locator('limn-tracking #advanced > summary').click();
}

/** Writes what is on the stage, in the format that the address says, through the sheet. */
export async function saveExport(page: Page): Promise<void> {
  await button(page, 'Export').click();
  await page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'Save' }).click();
}

/** Chooses an entry of one of the header's menus. */
export async function choose(page: Page, menu: 'File' | 'New', entry: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${menu}\\b`) }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}
