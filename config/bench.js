// npm run bench: this page's tracker beside a bare loop over MediaPipe's own task, in one run.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBrowser } from './ensure-browser.js';
import { ensureInstalled, root } from './ensure-installed.js';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

ensureInstalled();
const executablePath = await ensureBrowser();
const [{ build, preview }, { chromium }] = await Promise.all([import('vite'), import('playwright-core')]);

const ROUNDS = 12;
const FRAMES_PER_ROUND = 15;
const MODELS = ['lite', 'full', 'heavy'];
const tasksVision = dirname(createRequire(import.meta.url).resolve('@mediapipe/tasks-vision'));

await build({ root, logLevel: 'warn' });
const server = await preview({ root, logLevel: 'warn', preview: { port: 4500, host: 'localhost' } });
const address = server.resolvedUrls?.local[0] ?? '';
const browser = await chromium.launch({
  executablePath,
  args: [
    '--disable-background-networking',
    '--enable-unsafe-swiftshader',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ],
});

/** A page without anything but the library, and MediaPipe's package under `bench/`. */
async function openBarePage() {
  const context = await browser.newContext();
  await context.route('**/bench/**', async (route) => {
    const path = new URL(route.request().url()).pathname.replace(/^.*\/bench\//, '');
    if (path === 'page.html') {
      await route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>bench</title>' });
      return;
    }
    const type = path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
    await route.fulfill({ contentType: type, body: await readFile(join(tasksVision, path)) });
  });
  const page = await context.newPage();
  await page.goto(`${address}bench/page.html`);
  await page.evaluate(async () => {
    /** @type {any} */
    const bench = window;
    const library = '../limn.js';
    bench.limn = await import(new URL(library, location.href).href);
    bench.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) bench.longest = Math.max(bench.longest, duration);
    }).observe({ type: 'longtask' });
  });
  return page;
}

/** Times `FRAMES_PER_ROUND` frames of the demo. @param {import('playwright-core').Page} page @param {number} round */
function measureRound(page, round) {
  return page.evaluate(
    async ({ round, count }) => {
      /** @type {any} */
      const bench = window;
      bench.demo ??= bench.limn.openDemo({ seed: 1, width: 640, height: 480 });
      const frames = [];
      for (let i = 0; i < count; i++) frames.push(await bench.demo.frame(round * count + i));
      const durations = [];
      bench.longest = 0;
      for (const { image, time } of frames) {
        const began = performance.now();
        await bench.detect(image, time);
        durations.push(performance.now() - began);
        image.close();
        // Each frame is a task of its own, as it is in a page that shows its frames.
        await new Promise((resolve) => setTimeout(resolve));
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
      return { durations, longest: bench.longest };
    },
    { round, count: FRAMES_PER_ROUND },
  );
}

/** @param {number[]} numbers */
function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** @type {Record<string, Record<string, number>>} */
const rows = {};
for (const model of MODELS) {
  const own = await openBarePage();
  await own.evaluate(async (model) => {
    /** @type {any} */
    const bench = window;
    const tracker = bench.limn.createTracker({ model: `mediapipe-pose-${model}`, engine: 'wasm' });
    bench.detect = tracker.detect;
  }, model);
  const bare = await openBarePage();
  const task = readdirSync(join(root, 'dist/assets')).find((name) => name.startsWith(`pose-${model}-`));
  await bare.evaluate(async (task) => {
    /** @type {any} */
    const bench = window;
    const bundle = './vision_bundle.mjs';
    const { FilesetResolver, PoseLandmarker } = await import(new URL(bundle, location.href).href);
    const fileset = await FilesetResolver.forVisionTasks(new URL('./wasm', location.href).href);
    const landmarker = await PoseLandmarker.createFromOptions(fileset, {
      baseOptions: { modelAssetPath: `../assets/${task}`, delegate: 'CPU' },
      runningMode: 'VIDEO',
      numPoses: 1,
    });
    bench.detect = (/** @type {ImageBitmap} */ image, /** @type {number} */ time) =>
      landmarker.detectForVideo(image, Math.round(time * 1000) + 1);
  }, task);
  /** @type {Record<'own' | 'bare', { durations: number[], longest: number }>} */
  const results = { own: { durations: [], longest: 0 }, bare: { durations: [], longest: 0 } };
  for (let round = 0; round < ROUNDS; round++) {
    // In turns, so that whatever else the machine does hits both alike.
    for (const [name, page] of /** @type {const} */ ([
      ['own', own],
      ['bare', bare],
    ])) {
      const { durations, longest } = await measureRound(page, round);
      if (round === 0) continue; // warm-up
      results[name].durations.push(...durations);
      results[name].longest = Math.max(results[name].longest, longest);
    }
  }
  const [ownMs, bareMs] = [median(results.own.durations), median(results.bare.durations)];
  rows[model] = {
    'Limn ms/frame': round1(ownMs),
    'bare loop ms/frame': round1(bareMs),
    ratio: Math.round((ownMs / bareMs) * 100) / 100,
    'Limn longest task ms': Math.round(results.own.longest),
    'bare longest task ms': Math.round(results.bare.longest),
  };
  await own.context().close();
  await bare.context().close();
}

/** @param {number} value */
function round1(value) {
  return Math.round(value * 10) / 10;
}

/** From opening the page's address to the first tracked frame, with an empty cache; and what was loaded. */
async function measureStart() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  let bytes = 0;
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  page.on('response', async (response) => {
    bytes += Number(response.headers()['content-length'] ?? 0);
  });
  const began = performance.now();
  await page.goto(`${address}?source=demo&engine=wasm`);
  await page.getByText(/^[1-9]\d* frames kept/).waitFor();
  const milliseconds = performance.now() - began;
  await context.close();
  return { milliseconds, bytes };
}

const starts = [];
for (let i = 0; i < 3; i++) starts.push(await measureStart());
const start = {
  'first skeleton after s': round1(median(starts.map(({ milliseconds }) => milliseconds)) / 1000),
  'loaded MB': round1(median(starts.map(({ bytes }) => bytes)) / 1e6),
};
if (values.json) {
  console.log(JSON.stringify({ tracking: rows, start }, null, 2));
} else {
  console.log(
    `Demo actor 640×480, CPU delegate, ${(ROUNDS - 1) * FRAMES_PER_ROUND} frames in turns, medians:`,
  );
  console.table(rows);
  console.table(start);
}
await browser.close();
await server.close();
