// Live tracking: this page's tracker beside a bare loop over MediaPipe's own task, in one run; and the page's start.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../config/ensure-installed.js';
import { median, openBarePage, round1, round2 } from './launch.js';

const ROUNDS = 12;
const FRAMES_PER_ROUND = 15;
const MODELS = ['lite', 'full', 'heavy'];

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

/**
 * A page with a tracker on one engine.
 *
 * @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched
 * @param {string} model
 * @param {string} engine
 */
async function openTracker(launched, model, engine) {
  const page = await openBarePage(launched);
  await page.evaluate(
    async ({ model, engine }) => {
      /** @type {any} */
      const bench = window;
      const tracker = bench.limn.createTracker({ model: `mediapipe-pose-${model}`, engine });
      bench.detect = tracker.detect;
    },
    { model, engine },
  );
  return page;
}

/** @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched */
export async function measureTracking(launched) {
  /** @type {Record<string, Record<string, number>>} */
  const rows = {};
  for (const model of MODELS) {
    const [own, liteRt] = [
      await openTracker(launched, model, 'tasks-wasm'),
      await openTracker(launched, model, 'litert-wasm'),
    ];
    const bare = await openBarePage(launched);
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
    /** @type {Record<'own' | 'liteRt' | 'bare', { durations: number[], longest: number }>} */
    const results = {
      own: { durations: [], longest: 0 },
      liteRt: { durations: [], longest: 0 },
      bare: { durations: [], longest: 0 },
    };
    for (let round = 0; round < ROUNDS; round++) {
      // In turns, so that whatever else the machine does hits both alike.
      for (const [name, page] of /** @type {const} */ ([
        ['own', own],
        ['liteRt', liteRt],
        ['bare', bare],
      ])) {
        const { durations, longest } = await measureRound(page, round);
        if (round === 0) continue; // warm-up
        results[name].durations.push(...durations);
        results[name].longest = Math.max(results[name].longest, longest);
      }
    }
    const [ownMs, bareMs] = [median(results.own.durations), median(results.bare.durations)];
    const liteRtMs = median(results.liteRt.durations);
    rows[model] = {
      'Limn ms/frame': round1(ownMs),
      'bare loop ms/frame': round1(bareMs),
      ratio: round2(ownMs / bareMs),
      'on LiteRT ms/frame': round1(liteRtMs),
      'LiteRT ratio': round2(liteRtMs / bareMs),
      'Limn longest task ms': Math.round(results.own.longest),
      'bare longest task ms': Math.round(results.bare.longest),
    };
    await own.context().close();
    await liteRt.context().close();
    await bare.context().close();
  }

  return rows;
}

/**
 * From opening the page's address to the first tracked frame, with an empty cache; and what was loaded.
 *
 * @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched
 */
async function measureStart({ browser, address }) {
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
  await page.getByText(/^[1-9]\d* frames? kept/).waitFor();
  const milliseconds = performance.now() - began;
  await context.close();
  return { milliseconds, bytes };
}

/** @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched */
export async function measureStarts(launched) {
  const starts = [];
  for (let i = 0; i < 3; i++) starts.push(await measureStart(launched));
  return {
    'first skeleton after s': round1(median(starts.map(({ milliseconds }) => milliseconds)) / 1000),
    'loaded MB': round1(median(starts.map(({ bytes }) => bytes)) / 1e6),
  };
}
