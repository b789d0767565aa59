import { readIn } from '../core/texts/readable.ts';

/**
 * Browsers on a Linux without a locale say that their language is `C`, which `Intl` refuses: whatever formats a number
 * by it (uPlot does while it is loaded) throws. There, `navigator` says from now on what `Intl` itself uses.
 *
 * Numbers and moments on the page are written as in the browser's language, whichever the page speaks.
 *
 * To be imported before everything else.
 */
try {
  readIn(navigator.language);
} catch {
  // "en-US-u-va-posix" is the full name of `C`: without what it adds.
  const language = new Intl.NumberFormat().resolvedOptions().locale.replace(/-u-.*$/, '');
  Object.defineProperty(navigator, 'language', { configurable: true, get: () => language });
  Object.defineProperty(navigator, 'languages', { configurable: true, get: () => [language] });
  readIn(language);
}
