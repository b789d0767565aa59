import { describe, expect, it } from 'vitest';
import type { Pose } from '../../../src/core/pose.ts';
import { type FinderSource, finderOf, toFoundPeople } from '../../../src/families/finding/person-finder.ts';

const pose = (...points: number[]): Pose => ({
  set: 'coco-17',
  points: Float32Array.from(points),
  world: null,
  handedness: null,
});
const box = (left: number, top: number, width: number, height: number) => ({ left, top, width, height });

describe('people whom a network has found', () => {
  it('are boxes where it gives no keypoints, the surest first', () => {
    const boxes = [
      { box: box(1, 2, 3, 4), score: 0.4 },
      { box: box(5, 6, 7, 8), score: 0.9 },
      { box: box(5, 6, 0, 8), score: 0.95 },
    ];
    expect(toFoundPeople({ bodies: [], boxes })).toEqual([
      { box: box(5, 6, 7, 8), score: 0.9, body: null },
      { box: box(1, 2, 3, 4), score: 0.4, body: null },
    ]);
  });

  it('have the box of their keypoints and the mean of their scores where it gives no boxes', () => {
    const seen = pose(10, 20, 0.5, 30, 60, 0.75, Number.NaN, Number.NaN, 0);
    const nobody = pose(Number.NaN, Number.NaN, 0);
    const [found, ...others] = toFoundPeople({ bodies: [nobody, seen] });
    expect(found?.box).toEqual(box(10, 20, 20, 40));
    expect(found?.score).toBeCloseTo(1.25 / 3, 6);
    expect(found?.body).toBe(seen);
    expect(others).toEqual([]);
  });

  it('have both where it gives both', () => {
    const bodies = [pose(10, 20, 0.5, 30, 60, 0.75), pose(1, 2, 0.9, 3, 6, 0.9)];
    const boxes = [
      { box: box(8, 18, 24, 44), score: 0.8 },
      { box: box(0, 1, 4, 6), score: 0.3 },
    ];
    expect(toFoundPeople({ bodies, boxes })).toEqual([
      { ...boxes[0], body: bodies[0] },
      { ...boxes[1], body: bodies[1] },
    ]);
  });
});

describe('a finder', () => {
  function sourceFor(mode: 'image' | 'video'): FinderSource & { readonly log: string[] } {
    const log: string[] = [];
    const options = { model: 'movenet-multipose', hands: false, people: 6, mode } as const;
    return {
      log,
      estimate: async () => ({ bodies: [pose(0, 0, 1, 2, 2, 1)], hands: [] }),
      estimator: async () => ({ options, networkMilliseconds: 7, reset: async () => void log.push('reset') }),
      isWell: true,
      close: () => void log.push('close'),
    };
  }
  const image = {} as ImageBitmap;

  it('adds up what its networks take, forgets where it follows, and closes what it owns', async () => {
    const source = sourceFor('video');
    const finder = finderOf(source);
    expect(await finder.find(image, 1)).toHaveLength(1);
    await finder.find(image, 2);
    expect(finder.totalMilliseconds).toBe(14);
    expect(finder.isLost).toBe(false);
    await finder.reset();
    finder.close();
    expect(source.log).toEqual(['reset', 'close']);
  });

  it('has nothing to forget in single pictures', async () => {
    const source = sourceFor('image');
    await finderOf(source).reset();
    expect(source.log).toEqual([]);
  });
});
