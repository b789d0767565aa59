import { basename } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { EngineChoice } from '../../src/families/engines/engine-catalog.ts';
import type { Frame } from '../../src/index.ts';
import { compareRecordings, quantileOf } from './compare-recordings.js';
import { readBase64 } from './shared-data.ts';

/** Frames of the demo, or of a window into it. */
export interface Scene {
  readonly actors: number;
  readonly width: number;
  readonly height: number;
  /** The upper left corner of what is seen of it: 640 × 480 pixels. */
  readonly corner: readonly [x: number, y: number];
  readonly first: number;
  readonly frames: number;
  readonly options: object;
  readonly engines: readonly EngineChoice[];
  /** The share of landmarks that are within 4 pixels. */
  readonly near: number;
}

/** The demo as it is, and what there is of it elsewhere. */
export const WHOLE = { width: 640, height: 480, corner: [0, 0], first: 0, near: 0.99 } as const;
/** The hands of the demo actor from near. */
export const HANDS = {
  ...WHOLE,
  actors: 1,
  width: 1920,
  height: 1440,
  corner: [382, 674],
  frames: 12,
  options: { model: 'mediapipe-hands', people: 2 },
} as const;

/** What each engine finds in a scene. */
async function follow(page: Page, scene: Scene): Promise<{ readonly frames: Frame[] }[]> {
  const tracks = await page.evaluate(
    async ({ actors, width, height, corner: [x, y], first, frames, options, engines }) => {
      const { limn } = window.harness;
      const demo = limn.openDemo({ seed: 2, width, height, actors });
      const tracks = engines.map((engine) => ({
        tracker: limn.createTracker({ ...options, engine }),
        frames: [] as Frame[],
      }));
      for (let i = first; i < first + frames; i++) {
        const { image, time } = await demo.frame(i);
        const seen = await createImageBitmap(image, x, y, 640, 480);
        image.close();
        for (const track of tracks) track.frames.push(await track.tracker.detect(seen, time));
        seen.close();
      }
      const found = tracks.map(({ tracker, frames }) => ({ engine: tracker.device?.engine, frames }));
      for (const { tracker } of tracks) tracker.dispose();
      demo.close();
      return found;
    },
    scene,
  );
  // No other engine took over meanwhile.
  expect(tracks.map(({ engine }) => engine)).toEqual(scene.engines);
  return tracks;
}

/** Tracks a scene on its engines, and expects of all what the first one gives. */
export async function expectAlike(page: Page, scene: Scene): Promise<void> {
  const [reference, ...others] = await follow(page, scene);
  if (!reference) throw new Error('Nothing came back.');
  expect(reference.frames.every(({ people }) => people.length > 0)).toBe(true);
  for (const other of others) {
    const difference = compareRecordings(other, reference);
    expect(difference.same).toBeGreaterThanOrEqual(scene.frames - 1);
    expect(difference.pixels.length).toBeGreaterThan(scene.frames * 20);
    expectNear(difference, scene.near);
  }
}

/** Within 1 pixel and 1 cm at the median, and nearly all within 4 pixels. */
export function expectNear({ pixels, metres }: ReturnType<typeof compareRecordings>, near = 0.99): void {
  expect(quantileOf(pixels, 0.5)).toBeLessThan(1);
  expect(quantileOf(pixels, near)).toBeLessThan(4);
  expect(quantileOf(metres, 0.5)).toBeLessThan(0.01);
}

/** What an engine makes of a file, beside what tasks-vision's CPU delegate makes of it. */
export async function compareOnFile(
  page: Page,
  path: string,
  options: object,
  engine: EngineChoice = 'litert-wasm',
): Promise<ReturnType<typeof compareRecordings>> {
  const { own, reference } = await page.evaluate(
    async ({ base64, name, options, engine }) => {
      const { limn, toBlob } = window.harness;
      const type = name.endsWith('.mp4') ? 'video/mp4' : 'image/jpeg';
      const file = new File([toBlob(base64)], name, { type });
      const own = await limn.analyze(file, { ...options, engine });
      const reference = await limn.analyze(file, { ...options, engine: 'tasks-wasm' });
      return { own, reference };
    },
    { base64: readBase64(path), name: basename(path), options: { ...options, workers: 1 }, engine },
  );
  expect(own.info.runs.map((run) => run.engine)).toEqual([engine]);
  expect(reference.info.runs.map((run) => run.engine)).toEqual(['tasks-wasm']);
  return compareRecordings(own, reference);
}
