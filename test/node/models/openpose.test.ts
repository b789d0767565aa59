import { describe, expect, it } from 'vitest';
import { sampleBicubic } from '../../../src/models/openpose/bicubic.ts';
import { layoutOf, layouts, type MapsLayout, usualGrouping } from '../../../src/models/openpose/layouts.ts';
import { findPeaks } from '../../../src/models/openpose/peaks.ts';
import { groupPeople } from '../../../src/models/openpose/people.ts';
import { convertPose } from '../../../src/skeletons/convert.ts';
import { skeletonOf } from '../../../src/skeletons/registry.ts';
import { createRandom } from '../../../src/sources/actor/random.ts';
import { actorRecording } from '../../helpers/actor-recording.ts';
import { drawMaps } from '../../helpers/draw-maps.ts';
import { plainPeaks, resizeMap } from '../../helpers/plain-peaks.ts';

const [WIDTH, HEIGHT] = [54, 46];
const random = createRandom(9);

/** People of the demo, beside and over one another, in network pixels. */
function crowd(count: number, layout: MapsLayout): Float32Array[] {
  const { info, frames } = actorRecording(120);
  const scale = 200 / info.height;
  return Array.from({ length: count }, (_, i) => {
    const body = frames[(i * 11) % 120]?.people[i % 2]?.body;
    if (!body) throw new Error('The actors are there.');
    const pose = layout.set === 'mpi-15' ? null : convertPose(body, layout.set);
    if (!pose) throw new Error('The actors have no keypoints of MPI.');
    // Each stands elsewhere, the next nearer than a shoulder's width.
    const middle = ((pose.points[3] ?? 0) + (pose.points[6] ?? 0)) / 2;
    const shift = 40 + (i * (WIDTH * 8 - 80)) / Math.max(1, count - 1);
    return pose.points.map((value, at) => {
      if (at % 3 === 0) return (value - middle) * scale + shift;
      return at % 3 === 1 ? value * scale + 60 + (i % 3) * 40 : value;
    });
  });
}

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
    const maps = drawMaps(crowd(count, layout), WIDTH, HEIGHT, layout);
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
    const truth = crowd(count, layout);
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

it('needs some milliseconds for ten people', () => {
  const layout = layoutOf(57);
  if (!layout) throw new Error('COCO is known.');
  const maps = drawMaps(crowd(10, layout), WIDTH, HEIGHT, layout);
  const times = Array.from({ length: 60 }, () => {
    const start = performance.now();
    groupPeople(asMaps(maps), layout, usualGrouping(layout));
    return performance.now() - start;
  }).sort((a, b) => a - b);
  console.log('maps to ten people, median ms:', times[30]?.toFixed(2));
  expect(times[30]).toBeLessThan(30);
});
