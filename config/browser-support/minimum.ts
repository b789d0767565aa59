/**
 * The oldest browsers that Limn is written for; docs/browsers.md says why these. What they lack is found by
 * `test/node/config/browser-support.test.ts`. Names and versions are those of MDN's browser compatibility data.
 */
export const MINIMUM_BROWSERS = {
  chrome: '123',
  chrome_android: '123',
  edge: '123',
  firefox: '132',
  safari: '17.5',
  safari_ios: '17.5',
} as const satisfies Readonly<Record<string, string>>;

/** Versions by the browser's name in MDN's data. */
export type BrowserVersions = Readonly<Partial<Record<keyof typeof MINIMUM_BROWSERS, string>>>;
