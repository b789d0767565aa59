// Networks that come with the page, on LiteRT beside TensorFlow.js: whole frames of a video in a worker, and the bare network, in turns.
import { fileURLToPath } from 'node:url';
import { loopBoth, rowOfLiteRt } from './loop-both.js';

/** The first one warms up. */
const ROUNDS = 4;
const VIDEO = fileURLToPath(new URL('../fixtures/actor.mp4', import.meta.url));
/** What each frame is fitted into. It is looked at once: further looks differ in size. */
const MULTIPOSE = { model: 'movenet-multipose', sizes: ['256x256', '384x384'], furtherPasses: 0 };
/** What live sources begin with, and what pictures and videos get. */
const OPENPOSE = { model: 'openpose-mobilenet', sizes: ['-1x192', '-1x368'] };

/** @typedef {Awaited<ReturnType<typeof import('./launch.js').launch>>} Launched */

export const measureMultipose = (/** @type {Launched} */ launched) => measure(launched, MULTIPOSE);
export const measureOpenPose = (/** @type {Launched} */ launched) => measure(launched, OPENPOSE);

/**
 * @param {Launched} launched
 * @param {{ sizes: string[] } & Record<string, unknown>} wish net resolutions, and options of `limn.bench.loop`
 */
async function measure(launched, { sizes, ...options }) {
  /** @type {Record<string, Record<string, number | string>>} */
  const rows = {};
  for (const netResolution of sizes) {
    rows[netResolution] = rowOfLiteRt(
      'TensorFlow.js',
      await loopBoth(launched, {
        path: VIDEO,
        rounds: ROUNDS,
        first: { ...options, netResolution, engine: 'tfjs-wasm' },
        second: { ...options, netResolution, engine: 'litert-wasm' },
      }),
    );
  }
  return rows;
}
