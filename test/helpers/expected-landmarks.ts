import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { readBase64, readSharedJson, sharedPath } from './shared-data.ts';

interface ExpectedPose {
  readonly xy: readonly (readonly [number, number])[];
  readonly tolerance_px: number;
  readonly world_xyz: readonly (readonly [number, number, number])[];
  readonly tolerance_world_m: number;
}
interface ExpectedHands {
  readonly hands: readonly (readonly (readonly [number, number])[])[];
  readonly tolerance_px: number;
}

/** How far each model may be from what MediaPipe expects: shares of its tolerances, in the picture and in the world. */
const SHARES = {
  'mediapipe-pose-lite': [1, 2],
  'mediapipe-pose-full': [1, 1],
  'mediapipe-pose-heavy': [1.5, 1.5],
} as const;
export type PoseModel = keyof typeof SHARES;

const analyzePicture = (page: Page, name: string, model: string, engine: string) =>
  page.evaluate(
    async ({ data, model, engine }) => {
      const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
      return window.limn.analyze(new Blob([bytes]), { model, engine });
    },
    { data: readBase64(sharedPath(`images/${name}`)), model, engine },
  );

/** Models on an engine find what MediaPipe's own tests expect of `pose.jpg`. */
export function itFindsLandmarks(
  watched: { readonly page: Page },
  engine: string,
  models: readonly PoseModel[],
): void {
  // The expected values are those of MediaPipe's tests of its smaller networks; world landmarks those of `full`.
  it.each(models)('%s finds the landmarks of pose.jpg that MediaPipe expects', async (model) => {
    const [share, worldShare] = SHARES[model];
    const expected = readSharedJson<ExpectedPose>('expected/mediapipe_pose.json');
    const recording = await analyzePicture(watched.page, 'pose.jpg', model, engine);
    expect(recording.info.runs[0]?.engine).toBe(`tasks-${engine}`);
    const body = recording.frames[0]?.people[0]?.body;
    expect(body?.keypoints).toHaveLength(33);
    for (const [i, { x, y }] of (body?.keypoints ?? []).entries()) {
      const [expectedX, expectedY] = expected.xy[i] ?? [Number.NaN, Number.NaN];
      expect(Math.abs(x - expectedX), `x of keypoint ${i}`).toBeLessThanOrEqual(
        share * expected.tolerance_px,
      );
      expect(Math.abs(y - expectedY), `y of keypoint ${i}`).toBeLessThanOrEqual(
        share * expected.tolerance_px,
      );
    }
    for (const [i, { x, y, z }] of (body?.world ?? []).entries()) {
      // MediaPipe's y points down and its z away from the viewer; Limn's don't (S2).
      const [worldX, worldY, worldZ] = expected.world_xyz[i] ?? [Number.NaN, Number.NaN, Number.NaN];
      const worst = Math.max(Math.abs(x - worldX), Math.abs(-y - worldY), Math.abs(-z - worldZ));
      expect(worst, `world keypoint ${i}`).toBeLessThanOrEqual(worldShare * expected.tolerance_world_m);
    }
  });
}

/** An engine finds what MediaPipe's own tests expect of `hands.jpg`. */
export function itFindsHands(watched: { readonly page: Page }, engine: string): void {
  it('finds both hands of hands.jpg where MediaPipe expects them', async () => {
    const expected = readSharedJson<ExpectedHands>('expected/mediapipe_hands.json');
    const recording = await analyzePicture(watched.page, 'hands.jpg', 'mediapipe-hands', engine);
    const people = recording.frames[0]?.people ?? [];
    const hands = people.flatMap(({ leftHand, rightHand }) =>
      [leftHand, rightHand].filter((h) => h !== undefined),
    );
    expect(hands).toHaveLength(2);
    for (const points of expected.hands) {
      const largest = hands.map(({ keypoints }) =>
        Math.max(
          ...keypoints.map(({ x, y }, i) => Math.hypot(x - (points[i]?.[0] ?? 0), y - (points[i]?.[1] ?? 0))),
        ),
      );
      expect(Math.min(...largest)).toBeLessThanOrEqual(expected.tolerance_px);
    }
  });
}
