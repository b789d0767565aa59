// MediaPipe's networks on LiteRT beside its own task: whole frames of a video in a worker, and the bare networks.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { median, openBarePage, round1, round2 } from './launch.js';

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
    const page = await openBarePage(launched);
    await page.evaluate((base64) => {
      /** @type {any} */
      const bench = window;
      bench.video = new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
    }, readFileSync(path).toString('base64'));
    /** @type {{ task: any, liteRt: any }[]} */
    const measured = [];
    for (let round = 0; round < ROUNDS; round++) {
      const both = await page.evaluate(
        async (options) => {
          /** @type {any} */
          const bench = window;
          return {
            task: await bench.limn.bench.loop(bench.video, options),
            liteRt: await bench.limn.bench.loop(bench.video, { ...options, engine: 'litert-wasm' }),
          };
        },
        { model, hands },
      );
      // The first one warms up.
      if (round > 0) measured.push(both);
    }
    await page.context().close();
    const [taskMs, liteRtMs, networkMs] = [
      median(measured.map(({ task }) => task.frameMs)),
      median(measured.map(({ liteRt }) => liteRt.frameMs)),
      median(measured.map(({ liteRt }) => liteRt.networkMs)),
    ];
    rows[`${model}${hands ? ' + hands' : ''}, ${file}`] = {
      'MediaPipe ms/frame': round1(taskMs),
      'LiteRT ms/frame': round1(liteRtMs),
      ratio: round2(median(measured.map(({ task, liteRt }) => liteRt.frameMs / task.frameMs))),
      'bare network ms': round1(networkMs),
      'around it': `${round1((liteRtMs / networkMs - 1) * 100)} %`,
    };
  }
  return rows;
}
