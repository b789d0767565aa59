import { describe, expect, it } from 'vitest';
import type { Pose } from '../../../src/core/pose.ts';
import { assignFaces, headOf, placeOfFace } from '../../../src/motion/tracking/face-owners.ts';
import { formPeople } from '../../../src/motion/tracking/people.ts';
import { skeletonOf } from '../../../src/skeletons/registry.ts';
import { bodyAt } from '../../helpers/people.ts';

/** A body of a set, of which only the keypoints named are there. */
function bodyOf(set: Pose['set'], places: Readonly<Record<string, readonly [x: number, y: number]>>): Pose {
  const points = Float32Array.from(
    skeletonOf(set).keypoints.flatMap((name) => [
      ...(places[name] ?? [Number.NaN, Number.NaN]),
      places[name] ? 0.9 : 0,
    ]),
  );
  return { set, points, world: null, handedness: null };
}

function faceAt(x: number, y: number, size: number): Pose {
  const points = new Float32Array(70 * 3).fill(Number.NaN);
  for (let i = 0; i < 70; i++) points[i * 3 + 2] = 0;
  points.set([x - size / 2, y - size / 2, 1, x + size / 2, y + size / 2, 1], 0);
  return { set: 'face-70', points, world: null, handedness: null };
}

describe('A head', () => {
  const FACE = { nose: [100, 50], left_eye: [110, 40], right_eye: [90, 40] } as const;

  it('is in the middle of what there is of nose, eyes and ears', () => {
    const { x, y, toShoulders } = headOf(bodyOf('coco-17', FACE)) ?? {};
    expect([x, y, toShoulders]).toEqual([100, expect.closeTo(130 / 3, 4), null]);
  });

  it('is so far above the middle of the shoulders', () => {
    const body = bodyOf('halpe-26', { nose: [100, 50], left_shoulder: [140, 90], right_shoulder: [60, 90] });
    expect(headOf(body)).toEqual({ x: 100, y: 50, toShoulders: 40 });
  });

  it('of MPI’s is between its top and the neck', () => {
    expect(headOf(bodyOf('mpi-15', { head: [10, 0], neck: [20, 40] }))).toMatchObject({ x: 15, y: 20 });
    expect(headOf(bodyOf('mpi-15', { neck: [20, 40] }))).toBeNull();
  });

  it('isn’t there without any of them', () => {
    expect(headOf(bodyOf('body-25', { neck: [1, 2], mid_hip: [3, 4] }))).toBeNull();
  });
});

describe('Faces', () => {
  const head = (x: number) => ({ x, y: 0, toShoulders: 30 });
  const place = (x: number, size = 20) => ({ x, y: 0, size });

  it('go to the heads that they are at, whatever their order', () => {
    expect(assignFaces([head(100), null, head(0)], [place(2), place(50), place(97)])).toEqual([2, -1, 0]);
  });

  it('go to nobody out of their own reach, or without a size', () => {
    expect(assignFaces([head(0)], [place(12.1)])).toEqual([-1]);
    expect(assignFaces([head(0)], [place(11.9)])).toEqual([0]);
    expect(assignFaces([head(0)], [place(0, 0)])).toEqual([-1]);
    expect(assignFaces([head(0)], [])).toEqual([-1]);
  });

  it('go to one head each, where both are near', () => {
    expect(assignFaces([head(0), head(5)], [place(4)])).toEqual([-1, 0]);
  });

  it('are where their points are', () => {
    expect(placeOfFace(faceAt(30, 40, 10))).toEqual({ x: 30, y: 40, size: 10 });
    expect(placeOfFace(bodyOf('face-70', {})).size).toBe(0);
  });

  it('stay with somebody who was found twice', () => {
    const face = faceAt(300, 110, 20);
    const [person, ...others] = formPeople({
      bodies: [bodyAt(300, 200, 0.7), bodyAt(301, 201, 0.8)],
      hands: [],
      faces: [face, null],
    });
    expect([person?.face, others.length]).toEqual([face, 0]);
  });
});
