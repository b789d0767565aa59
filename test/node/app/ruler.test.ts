import { expect, it } from 'vitest';
import { Ruler } from '../../../src/app/measure/ruler.ts';
import { measureOf } from '../../../src/motion/kinematics/picture-measure.ts';
import { measureLabel } from '../../../src/ui/controls/measure-label.ts';

const distance = (...points: [x: number, y: number][]) =>
  ({ kind: 'distance', points: points.map(([x, y]) => ({ x, y })) }) as const;
const angle = (...points: [x: number, y: number][]) =>
  ({ kind: 'angle', points: points.map(([x, y]) => ({ x, y })) }) as const;

it('distances are in pixels, angles in degrees at the second point, whichever way round', () => {
  expect(measureOf(distance([1, 2], [4, 6]))).toBe(5);
  expect(measureOf(distance([1, 2]))).toBe(Number.NaN);
  for (const degrees of [0, 1, 37, 90, 135, 180]) {
    const [x, y] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    for (const sign of [1, -1]) {
      const end: [number, number] = [7 + 30 * x, 9 + sign * 30 * y];
      expect(measureOf(angle([17, 9], [7, 9], end))).toBeCloseTo(degrees, 9);
      expect(measureOf(angle(end, [7, 9], [17, 9]))).toBeCloseTo(degrees, 9);
    }
  }
  expect(measureOf(angle([7, 9], [7, 9], [17, 9]))).toBe(Number.NaN);
});

it('a line of known length makes metres of the others, and only that', () => {
  const ruler = new Ruler();
  ruler.choose('distance');
  ruler.place({ x: 0, y: 0 });
  expect(ruler.state.value.pending?.points).toHaveLength(1);
  ruler.place({ x: 0, y: 200 });
  expect(ruler.tool.value).toBe(null);
  const [line] = ruler.state.value.measures;
  if (!line) throw new Error('Nothing was measured.');
  expect(measureLabel(line, null)).toBe('200.0 px');
  for (const wrong of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(ruler.calibrate(line, wrong)).toBe(false);
  }
  expect(ruler.calibrate(angle([1, 0], [0, 0], [0, 1]), 1)).toBe(false);
  expect(ruler.state.value.metresPerPixel).toBe(null);
  expect(ruler.calibrate(line, 0.5)).toBe(true);
  const { metresPerPixel } = ruler.state.value;
  expect(metresPerPixel).toBe(0.0025);
  expect(measureLabel(line, metresPerPixel)).toBe('0.500 m');
  expect(measureLabel(distance([0, 0], [30, 40]), metresPerPixel)).toBe('0.125 m');
  expect(measureLabel(angle([1, 0], [0, 0], [0, 1]), metresPerPixel)).toBe('90.0°');
});

it('what is given up leaves nothing, and points on one another don’t measure', () => {
  const ruler = new Ruler();
  ruler.place({ x: 1, y: 1 });
  ruler.choose('angle');
  ruler.place({ x: 1, y: 1 });
  ruler.choose('angle');
  expect(ruler.state.value).toMatchObject({ pending: null, measures: [] });
  ruler.choose('angle');
  for (const x of [1, 1, 5]) ruler.place({ x, y: 1 });
  expect(ruler.state.value.measures).toEqual([]);
  ruler.cancel();
  expect(ruler.tool.value).toBe(null);
});
