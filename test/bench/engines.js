// MediaPipe's networks on LiteRT beside its own task: whole frames of a video in a worker, and the bare networks.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loopBoth, rowOfLiteRt } from './loop-both.js';

const ROUNDS = 4;
const VIDEOS = new URL('../../../shared/testdata/video/', import.meta.url);
/** File, what it is like, and what is looked for. */
const CASES = /** @type {const} */ ([
  ['openpose-sample.mp4', 'mediapipe-pose-lite', false],
  ['openpose-sample.mp4', 'mediapipe-pose-full', false],
  ['pose_1.mp4', 'mediapipe-pose-lite', false],
  ['pose_1.mp4', 'mediapipe-pose-lite', true],
]);

/** @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched */
export async function measureEngines(launched) {
  /** @type {Record<string, Record<string, number | string>>} */
  const rows = {};
  for (const [file, model, hands] of CASES) {
    const path = fileURLToPath(new URL(file, VIDEOS));
    if (!existsSync(path)) return null;
    const options = { model, hands };
    rows[`${model}${hands ? ' + hands' : ''}, ${file}`] = rowOfLiteRt(
      'MediaPipe',
      await loopBoth(launched, {
        path,
        rounds: ROUNDS,
        first: options,
        second: { ...options, engine: 'litert-wasm' },
      }),
    );
  }
  return rows;
}
