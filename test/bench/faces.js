// What faces cost beside bodies: whole frames of a video in a worker, with and without, on LiteRT.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { median, openBarePage, round1 } from './launch.js';

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
    const page = await openBarePage(launched);
    /** @type {{ without: number, faces: number }[]} */
    const measured = [];
    for (let round = 0; round < ROUNDS; round++) {
      const both = await page.evaluate(
        async ({ base64, people }) => {
          /** @type {any} */
          const bench = window;
          bench.video ??= new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
          const options = { model: 'mediapipe-pose-lite', engine: 'litert-wasm', people };
          const without = await bench.limn.bench.loop(bench.video, options);
          const faces = await bench.limn.bench.loop(bench.video, { ...options, faces: true });
          return { without: without.frameMs, faces: faces.frameMs };
        },
        { base64: round === 0 ? readFileSync(path).toString('base64') : '', people },
      );
      // The first one warms up.
      if (round > 0) measured.push(both);
    }
    await page.context().close();
    rows[`${file}, ${what}`] = {
      'without, ms/frame': round1(median(measured.map(({ without }) => without))),
      'with faces, ms/frame': round1(median(measured.map(({ faces }) => faces))),
    };
  }
  return rows;
}
