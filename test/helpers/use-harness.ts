import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import {
  type LaunchOptions,
  launchBrowser,
  openHarness,
  openPage,
  testAddress,
  type WatchedPage,
} from './browser.ts';

type OnePage = Pick<WatchedPage, 'page' | 'faults'>;

/** One page with the harness for all tests of a file. After each test, nothing may have gone wrong. */
export function useHarness(options: LaunchOptions = {}): OnePage {
  return useOnePage(options, openHarness);
}

/** The built page, for tests of a file that use its library only. After each test, nothing may have gone wrong. */
export function useLibrary(options: LaunchOptions = {}): OnePage {
  return useOnePage(options, (browser) => openPage(browser, testAddress()));
}

function useOnePage(options: LaunchOptions, open: (browser: Browser) => Promise<WatchedPage>): OnePage {
  let browser: Browser | null = null;
  let watched: WatchedPage | null = null;
  /** How many faults earlier tests have answered for. */
  let judged = 0;
  const opened = (): WatchedPage => {
    if (!watched) throw new Error('The page is open only while tests run.');
    return watched;
  };
  beforeAll(async () => {
    browser = await launchBrowser(options);
    watched = await open(browser);
  });
  afterEach(() => {
    const { faults } = opened();
    const fresh = faults.slice(judged);
    judged = faults.length;
    expect(fresh, 'console errors, uncaught errors and requests to other hosts').toEqual([]);
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
