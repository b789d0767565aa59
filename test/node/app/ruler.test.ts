import { expect, it } from 'vitest';
import { Ruler } from '../../../src/app/measure/ruler.ts';
import { measuresCsv } from '../../../src/formats/csv/write-measures.ts';
import { measureOf } from '../../../src/motion/kinematics/picture-measure.ts';
import { heightInPicture } from '../../../src/motion/placing/body-height.ts';
import { measureLabel } from '../../../src/ui/controls/measure-label.ts';
import { actorRecording } from '../../helpers/actor-recording.ts';

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

it('a body of known height is a scale, too, whatever it is turned to on its way through the picture', () => {
  const { frames } = actorRecording(3);
  const pose = frames[0]?.people[0]?.body;
  if (!pose) throw new Error('Actors have bodies.');
  const pixels = heightInPicture(pose, 0.3);
  if (pixels === null) throw new Error('The actor is seen whole.');
  const ys = Array.from({ length: pose.points.length / 3 }, (_, i) => pose.points[i * 3 + 1] ?? 0);
  // From the eyes down to the soles somebody who stands has nearly all of their height.
  const seen = Math.max(...ys) - Math.min(...ys);
  expect(pixels / seen).toBeGreaterThan(1);
  expect(pixels / seen).toBeLessThan(1.25);
  const unseen = { ...pose, points: pose.points.map((value, i) => (i % 3 === 2 ? 0.1 : value)) };
  expect(heightInPicture(unseen, 0.3)).toBeNull();
  const ruler = new Ruler();
  for (const [size, metres] of [
    [0, 1],
    [100, 0],
    [Number.NaN, 1],
    [100, Number.POSITIVE_INFINITY],
  ] as const)
    expect(ruler.calibrateBy(size, metres)).toBe(false);
  expect(ruler.calibrateBy(pixels, 1.8)).toBe(true);
  expect(ruler.state.value.metresPerPixel).toBe(1.8 / pixels);
});

it('a table has what was measured with its unit and its points', () => {
  const measures = [distance([0, 0], [30, 40]), angle([1, 0], [0, 0], [0, 1])];
  expect(measuresCsv(measures, null).split('\r\n')).toEqual([
    'kind,value,unit,x1,y1,x2,y2,x3,y3',
    'distance,50,px,0,0,30,40,,',
    'angle,90,deg,1,0,0,0,0,1',
    '',
  ]);
  expect(measuresCsv(measures, 0.01)).toContain('distance,0.5,m,0,0,30,40,,');
});
