import { describe, expect, it } from 'vitest';
import type { Pose } from '../../../src/core/pose.ts';
import { skeletonOf } from '../../../src/skeletons/registry.ts';
import { figureHead, limbWidth, mainJoints } from '../../../src/views/overlay/figure.ts';
import { PictureTrails } from '../../../src/views/overlay/picture-trails.ts';
import { personAt } from '../../helpers/people.ts';

/** A body in which only these keypoints are there. */
function bodyOf(places: Readonly<Record<string, readonly [x: number, y: number]>>, score = 0.9): Pose {
  const names = skeletonOf('coco-17').keypoints;
  const points = Float32Array.from(
    names.flatMap((name) => {
      const place = places[name];
      return place ? [...place, score] : [Number.NaN, Number.NaN, 0];
    }),
  );
  return { set: 'coco-17', points, world: null, handedness: null };
}

const isThere =
  ({ points }: Pose) =>
  (keypoint: number): boolean =>
    (points[keypoint * 3 + 2] ?? 0) > 0;

const TRUNK = {
  left_shoulder: [60, 100],
  right_shoulder: [40, 100],
  left_hip: [58, 200],
  right_hip: [42, 200],
} as const;

describe('A person on the picture', () => {
  it('has lines by their size, within bounds', () => {
    const tall = (height: number) =>
      limbWidth(
        {
          ...personAt(0, 0, 0),
          body: bodyOf({ nose: [0, 0], left_ankle: [10, height] }),
        },
        1,
        1,
      );
    expect(tall(600)).toBeCloseTo(5.4);
    expect(tall(50)).toBe(3);
    expect(tall(5000)).toBe(8);
  });

  it('has twelve main joints in every set of bodies that has them, and none in hands and faces', () => {
    for (const set of ['coco-17', 'blazepose-33', 'body-25', 'halpe-26', 'coco-133'] as const) {
      expect([set, mainJoints(set).size]).toEqual([set, 12]);
    }
    expect(mainJoints('hand-21').size).toBe(0);
    expect(mainJoints('face-478').size).toBe(0);
  });

  it('has a head about the ears, on a neck between the shoulders, whose size is beside the trunk’s', () => {
    const body = bodyOf({ ...TRUNK, left_ear: [55, 70], right_ear: [45, 72], nose: [50, 74] });
    const head = figureHead(body, isThere(body));
    expect(head?.center).toEqual({ x: 50, y: 71 });
    expect(head?.neck).toEqual({ x: 50, y: 100 });
    expect(head?.radius).toBeCloseTo(23);
  });

  it('has one of a single eye, as long as the trunk is seen, and none without anything of it', () => {
    const body = bodyOf({ ...TRUNK, left_eye: [52, 70] });
    expect(figureHead(body, isThere(body))?.center).toEqual({ x: 52, y: 70 });
    const headless = bodyOf(TRUNK);
    expect(figureHead(headless, isThere(headless))).toBe(null);
    // A point has no size.
    const alone = bodyOf({ nose: [52, 70] });
    expect(figureHead(alone, isThere(alone))).toBe(null);
  });
});

describe('Trails on the picture', () => {
  const at = (time: number, trails: PictureTrails, score = 0.9) =>
    trails.note(
      time,
      [{ ...personAt(0, 0, 0), body: bodyOf({ left_wrist: [time * 10, 5], nose: [1, 1] }, score) }],
      'wrists',
      0.5,
    );

  it('are of the joints that are chosen, and of certain ones', () => {
    const trails = new PictureTrails();
    at(0, trails);
    expect(trails.size).toBe(1);
    trails.note(0.1, [], 'none', 0.5);
    expect(trails.size).toBe(0);
    at(0.2, trails, 0.3);
    expect(trails.size).toBe(0);
  });

  it('begin anew when the time jumps, and end with whoever is gone for long', () => {
    const trails = new PictureTrails();
    for (let i = 0; i < 10; i++) at(i / 10, trails);
    expect(trails.size).toBe(1);
    trails.note(0.5, [], 'wrists', 0.5);
    expect(trails.size).toBe(0);
    at(0.6, trails);
    for (let i = 7; i < 30; i++) trails.note(i / 10, [], 'wrists', 0.5);
    expect(trails.size).toBe(0);
  });
});
