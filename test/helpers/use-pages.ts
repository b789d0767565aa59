import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { launchBrowser, openPage, testAddress } from './browser.ts';

/** One browser for all tests of a file; each test has a page of its own, on which nothing may go wrong. */
export function usePages(): {
  onPage(query: string, act: (page: Page) => Promise<void>): Promise<void>;
} {
  let browser: Browser | null = null;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  return {
    async onPage(query, act) {
      if (!browser) throw new Error('The browser is open only while tests run.');
      const watched = await openPage(browser, testAddress() + query);
      try {
        await act(watched.page);
        expect(watched.faults).toEqual([]);
      } finally {
        await watched.context.close();
      }
    },
  };
}

/** Drops files on the page. */
export function drop(page: Page, files: string[]): Promise<void> {
  return page.locator('limn-app input[type=file]').setInputFiles(files);
}

export function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}
