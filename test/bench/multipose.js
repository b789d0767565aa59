// MoveNet multipose on LiteRT beside TensorFlow.js: whole frames of videos in a worker, and the bare network, in turns.
import { fileURLToPath } from 'node:url';
import { loopBoth, rowOfLiteRt } from './loop-both.js';

const ROUNDS = 3;
const VIDEO = fileURLToPath(new URL('../fixtures/actor.mp4', import.meta.url));
/** What each picture is fitted into. It is looked at once: further looks differ in size. */
const RESOLUTIONS = ['256x256', '384x384'];

/** @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched */
export async function measureMultipose(launched) {
  /** @type {Record<string, Record<string, number | string>>} */
  const rows = {};
  for (const netResolution of RESOLUTIONS) {
    const options = { model: 'movenet-multipose', netResolution, furtherPasses: 0 };
    rows[netResolution] = rowOfLiteRt(
      'TensorFlow.js',
      await loopBoth(launched, {
        path: VIDEO,
        rounds: ROUNDS,
        first: { ...options, engine: 'tfjs-wasm' },
        second: { ...options, engine: 'litert-wasm' },
      }),
    );
  }
  return rows;
}
