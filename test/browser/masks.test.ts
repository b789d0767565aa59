import { describe, expect, it } from 'vitest';
import { findMasks, maskOverlap, pixelsOf } from '../helpers/compare-masks.ts';
import { hasSharedData } from '../helpers/shared-data.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();
/**
 * Intersection over union of what two engines say of the same person. Measured: 0.962 to 0.981. What differs is the edge: the
 * tasks' masks lie half a pixel to a pixel further up and to the left.
 */
const SAME = 0.95;
/** BlazePose's shoulders and hips. */
const TRUNK = [11, 12, 23, 24];

describe.skipIf(!hasSharedData)('Masks of people', () => {
  it.each([
    ['coco_000000000241.jpg', { model: 'mediapipe-pose-lite', people: 4, finder: 'mediapipe' }],
  ])('are the same from MediaPipe’s tasks and on LiteRT, and where the body is: %s', async (name, options) => {
    const [tasks, liteRt] = [
      await findMasks(watched.page, name, 'tasks-wasm', options),
      await findMasks(watched.page, name, 'litert-wasm', options),
    ];
    expect([tasks.run?.engine, liteRt.run?.engine]).toEqual(['tasks-wasm', 'litert-wasm']);
    expect([tasks.run?.masks, liteRt.run?.masks]).toEqual([true, true]);
    expect(tasks.people.length).toBeGreaterThan(0);
    expect(liteRt.people).toHaveLength(tasks.people.length);
    for (const [i, { body, mask }] of tasks.people.entries()) {
      const other = liteRt.people[i]?.mask;
      if (!mask || !other) throw new Error('A body has no mask.');
      const own = pixelsOf(mask);
      expect(maskOverlap(mask, other)).toBeGreaterThan(SAME);
      for (const k of TRUNK) {
        const { x = 0, y = 0, score = 0 } = body?.keypoints[k] ?? {};
        if (score > 0.9) expect(own.has(`${Math.round(x)},${Math.round(y)}`)).toBe(true);
      }
    }
  });

  it('are not there where nobody asks for them, and refused of models that have none', async () => {
    const plain = await findMasks(watched.page, 'pose.jpg', 'litert-wasm', {
      model: 'mediapipe-pose-lite',
      masks: false,
    });
    expect(plain.people[0]).not.toHaveProperty('mask');
    expect(plain.run).not.toHaveProperty('masks');
    const refused = await findMasks(watched.page, 'pose.jpg', 'wasm', { model: 'mediapipe-hands' }).catch(
      String,
    );
    expect(refused).toContain('leave out options.masks');
  });
});
