// Calls of `analyze` beside the tracker, on engines that are open: what a call costs beside its pictures.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLoopedClip } from '../helpers/looped-clip.js';
import { median, openBarePage, round1, round2 } from './launch.js';

const PICTURES = 100;
const CLIP_FRAMES = 65;
const CLIP_ROUNDS = 5;
const CASES = /** @type {const} */ ([
  ['mediapipe-pose-full', 'tasks-wasm'],
  ['mediapipe-pose-lite', 'tasks-wasm'],
  ['mediapipe-pose-full', 'litert-wasm'],
]);

/** @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched */
export async function measureCalls(launched) {
  const page = await openBarePage(launched);
  const folder = mkdtempSync(join(tmpdir(), 'limn-bench-'));
  const clip = join(folder, 'clip.mp4');
  await writeLoopedClip(clip, CLIP_FRAMES);
  await page.evaluate(prepare, {
    pictures: PICTURES,
    clipFrames: CLIP_FRAMES,
    clip: readFileSync(clip).toString('base64'),
  });
  rmSync(folder, { recursive: true });
  /** @type {Record<string, Record<string, number>>} */
  const rows = {};
  for (const [model, engine] of CASES) {
    const { detected, together, analysed } = await page.evaluate(measurePictures, { model, engine });
    rows[`${model}, ${engine}: ${PICTURES} pictures, one call each`] = {
      'tracker ms': round1(median(detected)),
      'one call for ten ms': round1(median(together)),
      'analyze ms': round1(median(analysed)),
      'times the tracker': round2(sum(analysed) / sum(detected)),
      'times one call': round2(median(analysed) / median(together)),
    };
    const rounds = await page.evaluate(measureClip, { model, engine, rounds: CLIP_ROUNDS });
    const frames = rounds.map(({ detected }) => median(detected) * CLIP_FRAMES);
    rows[`${model}, ${engine}: a clip of ${CLIP_FRAMES} frames`] = {
      'tracker ms': round1(median(frames)),
      'analyze ms': round1(median(rounds.map(({ analysed }) => analysed))),
      'times the tracker': round2(median(rounds.map(({ analysed }, i) => analysed / (frames[i] ?? 0)))),
    };
  }
  await page.context().close();
  return rows;
}

/** Pictures as files, another pose in each; the frames of a clip; and the clip. @param {{ pictures: number, clipFrames: number, clip: string }} wish */
async function prepare({ pictures, clipFrames, clip }) {
  /** @type {any} */
  const bench = window;
  bench.clip = new Blob([Uint8Array.from(atob(clip), (character) => character.charCodeAt(0))]);
  const large = bench.limn.openDemo({ seed: 1, width: 640, height: 480 });
  bench.pictures = [];
  const canvas = new OffscreenCanvas(640, 480);
  for (let i = 0; i < pictures; i++) {
    const { image } = await large.frame(i * 7);
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    image.close();
    bench.pictures.push(await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 }));
  }
  large.close();
  const small = bench.limn.openDemo({ seed: 1, width: 320, height: 240 });
  bench.frames = [];
  for (let i = 0; i < clipFrames; i++) bench.frames.push(await small.frame(i));
  small.close();
}

/**
 * Each picture by a tracker, which looks for somebody anew only where it has lost them; ten pictures by one call, which looks
 * anew in each of them; and each by a call of its own. In turns; milliseconds a picture.
 *
 * @param {{ model: string, engine: string }} options
 */
async function measurePictures(options) {
  /** @type {any} */
  const bench = window;
  const { analyze, createTracker } = bench.limn;
  /** @param {() => Promise<unknown>} act */
  const time = async (act) => {
    const began = performance.now();
    await act();
    return performance.now() - began;
  };
  const tracker = createTracker(options);
  await tracker.detect(bench.pictures[0], 0);
  await analyze(bench.pictures[0], options);
  const detected = [];
  const together = [];
  const analysed = [];
  for (const [i, picture] of bench.pictures.entries()) {
    detected.push(await time(() => tracker.detect(picture, i + 1)));
    analysed.push(await time(() => analyze(picture, options)));
    if (i % 10 !== 9) continue;
    const ten = bench.pictures.slice(i - 9, i + 1);
    together.push((await time(() => analyze(ten, { ...options, pictures: 'single' }))) / ten.length);
  }
  tracker.dispose();
  return { detected, together, analysed };
}

/** @param {{ model: string, engine: string, rounds: number }} options */
async function measureClip({ rounds, ...options }) {
  /** @type {any} */
  const bench = window;
  const tracker = bench.limn.createTracker(options);
  await bench.limn.analyze(bench.clip, { ...options, workers: 1 });
  const measured = [];
  for (let round = 0; round < rounds; round++) {
    const detected = [];
    for (const { image, time } of bench.frames) {
      const began = performance.now();
      await tracker.detect(image, round * 100 + time);
      detected.push(performance.now() - began);
    }
    const began = performance.now();
    await bench.limn.analyze(bench.clip, { ...options, workers: 1 });
    measured.push({ detected, analysed: performance.now() - began });
  }
  tracker.dispose();
  return measured;
}

/** @param {readonly number[]} times */
function sum(times) {
  return times.reduce((a, b) => a + b, 0);
}
