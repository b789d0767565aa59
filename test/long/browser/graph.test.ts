import { describe, expect, it } from 'vitest';
import { GPU_FRAMES } from '../../helpers/browser.ts';
import { compareOnFile, expectAlike, expectNear, HANDS, WHOLE } from '../../helpers/engines-alike.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';

// A software GPU takes a second for each frame.
const watched = useHarness({ extraArguments: GPU_FRAMES });

describe('MediaPipe’s graph on WebGPU follows as tasks-vision does', () => {
  const engines = ['tasks-wasm', 'litert-webgpu'] as const;

  it('the demo actor', () => {
    const options = { model: 'mediapipe-pose-lite' };
    return expectAlike(watched.page, { ...WHOLE, actors: 1, frames: 15, options, engines });
  });

  it('hands from near', () => expectAlike(watched.page, { ...HANDS, frames: 8, engines }));

  it.skipIf(!hasSharedData).each([
    ['images/pose.jpg', { model: 'mediapipe-pose-lite' }],
    ['images/hands.jpg', { model: 'mediapipe-hands', people: 2 }],
    ['video/pose_1.mp4', { model: 'mediapipe-pose-lite', to: 1 }],
  ])('people in %s with %o', async (name, options) => {
    const difference = await compareOnFile(watched.page, sharedPath(name), options, 'litert-webgpu');
    expect(difference.same / difference.frames).toBeGreaterThan(0.95);
    expectNear(difference);
  });
});

describe('MediaPipe’s graph on LiteRT follows as tasks-vision does', () => {
  const engines = ['tasks-wasm', 'litert-wasm'] as const;

  it('the demo actor', () => {
    const options = { model: 'mediapipe-pose-lite' };
    return expectAlike(watched.page, { ...WHOLE, actors: 1, frames: 30, options, engines });
  });

  it('two actors who cross', () => {
    const options = { model: 'mediapipe-pose-lite', people: 2, finder: 'mediapipe' };
    // While one covers the other, whose limb it is hangs on a hair.
    const scene = { ...WHOLE, actors: 2, first: 150, frames: 40, near: 0.95, options, engines };
    return expectAlike(watched.page, scene);
  });

  it('hands from near', () => expectAlike(watched.page, { ...HANDS, engines }));
});

it.skipIf(!hasSharedData)(
  'MediaPipe’s graph on LiteRT follows bodies and hands as tasks-vision does',
  async () => {
    const options = { model: 'mediapipe-pose-full', hands: true };
    const difference = await compareOnFile(watched.page, sharedPath('video/pose_1.mp4'), options);
    expect(difference.same / difference.frames).toBeGreaterThan(0.95);
    expectNear(difference);
  },
);

describe.skipIf(!hasSharedData)('MediaPipe’s graph on LiteRT gives what tasks-vision gives', () => {
  it('in a video', async () => {
    const options = { model: 'mediapipe-pose-lite' };
    const difference = await compareOnFile(watched.page, sharedPath('video/pose_1.mp4'), options);
    expect(difference.same / difference.frames).toBeGreaterThan(0.95);
    expectNear(difference);
  });

  it('in a crowd that covers itself, but for moments', async () => {
    const options = { model: 'mediapipe-pose-lite', people: 4, finder: 'mediapipe', to: 1 };
    const difference = await compareOnFile(watched.page, sharedPath('video/openpose-sample.mp4'), options);
    expect(difference.same / difference.frames).toBeGreaterThan(0.9);
    // Who is half hidden is at times seen by one and not by the other.
    expectNear(difference, 0.9);
  });
});
