import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { CHANNELS, MultiposeDecoder } from '../../../src/families/multipose/decoder.ts';
import {
  fitPicture,
  isMultiposeResolution,
  toMultiposeOptions,
} from '../../../src/families/multipose/multipose-options.ts';
import { buildNetwork } from '../../../src/workers/networks/build-network.ts';
import { multiposeFiles } from '../../helpers/multipose-files.ts';
import { plainMultipose } from '../../helpers/plain-multipose.ts';

/** Maps as a network might give them: few likely cells, boxes of some cells, places near their cells. */
function randomMaps(rows: number, columns: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: rows * columns * CHANNELS }, (_, i) => {
    const channel = i % CHANNELS;
    const spread = random() * 2 - 1;
    if (channel === 0 || (channel >= 5 && channel < 22)) return 6 * spread - 3;
    if (channel < 3) return 8 * random();
    return channel < 5 || channel >= 56 ? spread : 5 * spread;
  });
}

describe('the decoder of MoveNet multipose', () => {
  it.each([
    [8, 8],
    [16, 24],
    [24, 16],
    [1, 9],
    [2, 2],
  ])('of %s × %s cells finds what the steps one by one find', (rows, columns) => {
    const decoder = new MultiposeDecoder();
    for (let seed = 0; seed < 5; seed++) {
      const maps = randomMaps(rows, columns, seed);
      const { scores, boxes, points } = decoder.decode(maps, rows, columns);
      for (const [person, plain] of plainMultipose(maps, rows, columns).entries()) {
        if (rows * columns < 6 && plain.score === 0) continue;
        expect(scores[person]).toBeCloseTo(plain.score, 5);
        expect([...boxes.subarray(4 * person, 4 * person + 4)]).toEqual(
          plain.box.map((side) => expect.closeTo(side, 3)),
        );
        const own = [...points.subarray(51 * person, 51 * person + 51)];
        expect(own).toEqual(plain.points.flat().map((value) => expect.closeTo(value, 3)));
      }
    }
  });

  it('gives finite scores from 0 to 1 and boxes inside, whatever numbers come in', () => {
    const decoder = new MultiposeDecoder();
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e38, -1e38, 0, -0, 1e-40];
    const random = createRandom(3);
    for (let round = 0; round < 200; round++) {
      const [rows, columns] = [1 + Math.floor(random() * 12), 1 + Math.floor(random() * 12)];
      const share = random();
      const maps = randomMaps(rows, columns, round).map((value) =>
        random() < share ? (odd[Math.floor(random() * odd.length)] ?? 0) : value,
      );
      const { scores, boxes, points } = decoder.decode(maps, rows, columns);
      for (const score of scores) expect(score).toSatisfy((value) => value >= 0 && value <= 1);
      for (let k = 2; k < points.length; k += 3)
        expect(points[k]).toSatisfy((value) => value >= 0 && value <= 1);
      for (const [i, side] of boxes.entries())
        expect(side).toSatisfy((value) => value >= 0 && value <= 4 * (i % 2 === 0 ? columns : rows));
    }
  });

  it('refuses maps of another size', () => {
    expect(() => new MultiposeDecoder().decode(new Float32Array(90), 1, 2)).toThrow(/90 numbers are no maps/);
    expect(() => new MultiposeDecoder().decode(new Float32Array(0), 0, 0)).toThrow(RangeError);
  });
});

describe('pictures for MoveNet multipose', () => {
  it.each([
    ['384x384', [1280, 720], [384, 224], [384, 216]],
    ['384x384', [480, 640], [288, 384], [288, 384]],
    ['-1x256', [1920, 1080], [480, 256], [455, 256]],
    ['256x-1', [1000, 2000], [256, 512], [256, 512]],
    ['64x64', [5000, 2], [64, 32], [64, 1]],
    ['-1x1536', [9000, 90], [1536, 32], [1536, 15]],
  ] as const)('fitted into %s, one of %s has a network of %s and shows %s', (netResolution, [
    width,
    height,
  ], size, shown) => {
    const fit = fitPicture({ width, height }, toMultiposeOptions({ netResolution }));
    expect([fit.size.width, fit.size.height]).toEqual(size);
    expect([fit.shown.width, fit.shown.height]).toEqual(shown);
  });

  it.each([
    '-1x-1',
    '100x96',
    '0x32',
    '32',
    '384x384x384',
    '-1x1568',
    '',
    '1e2x96',
  ])('takes no net resolution of "%s"', (netResolution) => {
    expect(isMultiposeResolution(netResolution)).toBe(false);
    expect(() => toMultiposeOptions({ netResolution })).toThrow(/is none for MoveNet.*multiples of 32/);
  });
});

it.each([
  [{ furtherPasses: 6 }, /furtherPasses is 6; it must be a whole number from 0 to 5/],
  [{ furtherPasses: 0.5 }, /furtherPasses is 0\.5/],
  [{ furtherPasses: Number.NaN }, /furtherPasses is NaN/],
  [{ pictureBudgetMs: 0 }, /pictureBudgetMs is 0; it must be above 0/],
  [{ pictureBudgetMs: Number.NaN }, /pictureBudgetMs is NaN/],
])('takes no options of %o', (choices, sentence) => {
  expect(() => toMultiposeOptions(choices)).toThrow(sentence);
});

it('a model that calls itself multipose and lacks its heads is refused by the layer', async () => {
  const [model, weights] = multiposeFiles();
  if (!model || !weights) throw new Error('They are there.');
  const bytes = new TextEncoder().encode(
    new TextDecoder().decode(model.bytes).replaceAll('kpt_regress_0', 'other'),
  );
  await expect(buildNetwork([{ name: model.name, bytes }, weights], {}, null)).rejects.toThrow(
    /model\.json.*kpt_regress_0/,
  );
});
