import { POINT_STRIDE } from '../../src/core/pose.ts';
import type { MapsLayout } from '../../src/families/maps/layouts.ts';

/** Network pixels. */
const SIGMA = 7;
const LIMB_WIDTH = 8;
const STRIDE = 8;

/**
 * Maps as a network that makes no mistake would give them: a bell for every keypoint, the limb's direction along it.
 *
 * @param people x, y in network pixels and score per keypoint
 */
export function drawMaps(
  people: readonly Float32Array[],
  width: number,
  height: number,
  layout: MapsLayout,
): Float32Array {
  const maps = new Float32Array(layout.channels * width * height);
  const cell = (channel: number, x: number, y: number): number => (channel * height + y) * width + x;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [px, py] = [(x + 0.5) * STRIDE, (y + 0.5) * STRIDE];
      for (const points of people) {
        for (let keypoint = 0; keypoint < layout.keypoints; keypoint++) {
          const [kx = 0, ky = 0, score = 0] = points.subarray(
            keypoint * POINT_STRIDE,
            (keypoint + 1) * POINT_STRIDE,
          );
          if (!(score > 0)) continue;
          const value = Math.exp(-((px - kx) ** 2 + (py - ky) ** 2) / (2 * SIGMA * SIGMA));
          const at = cell(keypoint, x, y);
          maps[at] = Math.max(maps[at] ?? 0, value);
        }
      }
      for (const limb of layout.limbs) {
        let [sumX, sumY, count] = [0, 0, 0];
        for (const points of people) {
          const [ax = 0, ay = 0, aScore = 0] = points.subarray(limb.from * 3, limb.from * 3 + 3);
          const [bx = 0, by = 0, bScore = 0] = points.subarray(limb.to * 3, limb.to * 3 + 3);
          const length = Math.hypot(bx - ax, by - ay);
          if (!(aScore > 0 && bScore > 0) || length < 1) continue;
          const [ux, uy] = [(bx - ax) / length, (by - ay) / length];
          const along = (px - ax) * ux + (py - ay) * uy;
          const beside = Math.abs((px - ax) * uy - (py - ay) * ux);
          if (along < -LIMB_WIDTH || along > length + LIMB_WIDTH || beside > LIMB_WIDTH) continue;
          sumX += ux;
          sumY += uy;
          count++;
        }
        if (count === 0) continue;
        maps[cell(layout.fieldsAt + limb.x, x, y)] = sumX / count;
        maps[cell(layout.fieldsAt + limb.y, x, y)] = sumY / count;
      }
    }
  }
  return maps;
}
