// Whole videos: `analyze` beside the plain loop, in turns.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { median, openBarePage, round1, round2 } from './launch.js';

const ROUNDS = 7;
const MODEL = 'mediapipe-pose-lite';
const SAMPLE = fileURLToPath(new URL('../../../shared/testdata/video/openpose-sample.mp4', import.meta.url));

/** @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched */
export async function measureAnalysis(launched) {
  if (!existsSync(SAMPLE)) return null;
  const page = await openBarePage(launched);
  await page.evaluate((base64) => {
    /** @type {any} */
    const bench = window;
    bench.video = new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
  }, readFileSync(SAMPLE).toString('base64'));
  /** @type {Record<'loop' | 'one' | 'auto', number[]>} */
  const speeds = { loop: [], one: [], auto: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const measured = await page.evaluate(async (model) => {
      /** @type {any} */
      const bench = window;
      const { loop, analyze } = bench.limn.bench;
      const options = { model, engine: 'wasm' };
      return {
        loop: await loop(bench.video, { model }),
        one: await analyze(bench.video, { ...options, workers: 1 }),
        auto: await analyze(bench.video, options),
      };
    }, MODEL);
    if (round === 0) continue; // warm-up
    speeds.loop.push(measured.loop.framesPerSecond);
    speeds.one.push(measured.one.framesPerSecond);
    speeds.auto.push(measured.auto.framesPerSecond);
  }
  await page.context().close();
  const ratios = speeds.auto.map((speed, i) => speed / (speeds.loop[i] ?? Number.NaN));
  return {
    'plain loop fps': round1(median(speeds.loop)),
    'Limn, 1 worker, fps': round1(median(speeds.one)),
    'Limn fps': round1(median(speeds.auto)),
    ratio: round2(median(ratios)),
    'lowest ratio': round2(Math.min(...ratios)),
  };
}
