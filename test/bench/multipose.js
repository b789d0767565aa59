// MoveNet multipose on LiteRT beside TensorFlow.js: whole frames of videos in a worker, and the bare network, in turns.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { median, openBarePage, round1, round2 } from './launch.js';

const ROUNDS = 3;
const VIDEO = fileURLToPath(new URL('../fixtures/actor.mp4', import.meta.url));
/** What each picture is fitted into. It is looked at once: further looks differ in size. */
const RESOLUTIONS = ['256x256', '384x384'];

/** @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched */
export async function measureMultipose(launched) {
  /** @type {Record<string, Record<string, number | string>>} */
  const rows = {};
  for (const netResolution of RESOLUTIONS) {
    const page = await openBarePage(launched);
    await page.evaluate((video) => {
      /** @type {any} */
      const bench = window;
      bench.video = new Blob([Uint8Array.from(atob(video), (character) => character.charCodeAt(0))]);
    }, readFileSync(VIDEO).toString('base64'));
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
        { model: 'movenet-multipose', netResolution, furtherPasses: 0 },
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
    rows[netResolution] = {
      'TensorFlow.js ms/frame': round1(tfjsMs),
      'LiteRT ms/frame': round1(liteRtMs),
      ratio: round2(median(measured.map(({ tfjs, liteRt }) => liteRt.frameMs / tfjs.frameMs))),
      'bare network ms': round1(networkMs),
      'around it': `${round1((liteRtMs / networkMs - 1) * 100)} %`,
    };
  }
  return rows;
}
