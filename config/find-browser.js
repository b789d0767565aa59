import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

const FIREFOX_NAMES = ['firefox-esr', 'firefox'];
const WEBKIT_DRIVER = 'WebKitWebDriver';
/** Debian keeps WebKitGTK's own browser beside its library. */
const LIBRARY_FOLDERS = ['/usr/lib', '/usr/libexec'];

/** Where a program of one of some names lies. @param {readonly string[]} names @returns {string | null} */
function findOnPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return paths.find((path) => existsSync(path)) ?? null;
}

/** A Firefox on this machine: `FIREFOX_PATH`, or one on the path. @returns {string | null} */
export function findFirefox() {
  const { FIREFOX_PATH } = process.env;
  return FIREFOX_PATH && existsSync(FIREFOX_PATH) ? FIREFOX_PATH : findOnPath(FIREFOX_NAMES);
}

/**
 * WebKitGTK's WebDriver and the browser that it drives.
 *
 * @returns {{ readonly driver: string, readonly browser: string } | null}
 */
export function findWebKit() {
  const driver = findOnPath([WEBKIT_DRIVER]);
  if (!driver) return null;
  for (const folder of LIBRARY_FOLDERS.filter((each) => existsSync(each))) {
    for (const below of ['', ...readdirSync(folder).filter((name) => name.endsWith('-linux-gnu'))]) {
      for (const version of ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0']) {
        const browser = join(folder, below, version, 'MiniBrowser');
        if (existsSync(browser)) return { driver, browser };
      }
    }
  }
  return null;
}

/** A screen that nobody sees. @returns {string | null} */
export function findDisplayServer() {
  return findOnPath(['Xvfb']);
}

/**
 * A Chrome or Chromium on this machine: `CHROME_PATH`, one on the path, one in its usual place, or the one that
 * Playwright has downloaded.
 *
 * @returns {Promise<string | null>}
 */
export async function findBrowser() {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH && existsSync(CHROME_PATH)) return CHROME_PATH;
  const found = findOnPath(NAMES) ?? PLACES.find((path) => existsSync(path));
  if (found) return found;
  try {
    const { chromium } = await import('playwright-core');
    const path = chromium.executablePath();
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}
