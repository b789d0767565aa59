import { describe, expect, it } from 'vitest';
import { compareOnFile, expectNear } from '../helpers/engines-alike.ts';
import { hasSharedData, sharedPath } from '../helpers/shared-data.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();

describe.skipIf(!hasSharedData)('MediaPipe’s graph on LiteRT gives what tasks-vision gives', () => {
  it.each([
    ['pose.jpg', { model: 'mediapipe-pose-full' }],
    ['pose.jpg', { model: 'mediapipe-pose-lite' }],
    ['hands.jpg', { model: 'mediapipe-hands', people: 2 }],
    ['coco_000000000241.jpg', { model: 'mediapipe-pose-full', people: 4, finder: 'mediapipe' }],
  ])('in %s with %o', async (name, options) => {
    const difference = await compareOnFile(watched.page, sharedPath(`images/${name}`), options);
    expect(difference.same).toBe(1);
    expectNear(difference);
  });
});
