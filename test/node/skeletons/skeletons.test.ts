import { SupportedModels, util } from '@tensorflow-models/pose-detection';
import { describe, expect, it } from 'vitest';
import { convertPose } from '../../../src/skeletons/convert.ts';
import { skeletonOf, skeletons } from '../../../src/skeletons/registry.ts';
import { bodyAt } from '../../helpers/people.ts';

const COUNTS = {
  'blazepose-33': 33,
  'body-25': 25,
  'coco-17': 17,
  'coco-18': 18,
  'mpi-15': 15,
  'hand-21': 21,
  'face-70': 70,
  'h36m-17': 17,
} as const;

describe.each(skeletons.map((skeleton) => [skeleton.id, skeleton] as const))('%s', (id, skeleton) => {
  it('has as many keypoints as its name says, each with a name of its own', () => {
    expect(skeleton.keypoints).toHaveLength(COUNTS[id as keyof typeof COUNTS]);
    expect(new Set(skeleton.keypoints).size).toBe(skeleton.keypoints.length);
  });

  it('joins all of its keypoints by limbs', () => {
    const joined = new Set(
      skeleton.limbs.flatMap(({ from, to }) => [skeleton.keypoints[from], skeleton.keypoints[to]]),
    );
    // OpenPose draws pupils without lines to them.
    const alone = skeleton.keypoints.filter((name) => name.endsWith('_pupil'));
    expect(joined.size).toBe(skeleton.keypoints.length - alone.length);
  });
});

it.each([
  ['blazepose-33', SupportedModels.BlazePose],
  ['coco-17', SupportedModels.MoveNet],
] as const)('%s has the order that pose-detection has', (id, model) => {
  const expected = util.getKeypointIndexByName(model);
  const own = Object.fromEntries(skeletonOf(id).keypoints.map((name, index) => [name, index]));
  expect(own).toEqual(expected);
});

describe('BODY_25 from BlazePose', () => {
  const source = bodyAt(100, 100);
  const target = convertPose(source, 'body-25');
  const at = (points: Float32Array, i: number) => [...points.subarray(i * 3, i * 3 + 3)];

  it('takes the middle of the shoulders for the neck and of the hips for the mid-hip', () => {
    const middle = (a: number, b: number) =>
      at(source.points, a).map((value, i) => (value + (at(source.points, b)[i] ?? 0)) / 2);
    expect(at(target.points, 1)).toEqual(middle(11, 12).map((v) => expect.closeTo(v, 4)));
    expect(at(target.points, 8)).toEqual(middle(23, 24).map((v) => expect.closeTo(v, 4)));
  });

  it('takes left for left: wrist 7 is BlazePose 15, big toe 19 is 31, heel 21 is 29', () => {
    for (const [own, theirs] of [
      [7, 15],
      [4, 16],
      [19, 31],
      [22, 32],
      [21, 29],
      [24, 30],
    ] as const) {
      expect(at(target.points, own)).toEqual(at(source.points, theirs));
    }
  });

  it('has no small toes', () => {
    expect(at(target.points, 20)).toEqual([Number.NaN, Number.NaN, 0]);
    expect(at(target.points, 23)).toEqual([Number.NaN, Number.NaN, 0]);
  });
});
