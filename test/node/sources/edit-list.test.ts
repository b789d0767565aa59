import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { readEditLists } from '../../../src/sources/containers/edit-list.ts';
import { makeBox, words } from '../../helpers/damage.ts';

/** Units a second of film and track. */
const [FILM, TRACK] = [600, 30_000];
const ONE = 0x10000;

const header = (type: string, clock: number) => makeBox(type, words(0, 0, 0, clock, 0));
const movie = (list: Buffer) =>
  Buffer.concat([
    makeBox('ftyp', Buffer.from('isom')),
    makeBox(
      'moov',
      header('mvhd', FILM),
      makeBox(
        'trak',
        makeBox('tkhd', words(0, 0, 0, 7)),
        makeBox('edts', makeBox('elst', list)),
        makeBox('mdia', header('mdhd', TRACK)),
      ),
    ),
  ]);
/** Rows of duration, time in the medium, rate. */
const rows = (...all: readonly (readonly [number, number, number])[]) => words(0, all.length, ...all.flat());
const read = async (bytes: Uint8Array<ArrayBuffer>) => (await readEditLists(new Blob([bytes]))).get(7);

describe('an edit list', () => {
  it('of one row is shown from 0 on, whatever it leaves out before', async () => {
    expect(await read(movie(rows([300, 10_000, ONE])))).toEqual([{ at: 0, duration: 0.5, from: 0, rate: 1 }]);
  });

  it('may begin with nothing, and repeat, and stand', async () => {
    const list = rows([600, -1, ONE], [300, 30_000, ONE], [60, 0, 0], [300, 30_000, ONE]);
    expect(await read(movie(list))).toEqual([
      { at: 1, duration: 0.5, from: 1, rate: 1 },
      { at: 1.5, duration: 0.1, from: 0, rate: 0 },
      { at: 1.6, duration: 0.5, from: 1, rate: 1 },
    ]);
  });

  it('without a length in its last row goes on to the end', async () => {
    expect((await read(movie(rows([0, 0, ONE]))))?.[0]?.duration).toBe(Number.POSITIVE_INFINITY);
  });

  it('may have numbers of eight bytes', async () => {
    const list = words(0x01000000, 1, 0, 300, 0, 10_000, 2 * ONE);
    expect(await read(movie(list))).toEqual([{ at: 0, duration: 0.5, from: 1 / 3, rate: 2 }]);
  });

  it('that says it is longer than it is, is read as far as it goes', async () => {
    expect(await read(movie(words(0, 1e9, 300, 0, ONE)))).toHaveLength(1);
  });

  it('damaged anywhere, is read or left, and nothing else happens', async () => {
    const random = createRandom(3);
    const whole = movie(rows([600, -1, ONE], [300, 30_000, ONE]));
    for (let round = 0; round < 1000; round++) {
      const damaged = Buffer.from(whole.subarray(0, 1 + Math.floor(random() * whole.length)));
      for (let i = 0; i < 3; i++) damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
      await readEditLists(new Blob([damaged]));
    }
  });
});
