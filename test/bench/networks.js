// Networks of OpenPose's kind: whole frames beside the bare network on each engine, in turns; and maps to people.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { root } from '../../config/ensure-installed.js';
import { median, openBarePage, round1, round2 } from './launch.js';

const ROUNDS = 6;
const FRAMES = 8;
const ENGINES = ['litert-wasm', 'tfjs-wasm'];
const shared = (/** @type {string} */ path) =>
  fileURLToPath(new URL(`../../../shared/testdata/${path}`, import.meta.url));
const NETWORK = shared('weights/tfpose_mobilenet_v2_small.pb');
const PICTURE = shared('images/tfpose_p2.jpg');

/** @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched */
export async function measureNetworks(launched) {
  if (!existsSync(NETWORK)) return null;
  const page = await openBarePage(launched);
  await page.evaluate(
    async ({ network, picture }) => {
      /** @type {any} */
      const bench = window;
      const toBlob = (/** @type {string} */ base64) =>
        new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
      bench.picture = toBlob(picture);
      bench.model = (await bench.limn.importModel([new File([toBlob(network)], 'small.pb')])).id;
    },
    {
      network: readFileSync(NETWORK).toString('base64'),
      picture: readFileSync(PICTURE).toString('base64'),
    },
  );
  /** @type {Record<string, { frame: number[], network: number[], people: number[], device: string }>} */
  const all = {};
  /**
   * Of each round, the frame on LiteRT against that on TensorFlow.js.
   *
   * @type {number[]}
   */
  const ratios = [];
  for (let round = 0; round < ROUNDS; round++) {
    /** @type {number[]} */
    const own = [];
    for (const engine of ENGINES) {
      const measured = await page.evaluate(
        async ({ engine, frames }) => {
          /** @type {any} */
          const bench = window;
          const options = { model: bench.model, engine, netResolution: '432x368' };
          return bench.limn.bench.network(bench.picture, frames, options);
        },
        { engine, frames: FRAMES + 2 },
      );
      own.push(median(measured.frame.slice(2)));
      if (round === 0) continue; // warm-up
      all[engine] ??= { frame: [], network: [], people: [], device: measured.device };
      for (const part of /** @type {const} */ (['frame', 'network', 'people'])) {
        all[engine][part].push(...measured[part].slice(2));
      }
    }
    if (round > 0) ratios.push((own[0] ?? Number.NaN) / (own[1] ?? Number.NaN));
  }
  await page.context().close();
  return Object.fromEntries(
    Object.entries(all).map(([engine, { frame, network, people, device }]) => [
      device,
      {
        'ms/frame': round1(median(frame)),
        'frames/s': round1(1000 / median(frame)),
        'bare network ms': round1(median(network)),
        'beyond it %': round1(100 * (median(frame) / median(network) - 1)),
        'people ms': round2(median(people)),
        'times tfjs wasm': engine === 'tfjs-wasm' ? 1 : round2(median(ratios)),
      },
    ]),
  );
}

/** Drawn maps of ten people, put together by Limn and step by step as described, in turns, on one core of Node. */
export async function measureDecoding() {
  const { createServer } = await import('vite');
  const server = await createServer({
    root,
    logLevel: 'error',
    server: { middlewareMode: true },
    appType: 'custom',
  });
  try {
    const load = (/** @type {string} */ path) => server.ssrLoadModule(path);
    const { layoutOf, usualGrouping } = await load('/src/families/maps/layouts.ts');
    const { groupPeople } = await load('/src/families/maps/grouping/people.ts');
    const { plainPeople } = await load('/test/helpers/plain-people.ts');
    const { drawMaps } = await load('/test/helpers/draw-maps.ts');
    const { crowd } = await load('/test/helpers/crowd.ts');
    const [width, height] = [54, 46];
    const layout = layoutOf(57);
    const maps = drawMaps(crowd(10, layout, width), width, height, layout);
    const options = usualGrouping(layout);
    /** @type {Record<'limn' | 'plain', number[]>} */
    const times = { limn: [], plain: [] };
    const time = (/** @type {() => void} */ work) => {
      const began = performance.now();
      work();
      return performance.now() - began;
    };
    for (let round = 0; round < 25; round++) {
      times.plain.push(time(() => plainPeople(maps, width, height, layout, options)));
      for (let i = 0; i < 20; i++)
        times.limn.push(time(() => groupPeople({ values: maps, width, height }, layout, options)));
    }
    const [own, plain] = [median(times.limn.slice(100)), median(times.plain.slice(5))];
    return {
      'Limn ms': round2(own),
      'straightforward ms': round1(plain),
      'times faster': Math.round(plain / own),
    };
  } finally {
    await server.close();
  }
}
