// npm run pictures: takes every picture of the page that README and docs show, into docs/. `-- tour` or `-- xray check` for some.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../config/ensure-installed.js';
import { launch } from '../bench/launch.js';
import { ensureFfmpeg } from './ffmpeg.js';
import { PATIENCE, press, rest, WIDE } from './moves.js';
import { takeTour } from './tour.js';

const wanted = process.argv.slice(2);
const folder = join(root, 'docs', 'tour');
const JPEG_QUALITY = 82;

/**
 * What is taken on a page of its own.
 *
 * @type {readonly { name: string, query?: string, act: (page: import('playwright-core').Page) => Promise<void> }[]}
 */
const SITTINGS = [
  { name: 'tour', act: (page) => takeTour(page, shoot, join(root, 'docs', 'film.webp')) },
  {
    name: 'xray',
    query: '&model=openpose-mobilenet&people=4&xray=1&room=off',
    async act(page) {
      await press(page, /^Try the demo/);
      await page.locator('limn-xray section').waitFor(PATIENCE);
      await rest(page);
      await shoot(page, 'xray-wide-light');
    },
  },
  {
    name: 'check',
    async act(page) {
      await press(page, /^File/);
      await page.getByRole('menuitem', { name: /^Check this device/ }).click();
      await press(page, 'Check all engines');
      await page.getByRole('button', { name: 'Copy as Markdown' }).waitFor(PATIENCE);
      await shoot(page, 'check-wide-light');
    },
  },
];

/** @param {import('playwright-core').Page} page @param {string} name */
async function shoot(page, name) {
  const path = join(folder, `${name}.jpg`);
  await page.screenshot({ path, type: 'jpeg', quality: JPEG_QUALITY });
  console.log(`${path}: ${(readFileSync(path).length / 1e3).toFixed(0)} kB`);
}

ensureFfmpeg();
mkdirSync(folder, { recursive: true });
const launched = await launch();
for (const { name, query = '', act } of SITTINGS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const context = await launched.browser.newContext({
    viewport: WIDE,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  await page.goto(`${launched.address}?engine=wasm${query}`);
  await act(page);
  await context.close();
}
await launched.close();
