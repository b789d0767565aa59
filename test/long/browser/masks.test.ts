import { describe, expect, it } from 'vitest';
import { GPU_FRAMES } from '../../helpers/browser.ts';
import { findMasks, maskOverlap } from '../../helpers/compare-masks.ts';
import { hasSharedData } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';

// A software GPU takes a second for each frame.
/** Intersection over union; measured: 0.963 to 0.971. */
const SAME = 0.95;
const watched = useHarness({ extraArguments: GPU_FRAMES });

describe.skipIf(!hasSharedData)('Masks of people are the same as from MediaPipe’s tasks on WASM', () => {
  it.each([
    ['litert-wasm', 'pose.jpg', { model: 'mediapipe-pose-full' }],
    ['litert-webgpu', 'pose.jpg', { model: 'mediapipe-pose-lite' }],
    ['tasks-webgl', 'pose.jpg', { model: 'mediapipe-pose-lite' }],
  ] as const)('on %s: %s with %o', async (engine, name, options) => {
    const tasks = await findMasks(watched.page, name, 'tasks-wasm', options);
    const others = await findMasks(watched.page, name, engine, options);
    expect(others.run?.engine).toBe(engine);
    expect(tasks.people.length).toBeGreaterThan(0);
    for (const [i, { mask }] of tasks.people.entries()) {
      const other = others.people[i]?.mask;
      if (!mask || !other) throw new Error('A body has no mask.');
      expect(maskOverlap(mask, other)).toBeGreaterThan(SAME);
    }
  });
});
