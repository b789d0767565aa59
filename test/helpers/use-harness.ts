import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type LaunchOptions, launchBrowser, openHarness, type WatchedPage } from './browser.ts';

/** One page with the harness for all tests of a file, opened before and closed after them. */
export function useHarness(options: LaunchOptions = {}): Pick<WatchedPage, 'page' | 'faults'> {
  let browser: Browser | null = null;
  let watched: WatchedPage | null = null;
  const opened = (): WatchedPage => {
    if (!watched) throw new Error('The page is open only while tests run.');
    return watched;
  };
  beforeAll(async () => {
    browser = await launchBrowser(options);
    watched = await openHarness(browser);
  });
  afterAll(() => browser?.close());
  return {
    get page(): Page {
      return opened().page;
    },
    get faults(): readonly string[] {
      return opened().faults;
    },
  };
}
