// The same video through two ways of tracking it, in turns in one page, so that whatever else the machine does hits both alike.
import { readFileSync } from 'node:fs';
import { median, openBarePage, round1, round2 } from './launch.js';

/**
 * @param {Awaited<ReturnType<typeof import('./launch.js').launch>>} launched
 * @param {{ path: string, rounds: number, first: object, second: object }} wish the video, how often, and options of `limn.bench.loop`
 * @returns {Promise<{ first: any, second: any }[]>} without the first round, which warms up
 */
export async function loopBoth(launched, { path, rounds, first, second }) {
  const page = await openBarePage(launched);
  await page.evaluate((base64) => {
    /** @type {any} */
    const bench = window;
    bench.video = new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
  }, readFileSync(path).toString('base64'));
  const measured = [];
  for (let round = 0; round < rounds; round++) {
    const both = await page.evaluate(
      async ({ first, second }) => {
        /** @type {any} */
        const bench = window;
        return {
          first: await bench.limn.bench.loop(bench.video, first),
          second: await bench.limn.bench.loop(bench.video, second),
        };
      },
      { first, second },
    );
    if (round > 0) measured.push(both);
  }
  await page.context().close();
  return measured;
}

/**
 * A row of a table: whole frames by LiteRT, the second way, beside those by another one, and beside its bare network.
 *
 * @param {string} other what the first way is called
 * @param {Awaited<ReturnType<typeof loopBoth>>} measured
 * @returns {Record<string, number | string>}
 */
export function rowOfLiteRt(other, measured) {
  const [otherMs, liteRtMs, networkMs] = [
    median(measured.map(({ first }) => first.frameMs)),
    median(measured.map(({ second }) => second.frameMs)),
    median(measured.map(({ second }) => second.networkMs)),
  ];
  return {
    [`${other} ms/frame`]: round1(otherMs),
    'LiteRT ms/frame': round1(liteRtMs),
    ratio: round2(median(measured.map(({ first, second }) => second.frameMs / first.frameMs))),
    'bare network ms': round1(networkMs),
    'around it': `${round1((liteRtMs / networkMs - 1) * 100)} %`,
  };
}
