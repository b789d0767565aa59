import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/numbers/random.ts';
import { butterworth } from '../../../../src/motion/filters/butterworth.ts';
import { hampelOutliers } from '../../../../src/motion/filters/hampel.ts';
import { savitzkyGolay } from '../../../../src/motion/filters/savitzky-golay.ts';
import { type CurveKind, createCurve } from '../../../../src/motion/filters/spline.ts';
import { hasSharedData, readSharedJson } from '../../../helpers/shared-data.ts';

const RATE = 50;
const series = (value: (time: number) => number, length = 400): Float64Array =>
  Float64Array.from({ length }, (_, i) => value(i / RATE));
const sine = (frequency: number) => series((time) => Math.sin(2 * Math.PI * frequency * time));

describe('The Butterworth filter', () => {
  it.each([
    [2, 6],
    [4, 6],
    [2, 3],
    [6, 10],
  ])('of order %d and %d Hz damps each frequency as its formula says, without delay', (order, cutoff) => {
    const warp = (frequency: number): number => Math.tan((Math.PI * frequency) / RATE);
    for (const frequency of [1, 2, 4, 7, 12]) {
      const expected = 1 / (1 + (warp(frequency) / warp(cutoff)) ** (2 * order));
      const [input, output] = [sine(frequency), butterworth(sine(frequency), RATE, cutoff, order)];
      for (let i = 100; i < 300; i++) expect(output[i]).toBeCloseTo(expected * (input[i] ?? 0), 3);
    }
  });

  it('leaves lines as they are, at the ends, too', () => {
    const line = series((time) => 3 - 2 * time, 40);
    for (const [i, value] of butterworth(line, RATE, 6, 4).entries()) {
      expect(value).toBeCloseTo(line[i] ?? 0, 2);
    }
    const level = butterworth(Float64Array.of(2, 2, 2), RATE, 6, 2);
    expect([...level]).toEqual([2, 2, 2].map((each) => expect.closeTo(each, 9)));
  });
});

describe('The Savitzky–Golay filter', () => {
  it('gives polynomials of its degree back, and their derivatives, at the ends, too', () => {
    const cubic = series((t) => 1 - t + 2 * t * t - 0.5 * t ** 3, 60);
    const derivative = series((t) => -1 + 4 * t - 1.5 * t * t, 60);
    const second = series((t) => 4 - 3 * t, 60);
    for (const [order, expected] of [cubic, derivative, second].entries()) {
      const given = savitzkyGolay(cubic, 11, 3, order, 1 / RATE);
      for (const [i, value] of given.entries()) expect(value).toBeCloseTo(expected[i] ?? 0, 6);
    }
  });

  it('has the weights of the paper’s tables', () => {
    const impulse = new Float64Array(21);
    impulse[10] = 35;
    expect([...savitzkyGolay(impulse, 5, 2)].slice(8, 13)).toEqual(
      [-3, 12, 17, 12, -3].map((v) => expect.closeTo(v, 9)),
    );
  });
});

it('Hampel’s identifier finds what jumps, and nothing of noise or of fast motion', () => {
  const random = createRandom(4);
  const values = series((t) => 100 * Math.sin(4 * t) + random() - 0.5);
  for (const at of [40, 120, 121, 300]) values[at] = (values[at] ?? 0) + 60;
  values[200] = Number.NaN;
  const found = hampelOutliers(values, 3, 4, 0.5);
  expect([...found.entries()].filter(([, is]) => is === 1).map(([i]) => i)).toEqual([40, 120, 121, 300]);
});

describe('Curves', () => {
  it.each<[CurveKind, (t: number) => number]>([
    ['linear', (t) => 2 - 3 * t],
    ['cubic', (t) => 1 - t + 2 * t * t - 0.5 * t ** 3],
    ['pchip', (t) => 2 - 3 * t],
  ])('that are %s give what they can give exactly, between points at uneven places', (kind, f) => {
    const places = [0, 0.1, 0.5, 0.7, 1.4, 1.5, 2];
    const curve = createCurve(kind, places, places.map(f));
    for (let t = 0; t <= 2; t += 0.05) expect(curve(t)).toBeCloseTo(f(t), 9);
  });

  it('that are pchip never go beyond their points', () => {
    const curve = createCurve('pchip', [0, 1, 2, 3, 4], [0, 0, 1, 1, 0]);
    for (let t = 0; t <= 4; t += 0.01) {
      expect(curve(t)).toBeGreaterThanOrEqual(0);
      expect(curve(t)).toBeLessThanOrEqual(1);
    }
  });

  it('of one, two and three points are a point, a line and a parabola', () => {
    expect(createCurve('cubic', [1], [5])(9)).toBe(5);
    expect(createCurve('cubic', [0, 2], [0, 4])(1)).toBe(2);
    expect(createCurve('cubic', [0, 1, 3], [0, 1, 9])(2)).toBeCloseTo(4, 9);
  });
});

describe.skipIf(!hasSharedData)('Beside SciPy,', () => {
  const expected = hasSharedData ? readSharedJson<Record<string, number[]>>('expected/filters.json') : {};
  const list = (name: string): number[] => expected[name] ?? [];
  const x = Float64Array.from(list('x'));
  const near = (given: ArrayLike<number>, name: string): void => {
    const wanted = list(name);
    expect(given.length).toBe(wanted.length);
    const worst = Math.max(...wanted.map((value, i) => Math.abs(value - (given[i] ?? Number.NaN))));
    expect(worst).toBeLessThan(1e-7);
  };

  it('filters give the same numbers', () => {
    near(butterworth(x, RATE, 6, 2), 'butter2_6hz_filtfilt');
    near(butterworth(x, RATE, 6, 4), 'butter4_6hz_filtfilt');
    near(savitzkyGolay(x, 11, 3), 'savgol_11_3');
    near(savitzkyGolay(x, 11, 3, 1, 1 / RATE), 'savgol_11_3_first_derivative_per_s');
  });

  it('curves give the same numbers', () => {
    const gap = new Set(list('gap_indices'));
    const places = [...x.keys()].filter((i) => !gap.has(i));
    const values = places.map((i) => x[i] ?? Number.NaN);
    near(list('gap_indices').map(createCurve('cubic', places, values)), 'cubic_spline_fill');
    near(list('gap_indices').map(createCurve('pchip', places, values)), 'pchip_fill');
    const curve = createCurve(
      'cubic',
      [...x.keys()].map((i) => i / RATE),
      x,
    );
    near(
      Array.from({ length: 120 }, (_, k) => curve(k / 30)),
      'cubic_spline_resampled_30hz',
    );
  });
});
