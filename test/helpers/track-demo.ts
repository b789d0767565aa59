import type { Page } from 'playwright-core';

/** Shoulders, elbows, wrists, hips, knees, ankles of BlazePose. */
export const MAIN_KEYPOINTS = [11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28];

export interface DemoRun {
  readonly seed: number;
  readonly actors: number;
  readonly hands: boolean;
  readonly frames: number;
  readonly model: string;
  /** Who finds people; absent: as usual. */
  readonly finder?: string;
}

/** Tracks the demo frame by frame; for every frame what was found and what is true. */
export const trackDemo = (page: Page, run: DemoRun) =>
  page.evaluate(async ({ seed, actors, hands, frames, model, finder }) => {
    const demo = window.limn.openDemo({ seed, actors });
    const found = finder === undefined ? {} : { finder };
    const tracker = window.limn.createTracker({ model, engine: 'wasm', people: actors, hands, ...found });
    const results = [];
    for (let i = 0; i < frames; i++) {
      const { image, time, truth } = await demo.frame(i);
      results.push({ found: await tracker.detect(image, time), truth });
      image.close();
    }
    tracker.dispose();
    demo.close();
    return results;
  }, run);

interface FoundBody {
  readonly body?: { readonly keypoints: readonly { readonly x: number; readonly y: number }[] } | null;
}

/** How far two people are apart, in pixels on the mean of the main keypoints; a keypoint that one of them lacks is at 0, 0. */
export function meanDistance(a: FoundBody | undefined, b: FoundBody | undefined): number {
  return mean(
    MAIN_KEYPOINTS.map((k) => {
      const [p, q] = [a?.body?.keypoints[k], b?.body?.keypoints[k]];
      return Math.hypot((p?.x ?? 0) - (q?.x ?? 0), (p?.y ?? 0) - (q?.y ?? 0));
    }),
  );
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
