import { expect, it } from 'vitest';
import { SVG_WIDTH, svgHeight, writePlotSvg } from '../../../src/views/charts/plot-svg.ts';

const TIMES = Float64Array.from({ length: 100 }, (_, i) => 2 + i / 10);
const valueAt = (time: number): number => 40 + 35 * Math.sin(time);
const [FROM, TO] = [3, 11.9];

const svg = writePlotSvg({
  title: 'a <b> & "c".mp4',
  timeTitle: 'Time',
  times: TIMES,
  range: [FROM, TO],
  panels: [
    {
      title: 'Knee',
      unit: '°',
      lines: [
        {
          label: 'Left',
          color: '#0072b2',
          values: Float32Array.from(TIMES, (time, i) =>
            (i > 30 && i < 40) || i === 41 ? Number.NaN : valueAt(time),
          ),
        },
      ],
    },
    {
      title: 'Neck',
      unit: '°',
      lines: [{ label: '', color: 'red', values: new Float32Array(100).fill(NaN) }],
    },
  ],
});

/** Numbers on an axis with their places in pixels. */
const axis = (pattern: RegExp) =>
  Array.from(svg.matchAll(pattern), ([, place, text]) => [Number(place), Number(text)] as const);

it('lines are where the axes say, and broken where numbers are missing', () => {
  const ys = axis(/<text x="64" y="([\d.]+)"[^>]*>(-?[\d.]+)</g);
  const [[bottom, low] = [0, 0], [top, high] = [0, 0]] = [ys[0], ys.slice(0, -1).findLast(([, v]) => v > 0)];
  const xs = axis(/<text x="([\d.]+)" y="462"[^>]*>0:([\d.]+)</g);
  const [[left, from] = [0, 0], [right, to] = [0, 0]] = [xs[0], xs.at(-1)];
  expect([low, to > from]).toEqual([0, true]);
  const path = /<path d="([^"]+)"/.exec(svg)?.[1] ?? '';
  const points = Array.from(path.matchAll(/([ML])([\d.]+) ([\d.]+)/g), ([, kind, x, y]) => ({
    kind,
    time: from + ((Number(x) - left) / (right - left)) * (to - from),
    value: low + ((Number(y) - (bottom - 4)) / (top - bottom)) * (high - low),
  }));
  const shown = [...TIMES].filter((time, i) => time >= FROM && !((i > 30 && i < 40) || i === 41));
  expect(points.map(({ time }) => time)).toEqual(shown.map((time) => expect.closeTo(time, 2)));
  expect(points.map(({ value }) => value)).toEqual(shown.map((time) => expect.closeTo(valueAt(time), 1)));
  // The first, the one between two gaps, and the one behind them.
  expect(points.filter(({ kind }) => kind === 'M').map(({ time }) => time)).toEqual(
    [3, 6, 6.2].map((time) => expect.closeTo(time, 2)),
  );
});

it('is whole, names its panels with their units, and takes any title', () => {
  expect(svg).toContain(`viewBox="0 0 ${SVG_WIDTH} ${svgHeight(2)}"`);
  expect(svg).toContain('>a &lt;b&gt; &amp; "c".mp4</text>');
  expect(svg).toContain('>Knee (°)</text>');
  expect(svg).toContain('>Left</text>');
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  const opened = svg.match(/<(?!\/)[a-z]+/g) ?? [];
  const closed = svg.match(/<\/[a-z]+>|\/>/g) ?? [];
  expect(closed).toHaveLength(opened.length);
});
