import { describe, expect, it } from 'vitest';
import { analyzeFaces, faceDistances, facesOf } from '../../helpers/find-faces.ts';
import { hasSharedData } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';

const watched = useHarness();

describe.skipIf(!hasSharedData)('Faces of real people', () => {
  it('of three people in a room are theirs, one of them from the side', async () => {
    const { frames } = await analyzeFaces(watched.page, 'images/coco_000000000241.jpg', {
      model: 'mediapipe-pose-full',
      people: 6,
    });
    const found = frames[0]?.people ?? [];
    expect(found).toHaveLength(3);
    for (const person of found)
      for (const distance of faceDistances(person)) expect(distance).toBeLessThan(0.25);
  });

  it('aren’t made up where nobody shows one', async () => {
    const { frames } = await analyzeFaces(watched.page, 'images/pose.jpg', { model: 'mediapipe-pose-lite' });
    expect(frames[0]?.people).toHaveLength(1);
    expect(frames[0]?.people[0]).not.toHaveProperty('face');
  });

  it('are followed through a video, without a jump', async () => {
    const { frames } = await analyzeFaces(watched.page, 'video/pose_1.mp4', {
      model: 'mediapipe-pose-lite',
      to: 1.5,
    });
    expect(frames.length).toBeGreaterThan(40);
    expect(new Set(frames.flatMap(({ people }) => people.map(({ id }) => id)))).toEqual(new Set([0]));
    expect(frames.filter((frame) => facesOf(frame).length === 1)).toHaveLength(frames.length);
    for (const { people } of frames) {
      for (const person of people)
        for (const distance of faceDistances(person)) expect(distance).toBeLessThan(0.25);
    }
    const noses = frames.map((frame) => facesOf(frame)[0]?.keypoints[1]);
    for (const [i, nose] of noses.slice(1).entries()) {
      const before = noses[i];
      expect(Math.hypot((nose?.x ?? 0) - (before?.x ?? 0), (nose?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(
        4,
      );
    }
  });
});
