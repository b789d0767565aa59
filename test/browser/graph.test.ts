import { describe, expect, it } from 'vitest';
import { compareOnFile, expectAlike, expectNear, HANDS, WHOLE } from '../helpers/engines-alike.ts';
import { hasSharedData, sharedPath } from '../helpers/shared-data.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();
const engines = ['tasks-wasm', 'litert-wasm'] as const;

describe('MediaPipe’s graph on LiteRT follows as tasks-vision does', () => {
  it('the demo actor', () => {
    const options = { model: 'mediapipe-pose-lite' };
    return expectAlike(watched.page, { ...WHOLE, actors: 1, frames: 30, options, engines });
  });

  it('two actors who cross', () => {
    const options = { model: 'mediapipe-pose-lite', people: 2 };
    // While one covers the other, whose limb it is hangs on a hair.
    const scene = { ...WHOLE, actors: 2, first: 150, frames: 40, near: 0.95, options, engines };
    return expectAlike(watched.page, scene);
  });

  it('hands from near', () => expectAlike(watched.page, { ...HANDS, engines }));
});

describe.skipIf(!hasSharedData)('MediaPipe’s graph on LiteRT gives what tasks-vision gives', () => {
  it.each([
    ['pose.jpg', { model: 'mediapipe-pose-full' }],
    ['pose.jpg', { model: 'mediapipe-pose-lite' }],
    ['hands.jpg', { model: 'mediapipe-hands', people: 2 }],
    ['coco_000000000241.jpg', { model: 'mediapipe-pose-full', people: 4 }],
  ])('in %s with %o', async (name, options) => {
    const difference = await compareOnFile(watched.page, sharedPath(`images/${name}`), options);
    expect(difference.same).toBe(1);
    expectNear(difference);
  });

  it('in a video', async () => {
    const options = { model: 'mediapipe-pose-lite' };
    const difference = await compareOnFile(watched.page, sharedPath('video/pose_1.mp4'), options);
    expect(difference.same / difference.frames).toBeGreaterThan(0.95);
    expectNear(difference);
  });

  it('in a crowd that covers itself, but for moments', async () => {
    const options = { model: 'mediapipe-pose-lite', people: 4, to: 1 };
    const difference = await compareOnFile(watched.page, sharedPath('video/openpose-sample.mp4'), options);
    expect(difference.same / difference.frames).toBeGreaterThan(0.9);
    // Who is half hidden is at times seen by one and not by the other.
    expectNear(difference, 0.9);
  });
});
