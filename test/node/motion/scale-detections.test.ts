import { expect, it } from 'vitest';
import type { Pose } from '../../../src/core/pose.ts';
import { scaleDetections } from '../../../src/motion/tracking/scale-detections.ts';

it('Keypoints of a smaller picture are brought to the pixels of the large one; scores and metres stay', () => {
  const pose: Pose = {
    set: 'hand-21',
    points: Float32Array.of(1, 2, 0.5, Number.NaN, Number.NaN, 0),
    world: Float32Array.of(0.1, 0.2, 0.3, 0.5),
    handedness: null,
  };
  const partCandidates = [[1, 2, 0.5, 3, 4, 0.25], []];
  const found = { bodies: [pose], hands: [pose], faces: [null, pose], tracks: [3], partCandidates };
  const { bodies, hands, faces, tracks, partCandidates: candidates } = scaleDetections(found, [2, 3]);
  for (const scaled of [bodies[0], hands[0], faces?.[1]]) {
    expect(scaled?.points).toEqual(Float32Array.of(2, 6, 0.5, Number.NaN, Number.NaN, 0));
    expect(scaled?.world).toBe(pose.world);
  }
  expect(faces?.[0]).toBeNull();
  expect(tracks).toEqual([3]);
  expect(candidates).toEqual([[2, 6, 0.5, 6, 12, 0.25], []]);
  expect(scaleDetections(found, [1, 1])).toBe(found);
});
