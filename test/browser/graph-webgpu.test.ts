import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GPU_FRAMES } from '../helpers/browser.ts';
import { compareOnFile, expectAlike, expectNear, HANDS, WHOLE } from '../helpers/engines-alike.ts';
import { hasSharedData, sharedPath } from '../helpers/shared-data.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness({ extraArguments: GPU_FRAMES });
const engines = ['tasks-wasm', 'litert-webgpu'] as const;
const clip = new URL('../fixtures/actor.mp4', import.meta.url);

it('makes networks’ pictures on the GPU as on the CPU', async () => {
  const differences = await watched.page.evaluate((base64) => {
    const { compareSampling, toBlob } = window.harness;
    return compareSampling(toBlob(base64), [
      [{ x: 320, y: 240, size: 640, rotation: 0 }, 'zero'],
      [{ x: 150.3, y: 100.7, size: 117.9, rotation: 0.4 }, 'replicate'],
      [{ x: 20, y: 200, size: 150, rotation: -2.1 }, 'replicate'],
      [{ x: 20, y: 200, size: 150, rotation: 3 }, 'zero'],
    ]);
  }, readFileSync(clip).toString('base64'));
  expect(differences).toHaveLength(8);
  for (const { mean, off, isAllSame } of differences ?? []) {
    expect(isAllSame).toBe(false);
    // Colours of films, of which there is one for 2 × 2 pixels, are spread otherwise there.
    expect(mean).toBeLessThan(0.6);
    expect(off).toBeLessThan(0.06);
  }
});

describe('MediaPipe’s graph on WebGPU follows as tasks-vision does', () => {
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
