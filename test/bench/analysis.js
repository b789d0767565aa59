// Whole videos: `analyze` beside the plain loop, in turns; `auto` after it was measured, and what that takes the first time.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeLoopedClip } from '../helpers/looped-clip.js';
import { median, openBarePage, round1, round2 } from './launch.js';

const ROUNDS = 4;
const MODEL = 'mediapipe-pose-lite';
const SAMPLE = fileURLToPath(new URL('../../../shared/testdata/video/openpose-sample.mp4', import.meta.url));
/** Half a minute of the demo actor. */
const ACTOR_FRAMES = 600;
/** What is compared with the loop: a name of the column, and the options of `analyze`. */
const WAYS = /** @type {const} */ ([
  ['auto', {}],
  ['MediaPipe', { engine: 'wasm' }],
  ['LiteRT, 1 worker', { engine: 'litert-wasm', workers: 1 }],
  ['LiteRT', { engine: 'litert-wasm' }],
]);

/** @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched */
export async function measureAnalysis(launched) {
  const folder = mkdtempSync(join(tmpdir(), 'limn-bench-'));
  const actor = join(folder, 'actor.mp4');
  await writeLoopedClip(actor, ACTOR_FRAMES);
  /** @type {Record<string, Record<string, number>>} */
  const rows = {};
  for (const [name, path] of [
    [`demo actor, ${ACTOR_FRAMES} frames`, actor],
    ['openpose-sample.mp4', SAMPLE],
  ]) {
    if (name && path && existsSync(path)) Object.assign(rows, await measureVideo(launched, name, path));
  }
  rmSync(folder, { recursive: true });
  return rows;
}

/**
 * @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched
 * @param {string} name
 * @param {string} path
 */
async function measureVideo(launched, name, path) {
  const page = await openBarePage(launched);
  await page.evaluate((base64) => {
    /** @type {any} */
    const bench = window;
    bench.video = new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
  }, readFileSync(path).toString('base64'));
  const measuring = await page.evaluate(async (model) => {
    /** @type {any} */
    const bench = window;
    return bench.limn.bench.ways(bench.video, { model });
  }, MODEL);
  /** @type {number[][]} */
  const speeds = [[], ...WAYS.map(() => [])];
  for (let round = 0; round < ROUNDS; round++) {
    const measured = await page.evaluate(
      async ({ model, ways }) => {
        /** @type {any} */
        const bench = window;
        const { loop, analyze } = bench.limn.bench;
        const all = [await loop(bench.video, { model })];
        for (const way of ways) all.push(await analyze(bench.video, { model, ...way }));
        return all.map(({ framesPerSecond }) => framesPerSecond);
      },
      { model: MODEL, ways: WAYS.map(([, options]) => options) },
    );
    // The first one warms up.
    if (round > 0) measured.forEach((speed, i) => void speeds[i]?.push(speed));
  }
  await page.context().close();
  const [loop = [], ...ways] = speeds;
  const times = ways.map((speed) => median(speed.map((one, i) => one / (loop[i] ?? Number.NaN))));
  return {
    [`${name}: frames per second`]: columns([median(loop), ...ways.map(median)].map(round1)),
    [`${name}: times the loop`]: columns([1, ...times].map(round2)),
    [`${name}: measured for auto, frames per second`]: {
      ...Object.fromEntries(
        measuring.ways.map(
          (/** @type {{ engine: string, workers: number, framesPerSecond: number }} */ way) => [
            `${way.engine} × ${way.workers}`,
            round1(way.framesPerSecond),
          ],
        ),
      ),
      seconds: round1(measuring.seconds),
    },
  };
}

/** @param {readonly number[]} values */
function columns(values) {
  return Object.fromEntries(
    ['plain loop', ...WAYS.map(([name]) => name)].map((name, i) => [name, values[i] ?? 0]),
  );
}
