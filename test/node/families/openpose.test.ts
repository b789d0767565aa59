import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { handCrop } from '../../../src/families/finding/hand-crop.ts';
import { sampleBicubic } from '../../../src/families/maps/grouping/bicubic.ts';
import { averageMaps } from '../../../src/families/maps/grouping/multi-scale.ts';
import { findPeaks } from '../../../src/families/maps/grouping/peaks.ts';
import { groupPeople, traceGrouping } from '../../../src/families/maps/grouping/people.ts';
import { layoutOf, layouts, usualGrouping } from '../../../src/families/maps/layouts.ts';
import { DEFAULT_MAPS_OPTIONS } from '../../../src/families/maps/maps-options.ts';
import { netSizes } from '../../../src/families/maps/net-size.ts';
import { faceCrop, maximaOf } from '../../../src/families/maps/part-crops.ts';
import { skeletonOf } from '../../../src/skeletons/registry.ts';
import { crowd } from '../../helpers/crowd.ts';
import { drawMaps } from '../../helpers/draw-maps.ts';
import { plainPeaks, resizeMap } from '../../helpers/plain-peaks.ts';
import { plainPeople } from '../../helpers/plain-people.ts';

const [WIDTH, HEIGHT] = [54, 46];
const random = createRandom(9);

it('knows networks by their channels, every channel of the fields once', () => {
  expect(layouts.map(({ set, channels }) => [set, channels])).toEqual([
    ['body-25', 78],
    ['coco-18', 57],
    ['mpi-15', 44],
    ['hand-21', 22],
    ['face-70', 71],
  ]);
  for (const layout of layouts) {
    const fields = layout.limbs.flatMap(({ x, y }) => [x, y]).sort((a, b) => a - b);
    expect(fields).toEqual(Array.from({ length: 2 * layout.limbs.length }, (_, i) => i));
    expect(layout.keypoints).toBe(skeletonOf(layout.set).keypoints.length);
  }
  expect(layoutOf(56)).toBeNull();
});

describe('Peaks', () => {
  const noise = Float32Array.from({ length: WIDTH * HEIGHT }, () => random() ** 6);
  const map = { values: noise, at: 0, width: WIDTH, height: HEIGHT };

  it('lie in maps that are resized only where they are', () => {
    const large = resizeMap(noise, WIDTH, HEIGHT);
    for (let i = 0; i < 500; i++) {
      const [x, y] = [Math.floor(random() * WIDTH * 8), Math.floor(random() * HEIGHT * 8)];
      expect(sampleBicubic(map, x, y)).toBeCloseTo(large[y * WIDTH * 8 + x] ?? Number.NaN, 5);
    }
  });

  it.each([
    1, 4, 10,
  ])('of %d people are those of the whole map resized, to a hundredth of a pixel', (count) => {
    const layout = layoutOf(57);
    if (!layout) throw new Error('COCO is known.');
    const maps = drawMaps(crowd(count, layout, WIDTH), WIDTH, HEIGHT, layout);
    for (let keypoint = 0; keypoint < layout.keypoints; keypoint += 5) {
      const own = maps.subarray(keypoint * WIDTH * HEIGHT, (keypoint + 1) * WIDTH * HEIGHT);
      const found = findPeaks(
        { values: maps, at: keypoint * WIDTH * HEIGHT, width: WIDTH, height: HEIGHT },
        0.05,
      );
      const plain = plainPeaks(own, WIDTH, HEIGHT, 0.05);
      expect(found).toHaveLength(plain.length);
      for (const { x, y, score } of plain) {
        const nearest = Math.min(
          ...found.map((peak) => Math.hypot(peak.x - x, peak.y - y) + Math.abs(peak.score - score)),
        );
        expect(nearest).toBeLessThan(0.01);
      }
    }
  });
});

const asMaps = (values: Float32Array) => ({ values, width: WIDTH, height: HEIGHT });

describe.each(['coco-18', 'body-25'] as const)('Drawn maps of %s', (set) => {
  const layout = layouts.find((each) => each.set === set);
  if (!layout) throw new Error('It is known.');

  it.each([1, 3, 6, 10])('decode to exactly the %d people that were drawn', (count) => {
    const truth = crowd(count, layout, WIDTH);
    const people = groupPeople(asMaps(drawMaps(truth, WIDTH, HEIGHT, layout)), layout, usualGrouping(layout));
    expect(people).toHaveLength(count);
    const left = new Set(truth);
    for (const { points, score } of people) {
      expect(score).toBeGreaterThan(0.4);
      const distances = [...left].map((other) => ({ other, worst: worstOf(points, other) }));
      const [nearest] = distances.sort((a, b) => a.worst - b.worst);
      if (!nearest) throw new Error('More were found than there are.');
      left.delete(nearest.other);
      // Two people's bells may melt into one where their keypoints are nearer than a bell's width.
      expect(nearest.worst).toBeLessThan(8);
    }
    expect(left.size).toBe(0);
  });

  it('decode to nobody when they are empty', () => {
    const empty = new Float32Array(layout.channels * WIDTH * HEIGHT);
    expect(groupPeople(asMaps(empty), layout, usualGrouping(layout, 'openpose', true))).toEqual([]);
  });
});

/** The largest distance of keypoints that are in both, in network pixels; infinite if they have too few in common. */
function worstOf(points: Float32Array, other: Float32Array): number {
  let worst = 0;
  let common = 0;
  for (let at = 0; at < points.length; at += 3) {
    const distance = Math.hypot(
      (points[at] ?? 0) - (other[at] ?? 0),
      (points[at + 1] ?? 0) - (other[at + 1] ?? 0),
    );
    if (Number.isNaN(distance)) continue;
    worst = Math.max(worst, distance);
    common++;
  }
  return common >= 12 ? worst : Number.POSITIVE_INFINITY;
}

describe('People', () => {
  const layout = layouts[1];
  if (!layout) throw new Error('COCO is known.');

  it.each([
    [5, 'openpose', 0],
    [10, 'openpose', 0.15],
    [10, 'tf-pose', 0.15],
    [8, 'tf-pose', 0.3],
  ] as const)('are those of the whole maps resized: %d of them, %s’s thresholds, noise of %d', (count, implementation, noise) => {
    const drawn = drawMaps(crowd(count, layout, WIDTH), WIDTH, HEIGHT, layout);
    const maps = drawn.map((value) => value * (1 - noise) + (random() - 0.5) * noise * 0.3);
    const options = usualGrouping(layout, implementation);
    const own = groupPeople(asMaps(maps), layout, options);
    const plain = plainPeople(maps, WIDTH, HEIGHT, layout, options);
    expect(own).toHaveLength(plain.length);
    for (const person of plain) {
      // Half a network pixel at each keypoint, and no keypoint more or less.
      const same = own.filter(({ points }) =>
        person.every((peak, i) => {
          const [x = Number.NaN, y = Number.NaN, score = 0] = points.subarray(i * 3, i * 3 + 3);
          if (!peak) return score === 0;
          return Math.hypot(x - peak.x, y - peak.y) < 0.5 && Math.abs(score - Math.min(1, peak.score)) < 1e-3;
        }),
      );
      expect(same).toHaveLength(1);
    }
  });

  it('are the same with the reasons for them, which name what every limb lacks', () => {
    const maps = asMaps(drawMaps(crowd(4, layout, WIDTH), WIDTH, HEIGHT, layout));
    const options = usualGrouping(layout);
    const { people, limbs, peaks } = traceGrouping(maps, layout, options);
    expect(people).toEqual(groupPeople(maps, layout, options));
    const joined = limbs.filter(({ verdict }) => verdict === 'joined');
    expect(joined.length).toBeGreaterThanOrEqual(4 * 15);
    for (const { passed, samples } of joined) expect(passed / samples).toBeGreaterThan(options.limbShare);
    for (const { passed, samples, verdict } of limbs) {
      expect(samples).toBeGreaterThanOrEqual(5);
      if (verdict === 'weak') expect(passed / samples).toBeLessThanOrEqual(options.limbShare);
    }
    // Every pair of peaks of every limb is accounted for.
    const pairs = layout.limbs.map(({ from, to }) => (peaks[from]?.length ?? 0) * (peaks[to]?.length ?? 0));
    expect(limbs).toHaveLength(pairs.reduce((sum, count) => sum + count, 0));
    // With too much asked for, they are dropped, and it is said so.
    const strict = traceGrouping(maps, layout, { ...options, minimumKeypoints: 19 });
    expect(strict.people).toEqual([]);
    expect(strict.limbs.some(({ verdict }) => verdict === 'dropped')).toBe(true);
    expect(strict.limbs.some(({ verdict }) => verdict === 'joined')).toBe(false);
  });
});

describe('Sizes of the network’s picture', () => {
  const options = { ...DEFAULT_MAPS_OPTIONS };

  it.each([
    [{ width: 1280, height: 720 }, {}, ['656 × 368']],
    [{ width: 640, height: 480 }, {}, ['496 × 368']],
    [{ width: 480, height: 640 }, {}, ['272 × 368']],
    [{ width: 1280, height: 720 }, { netWidth: 432, netHeight: 368 }, ['432 × 368']],
    [{ width: 1280, height: 720 }, { netWidth: 320, netHeight: -1 }, ['320 × 176']],
    [
      { width: 1280, height: 720 },
      { scaleNumber: 3, scaleGap: 0.25 },
      ['656 × 368', '496 × 280', '328 × 184'],
    ],
    [{ width: 30_000, height: 100 }, {}, ['1536 × 368']],
  ])('of %o with %o are %o', (frame, change, expected) => {
    const sizes = netSizes(frame, { ...options, ...change });
    expect(sizes.map(({ width, height }) => `${width} × ${height}`)).toEqual(expected);
  });

  it('are averaged onto the first one’s cells', () => {
    const ramp = (width: number, height: number): Float32Array =>
      Float32Array.from({ length: width * height }, (_, i) => ((i % width) + 0.5) / width);
    const all = [
      { values: ramp(20, 10), width: 20, height: 10, fillX: 1, fillY: 1 },
      { values: ramp(10, 5), width: 10, height: 5, fillX: 1, fillY: 1 },
    ];
    const { values, width, height } = averageMaps(all);
    expect([width, height]).toEqual([20, 10]);
    // A ramp is a ramp at every size, but for where the smaller one's last cells go on as they end.
    for (let x = 1; x < 19; x++) expect(values[5 * 20 + x]).toBeCloseTo((x + 0.5) / 20, 6);
  });
});

describe('Where hands and faces are', () => {
  const body = (set: 'coco-18' | 'body-25', places: Readonly<Record<string, readonly [number, number]>>) => ({
    set,
    points: Float32Array.from(
      skeletonOf(set).keypoints.flatMap((name) => [
        ...(places[name] ?? [Number.NaN, Number.NaN]),
        places[name] ? 0.8 : 0,
      ]),
    ),
    world: null,
    handedness: null,
  });

  it('a hand lies a third of the forearm beyond the wrist, one and a half times as large', () => {
    const arm = body('coco-18', { left_shoulder: [100, 40], left_elbow: [100, 100], left_wrist: [100, 200] });
    // openpose, handDetector.cpp: 1.5 × max(100, 0.9 × 60) around (100, 200 + 0.33 × 100).
    expect(handCrop(arm, 'left')).toEqual({ left: 25, top: expect.closeTo(158, 4), side: 150 });
    expect(handCrop(arm, 'right')).toBeNull();
  });

  it('a face lies around nose and eyes', () => {
    const head = body('body-25', { nose: [50, 50], right_eye: [45, 44], left_eye: [55, 44], neck: [50, 80] });
    const crop = faceCrop(head);
    // The mean of 2 × 30 (neck to nose) and 3 × 10 (eye to eye).
    expect(crop?.side).toBeCloseTo(45, 4);
    expect((crop?.left ?? 0) + 22.5).toBeCloseTo(50, 4);
    expect(faceCrop(body('body-25', { nose: [50, 50] }))).toBeNull();
  });

  it('the highest number of each map is its keypoint’s place, in a mirror where it was shown one', () => {
    const cells = 46;
    const maps = new Float32Array(cells * cells * 22);
    maps[(10 * cells + 12) * 22 + 3] = 0.9;
    const crop = { left: 100, top: 200, side: 460 };
    const [x, y, score] = maximaOf(maps, cells, 22, crop, false).subarray(9, 12);
    expect([x, y, score]).toEqual([225, 305, expect.closeTo(0.9, 5)]);
    expect(maximaOf(maps, cells, 22, crop, true)[9]).toBe(100 + 460 - 125);
    expect(maximaOf(maps, cells, 22, crop, false)[2]).toBe(0);
  });
});

it('puts ten people together in some milliseconds', () => {
  const layout = layoutOf(57);
  if (!layout) throw new Error('COCO is known.');
  const maps = drawMaps(crowd(10, layout, WIDTH), WIDTH, HEIGHT, layout);
  const times = Array.from({ length: 60 }, () => {
    const start = performance.now();
    groupPeople(asMaps(maps), layout, usualGrouping(layout));
    return performance.now() - start;
  }).sort((a, b) => a - b);
  // `npm run bench` has the figure; whatever else a machine does, it isn't ten times as much.
  expect(times[30]).toBeLessThan(30);
});
