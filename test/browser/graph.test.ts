import { describe, expect, it } from 'vitest';
import type { Frame } from '../../src/index.ts';
import type { EngineChoice } from '../../src/models/engine-catalog.ts';
import { compareRecordings, quantileOf } from '../helpers/compare-recordings.js';
import { hasSharedData, readBase64, sharedPath } from '../helpers/shared-data.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();
async function both(
  base64: string,
  name: string,
  options: object,
  engine: 'litert-wasm' | 'litert-webgpu' = 'litert-wasm',
): Promise<ReturnType<typeof compareRecordings>> {
  const { own, reference } = await watched.page.evaluate(
    async ({ base64, name, options, engine }) => {
      const { limn, toBlob } = window.harness;
      const file = new File([toBlob(base64)], name, {
        type: name.endsWith('.mp4') ? 'video/mp4' : 'image/jpeg',
      });
      const own = await limn.analyze(file, { ...options, engine });
      const reference = await limn.analyze(file, { ...options, engine: 'tasks-wasm' });
      return { own, reference };
    },
    { base64, name, options, engine },
  );
  expect(own.info.runs[0]?.engine).toBe(engine);
  expect(reference.info.runs[0]?.engine).toBe('tasks-wasm');
  return compareRecordings(own, reference);
}

interface Scene {
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

const WHOLE = { width: 640, height: 480, corner: [0, 0], first: 0, near: 0.99 } as const;
const SCENES: readonly (readonly [string, Scene])[] = [
  [
    'the demo actor',
    {
      ...WHOLE,
      actors: 1,
      frames: 30,
      options: { model: 'mediapipe-pose-lite' },
      engines: ['tasks-wasm', 'litert-wasm', 'litert-webgpu'],
    },
  ],
  [
    'two actors who cross',
    {
      ...WHOLE,
      actors: 2,
      first: 150,
      frames: 40,
      // While one covers the other, whose limb it is hangs on a hair.
      near: 0.95,
      options: { model: 'mediapipe-pose-lite', people: 2 },
      engines: ['tasks-wasm', 'litert-wasm'],
    },
  ],
  [
    'hands from near',
    {
      actors: 1,
      width: 1920,
      height: 1440,
      corner: [382, 674],
      first: 0,
      near: 0.99,
      frames: 12,
      options: { model: 'mediapipe-hands', people: 2 },
      engines: ['tasks-wasm', 'litert-wasm', 'litert-webgpu'],
    },
  ],
];

/** What each engine finds in a scene. */
function follow(scene: Scene): Promise<{ readonly frames: Frame[] }[]> {
  return watched.page.evaluate(
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
      for (const { tracker } of tracks) tracker.dispose();
      demo.close();
      return tracks.map((track) => ({ frames: track.frames }));
    },
    scene,
  );
}

it.each(SCENES)('follows %s on every engine as tasks-vision does', async (_, scene) => {
  const [reference, ...others] = await follow(scene);
  if (!reference) throw new Error('Nothing came back.');
  expect(reference.frames.every(({ people }) => people.length > 0)).toBe(true);
  expect(others).toHaveLength(scene.engines.length - 1);
  for (const other of others) {
    const { pixels, metres, same } = compareRecordings(other, reference);
    expect(same).toBeGreaterThanOrEqual(scene.frames - 1);
    expect(pixels.length).toBeGreaterThan(scene.frames * 20);
    expect(quantileOf(pixels, 0.5)).toBeLessThan(1);
    expect(quantileOf(pixels, scene.near)).toBeLessThan(4);
    expect(quantileOf(metres, 0.5)).toBeLessThan(0.01);
  }
});

describe.skipIf(!hasSharedData)('MediaPipe’s graph here gives what tasks-vision gives', () => {
  it.each([
    ['pose.jpg', { model: 'mediapipe-pose-full', workers: 1 }],
    ['pose.jpg', { model: 'mediapipe-pose-lite', workers: 1 }],
    ['hands.jpg', { model: 'mediapipe-hands', people: 2, workers: 1 }],
    ['coco_000000000241.jpg', { model: 'mediapipe-pose-full', people: 4, workers: 1 }],
  ])('in %s with %o', async (name, options) => {
    const difference = await both(readBase64(sharedPath(`images/${name}`)), name, options);
    expect(difference.same).toBe(1);
    expect(quantileOf(difference.pixels, 0.5)).toBeLessThan(1);
    expect(quantileOf(difference.pixels, 0.99)).toBeLessThan(4);
    expect(quantileOf(difference.metres, 0.5)).toBeLessThan(0.01);
  });

  it.each([
    ['pose.jpg', { model: 'mediapipe-pose-lite', workers: 1 }],
    ['hands.jpg', { model: 'mediapipe-hands', people: 2, workers: 1 }],
  ])('on WebGPU, too, in %s with %o', async (name, options) => {
    const base64 = readBase64(sharedPath(`images/${name}`));
    const difference = await both(base64, name, options, 'litert-webgpu');
    expect(difference.same).toBe(1);
    expect(quantileOf(difference.pixels, 0.5)).toBeLessThan(1);
    expect(quantileOf(difference.pixels, 0.99)).toBeLessThan(4);
    expect(quantileOf(difference.metres, 0.5)).toBeLessThan(0.01);
  });

  it.each([
    ['pose_1.mp4', { model: 'mediapipe-pose-lite', workers: 1 }],
    ['pose_1.mp4', { model: 'mediapipe-pose-full', hands: true, workers: 1 }],
  ])('in %s with %o', async (name, options) => {
    const difference = await both(readBase64(sharedPath(`video/${name}`)), name, options);
    expect(difference.same / difference.frames).toBeGreaterThan(0.9);
    expect(quantileOf(difference.pixels, 0.5)).toBeLessThan(1);
    expect(quantileOf(difference.pixels, 0.99)).toBeLessThan(4);
    expect(quantileOf(difference.metres, 0.5)).toBeLessThan(0.01);
  });

  it('in a crowd that covers itself, but for moments', async () => {
    const options = { model: 'mediapipe-pose-lite', people: 4, workers: 1, to: 1 };
    const difference = await both(
      readBase64(sharedPath('video/openpose-sample.mp4')),
      'openpose-sample.mp4',
      options,
    );
    expect(difference.same / difference.frames).toBeGreaterThan(0.9);
    expect(quantileOf(difference.pixels, 0.5)).toBeLessThan(1);
    // Who is half hidden is at times seen by one and not by the other.
    expect(quantileOf(difference.pixels, 0.9)).toBeLessThan(4);
    expect(quantileOf(difference.metres, 0.5)).toBeLessThan(0.01);
  });
});

it('logs no error', () => expect(watched.faults).toEqual([]));
