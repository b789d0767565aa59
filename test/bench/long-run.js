// npm run bench:long: a video of 100,000 frames in the page, and what it takes of memory over time; with `-- --demo 10`
// the demo actor for ten minutes instead.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeLoopedClip } from '../helpers/looped-clip.js';
import { launch, median, round1 } from './launch.js';

const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '100000' },
    demo: { type: 'string' },
    engine: { type: 'string', default: 'wasm' },
  },
});
const FRAMES = Number(values.frames);
const DEMO_SECONDS = values.demo === undefined ? null : Number(values.demo) * 60;
const SAMPLE_INTERVAL_MS = 15_000;

/**
 * Resident memory of the browser's processes by their type, in MB.
 *
 * @param {import('playwright-core').CDPSession} session
 */
async function residentMemory(session) {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  let [renderer, gpu] = [0, 0];
  for (const { type, id } of processInfo) {
    const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
    const megabytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    if (type === 'renderer') renderer += megabytes;
    if (type === 'GPU') gpu += megabytes;
  }
  return { renderer, gpu };
}

/**
 * Opens the video in the page, or the demo.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} folder
 * @returns {Promise<import('playwright-core').Locator>} what says how many frames there are
 */
async function start(page, folder) {
  const address = `${launched.address}?engine=${values.engine}&room=off`;
  if (DEMO_SECONDS !== null) {
    await page.goto(`${address}&source=demo`);
    const status = page.locator('limn-status span', { hasText: /[1-9]\d* frames? kept/ });
    await status.waitFor({ timeout: 120_000 });
    return status;
  }
  const path = join(folder, 'looped.mp4');
  await writeLoopedClip(path, FRAMES);
  await page.goto(address);
  await page.locator('limn-app input[type=file]').setInputFiles(path);
  const row = page.locator('limn-analysis li');
  await row.getByText(/[1-9]\d* of \d+ frames/).waitFor({ timeout: 120_000 });
  return row.first();
}

const folder = await mkdtemp(join(tmpdir(), 'limn-long-'));
const launched = await launch();
try {
  const context = await launched.browser.newContext({ viewport: { width: 1000, height: 700 } });
  const page = await context.newPage();
  const session = await launched.browser.newBrowserCDPSession();
  const says = await start(page, folder);
  const began = performance.now();
  const samples = [];
  console.log('seconds  frames  heap MB  renderers MB  GPU process MB');
  for (;;) {
    const text = (await says.textContent()) ?? '';
    const frames = Number(/(\d+)(?: of \d+)? frames/.exec(text)?.[1] ?? 0);
    const heap = await page.evaluate(async () => {
      /** @type {any} */
      const { performance } = globalThis;
      return (await performance.measureUserAgentSpecificMemory()).bytes / 2 ** 20;
    });
    const { renderer, gpu } = await residentMemory(session);
    const seconds = (performance.now() - began) / 1000;
    samples.push({ seconds, frames, heap, renderer, gpu });
    console.log(
      [seconds, frames, heap, renderer, gpu].map((value) => String(Math.round(value)).padStart(7)).join('  '),
    );
    if (/are tracked|ended|breaks|failed/.test(text) || seconds >= (DEMO_SECONDS ?? Infinity)) break;
    await new Promise((resolve) => setTimeout(resolve, SAMPLE_INTERVAL_MS));
  }
  const settled = samples.filter(({ seconds }) => seconds > 60);
  const third = Math.max(1, Math.floor(settled.length / 3));
  const first = settled.slice(0, third);
  const last = settled.slice(-third);
  /** @param {'heap' | 'renderer' | 'gpu'} key */
  const compare = (key) => ({
    'median MB, first third after a minute': round1(median(first.map((sample) => sample[key]))),
    'median MB, last third': round1(median(last.map((sample) => sample[key]))),
    'highest MB': round1(Math.max(...settled.map((sample) => sample[key]))),
  });
  const end = samples.at(-1);
  console.log(
    `\n${end?.frames} frames in ${round1((end?.seconds ?? 0) / 60)} minutes: ${round1((end?.frames ?? 0) / (end?.seconds ?? 1))} frames per second`,
  );
  console.table({
    heap: compare('heap'),
    'renderer process': compare('renderer'),
    'GPU process': compare('gpu'),
  });
} finally {
  await launched.close();
  await rm(folder, { recursive: true });
}
