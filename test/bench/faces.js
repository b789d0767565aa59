// What faces cost beside bodies: whole frames of a video in a worker, with and without, on LiteRT.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { median, round1 } from './launch.js';
import { loopBoth } from './loop-both.js';

const ROUNDS = 4;
const VIDEOS = new URL('../../../shared/testdata/video/', import.meta.url);
/** File, people, and what there is to be seen of their faces. */
const CASES = /** @type {const} */ ([
  ['pose_1.mp4', 1, 'one face, followed'],
  ['openpose-sample.mp4', 4, 'a crowd that looks elsewhere'],
]);

/** @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched */
export async function measureFaces(launched) {
  /** @type {Record<string, Record<string, number>>} */
  const rows = {};
  for (const [file, people, what] of CASES) {
    const path = fileURLToPath(new URL(file, VIDEOS));
    if (!existsSync(path)) return null;
    const options = { model: 'mediapipe-pose-lite', engine: 'litert-wasm', people };
    const measured = await loopBoth(launched, {
      path,
      rounds: ROUNDS,
      first: options,
      second: { ...options, faces: true },
    });
    rows[`${file}, ${what}`] = {
      'without, ms/frame': round1(median(measured.map(({ first }) => first.frameMs))),
      'with faces, ms/frame': round1(median(measured.map(({ second }) => second.frameMs))),
    };
  }
  return rows;
}
