// How far engines are from MediaPipe's task on its CPU delegate: landmarks of pictures, videos and demo actors.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compareRecordings, quantileOf } from '../helpers/compare-recordings.js';
import { openBarePage, round2 } from './launch.js';

const DATA = new URL('../../../shared/testdata/', import.meta.url);
const REFERENCE = 'tasks-wasm';
/** The second one is MediaPipe's own other delegate: it shows by how much a result may differ and still be MediaPipe's. */
const ENGINES = ['litert-wasm', 'tasks-webgl', 'litert-webgpu'];
/** What is looked at, and what is looked for. */
const FILES = /** @type {const} */ ([
  ['images/pose.jpg', { model: 'mediapipe-pose-full' }],
  ['images/hands.jpg', { model: 'mediapipe-hands', people: 2 }],
  ['video/pose_1.mp4', { model: 'mediapipe-pose-lite' }],
  ['video/pose_1.mp4', { model: 'mediapipe-pose-full', hands: true }],
  ['video/openpose-sample.mp4', { model: 'mediapipe-pose-lite' }],
  ['video/openpose-sample.mp4', { model: 'mediapipe-pose-lite', people: 4, finder: 'mediapipe' }],
]);
const ACTOR_FRAMES = 600;
const ACTORS = /** @type {const} */ ([
  [1, { model: 'mediapipe-pose-lite' }],
  [1, { model: 'mediapipe-pose-full', hands: true }],
  [2, { model: 'mediapipe-pose-lite', people: 2, finder: 'mediapipe' }],
]);

/**
 * @typedef {object} Tracked
 * @property {{ readonly runs: readonly { readonly engine: string }[] }} info
 * @property {readonly import('../../src/index.ts').Frame[]} frames
 */

/**
 * @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched
 * @param {string} [only] engine; all if nothing is said
 */
export async function measureParity(launched, only) {
  const engines = ENGINES.filter((engine) => only === undefined || engine === only);
  const page = await openBarePage(launched);
  /** @type {Record<string, Record<string, number | string>>} */
  const rows = {};
  for (const [path, options] of FILES) {
    const file = fileURLToPath(new URL(path, DATA));
    if (!existsSync(file)) continue;
    const base64 = readFileSync(file).toString('base64');
    const analyze = (/** @type {string} */ engine) =>
      page.evaluate(
        async ({ base64, options }) => {
          /** @type {any} */
          const bench = window;
          const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
          return bench.limn.analyze(new Blob([bytes]), options);
        },
        { base64, options: { ...options, engine, workers: 1 } },
      );
    await compare(rows, engines, `${path.replace(/.*\//, '')}, ${inWords(options)}`, analyze);
  }
  for (const [actors, options] of ACTORS) {
    const follow = (/** @type {string} */ engine) =>
      page.evaluate(
        async ({ actors, frames, options }) => {
          /** @type {any} */
          const bench = window;
          const demo = bench.limn.openDemo({ seed: 2, width: 640, height: 480, actors });
          const tracker = bench.limn.createTracker(options);
          const found = [];
          for (let i = 0; i < frames; i++) {
            const { image, time } = await demo.frame(i);
            found.push(await tracker.detect(image, time));
            image.close();
          }
          const { engine } = tracker.device;
          tracker.dispose();
          demo.close();
          return { info: { runs: [{ engine }] }, frames: found };
        },
        { actors, frames: ACTOR_FRAMES, options: { ...options, engine } },
      );
    await compare(rows, engines, `${actors} demo actor${actors > 1 ? 's' : ''}, ${inWords(options)}`, follow);
  }
  await page.context().close();
  return rows;
}

/**
 * @param {Record<string, Record<string, number | string>>} rows are added
 * @param {readonly string[]} engines
 * @param {string} name
 * @param {(engine: string) => Promise<Tracked>} track
 */
async function compare(rows, engines, name, track) {
  const reference = await track(REFERENCE);
  for (const engine of engines) {
    const tracked = await track(engine);
    const [run] = tracked.info.runs;
    // Another engine that took over would be compared in its stead.
    if (run?.engine !== engine || tracked.info.runs.length > 1) {
      rows[`${name}: ${engine}`] = { 'as many found': 'not to be had here' };
      continue;
    }
    const { pixels, metres, same, frames } = compareRecordings(tracked, reference);
    const row = {
      'median px': round2(quantileOf(pixels, 0.5)),
      '99th px': round2(quantileOf(pixels, 0.99)),
      'world median cm': round2(quantileOf(metres, 0.5) * 100),
      'as many found': `${same} of ${frames}`,
    };
    rows[`${name}: ${engine}`] = row;
    // A software GPU takes half an hour for all: each row is told as it comes.
    console.error(`${name}: ${engine}`, row);
  }
}

/** @param {{ readonly model: string, readonly hands?: boolean, readonly people?: number }} options */
function inWords({ model, hands = false, people = 1 }) {
  return `${model.replace('mediapipe-', '')}${hands ? ' + hands' : ''}${people > 1 ? ` × ${people}` : ''}`;
}
