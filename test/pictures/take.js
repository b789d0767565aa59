// npm run pictures: takes every picture of the page that README and docs show, into docs/. `-- measure phone` for some.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../config/ensure-installed.js';
import { launch } from '../bench/launch.js';

const wanted = process.argv.slice(2);
/** Frames that the film of the demo actor has, and how fast they come. */
const FILM_FRAMES = 150;
const FRAME_RATE = 30;
/** Seconds of the film that are shown. */
const SHOWN_AT = 3.2;
const WIDE = { width: 1360, height: 900 };
const PHONE = { width: 390, height: 844 };
/** Tracking on software alone takes its time. */
const PATIENCE = { timeout: 240_000 };

const launched = await launch();

/**
 * The demo actor as a WebM file, filmed by the browser's own recorder while it is played.
 *
 * @param {import('playwright-core').Page} page
 */
async function filmActor(page) {
  const base64 = await page.evaluate(
    async ({ frames, rate }) => {
      const demo = window.limn.openDemo({ seed: 3, width: 640, height: 480 });
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width: 640, height: 480 });
      const context = canvas.getContext('2d');
      const recorder = new MediaRecorder(canvas.captureStream(rate), {
        mimeType: 'video/webm;codecs=vp8',
        videoBitsPerSecond: 6_000_000,
      });
      /** @type {Blob[]} */
      const parts = [];
      recorder.ondataavailable = ({ data }) => parts.push(data);
      const ended = new Promise((resolve) => {
        recorder.onstop = resolve;
      });
      recorder.start();
      for (let i = 0; i < frames; i++) {
        const { image } = await demo.frame(i);
        context?.drawImage(image, 0, 0);
        image.close();
        await new Promise((resolve) => setTimeout(resolve, 1000 / rate));
      }
      recorder.stop();
      await ended;
      demo.close();
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      let text = '';
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    },
    { frames: FILM_FRAMES, rate: FRAME_RATE },
  );
  return { name: 'actor.webm', mimeType: 'video/webm', buffer: Buffer.from(base64, 'base64') };
}

/** @type {Awaited<ReturnType<typeof filmActor>> | null} */
let film = null;

/**
 * @typedef {object} Picture
 * @property {string} name
 * @property {string} [query]
 * @property {{ width: number, height: number }} [size]
 * @property {'light' | 'dark'} [scheme]
 * @property {(page: import('playwright-core').Page) => Promise<void>} act
 */

/** @param {import('playwright-core').Page} page @param {string} name */
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

/** Drops the film, waits until it is tracked, and goes to a frame. @param {import('playwright-core').Page} page */
async function track(page) {
  if (film) await page.locator('limn-app input[type=file]').setInputFiles(film);
  await page.waitForFunction(() => {
    /** @type {import('../../src/ui/shell/limn-app.ts').LimnApp | null} */
    const app = document.querySelector('limn-app');
    const session = app?.session;
    return session?.videos.queue.jobs.value[0]?.status === 'finished';
  }, PATIENCE);
  const pause = page.getByRole('button', { name: 'Pause', exact: true });
  if (await pause.isVisible()) await pause.click();
  await page.getByRole('slider', { name: 'Position' }).fill(String(SHOWN_AT));
  await page.waitForTimeout(3000);
}

/** @param {import('playwright-core').Page} page */
async function measure(page) {
  await track(page);
  await press(page, 'Measure');
  for (const angle of ['Left knee', 'Right knee', 'Left elbow']) await press(page, angle);
  await page.waitForTimeout(3000);
}

/** @type {readonly Picture[]} */
const PICTURES = [
  { name: 'page-light', act: measure },
  { name: 'page-dark', scheme: 'dark', act: measure },
  { name: 'phone-light', size: PHONE, act: track },
  { name: 'phone-dark', size: PHONE, scheme: 'dark', act: track },
  { name: 'start', act: (page) => page.waitForTimeout(1000) },
  {
    name: 'motion',
    act: async (page) => {
      await track(page);
      await press(page, 'Clean up');
      await page.getByRole('switch', { name: 'Lock feet' }).click();
      await page.getByText('Preview, not applied').waitFor(PATIENCE);
      await page.waitForTimeout(3000);
    },
  },
  {
    name: 'xray',
    query: '&model=openpose-mobilenet&people=4&xray=1&room=off',
    act: async (page) => {
      await page.getByRole('button', { name: 'Try the demo' }).click();
      await page.locator('limn-xray section').waitFor(PATIENCE);
      await page.waitForTimeout(3000);
    },
  },
  {
    name: 'check',
    act: async (page) => {
      await page.getByRole('button', { name: /^File/ }).click();
      await page.getByRole('menuitem', { name: /^Check this device/ }).click();
      await press(page, 'Check all engines');
      await page.getByRole('button', { name: 'Copy as Markdown' }).waitFor(PATIENCE);
    },
  },
];

for (const { name, query = '', size = WIDE, scheme = 'light', act } of PICTURES) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
  const context = await launched.browser.newContext({
    viewport: size,
    colorScheme: scheme,
    reducedMotion: 'reduce',
    hasTouch: size === PHONE,
  });
  const page = await context.newPage();
  await page.goto(`${launched.address}?engine=wasm${query}`);
  film ??= await filmActor(page);
  await act(page);
  const path = join(root, 'docs', `${name}.png`);
  await page.screenshot({ path });
  console.log(`${path}: ${(readFileSync(path).length / 1e3).toFixed(0)} KB`);
  await context.close();
}
await launched.close();
