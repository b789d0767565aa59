import { describe, expect, it } from 'vitest';
import type { Recording } from '../../src/index.ts';
import { hasSharedData, readBase64, sharedPath } from '../helpers/shared-data.ts';
import { useHarness } from '../helpers/use-harness.ts';

const watched = useHarness();

/** How far two recordings of the same frames are apart. */
interface Difference {
  /** Pixels between landmarks, sorted. */
  readonly pixels: number[];
  /** Metres between world landmarks, sorted. */
  readonly metres: number[];
  /** Frames in which both found as many. */
  readonly same: number;
  readonly frames: number;
}

function compare(own: Recording, reference: Recording): Difference {
  const pixels: number[] = [];
  const metres: number[] = [];
  let same = 0;
  for (const [i, frame] of reference.frames.entries()) {
    const others = own.frames[i]?.people ?? [];
    if (others.length === frame.people.length) same++;
    for (const person of frame.people) {
      for (const part of ['body', 'leftHand', 'rightHand'] as const) {
        const pose = person[part];
        if (!pose) continue;
        const middle = (keypoints: readonly { x: number; y: number }[]): [number, number] => [
          keypoints.reduce((sum, { x }) => sum + x, 0) / keypoints.length,
          keypoints.reduce((sum, { y }) => sum + y, 0) / keypoints.length,
        ];
        const [x, y] = middle(pose.keypoints);
        const nearest = others
          .flatMap((other) => [other.body, other.leftHand, other.rightHand])
          .filter((other) => other !== undefined && other.set === pose.set)
          .map((other) => {
            const [otherX, otherY] = middle(other?.keypoints ?? []);
            return { other, distance: Math.hypot(x - otherX, y - otherY) };
          })
          .sort((a, b) => a.distance - b.distance)[0]?.other;
        if (!nearest) continue;
        for (const [k, keypoint] of pose.keypoints.entries()) {
          const other = nearest.keypoints[k];
          if (other) pixels.push(Math.hypot(keypoint.x - other.x, keypoint.y - other.y));
          const [a, b] = [pose.world?.[k], nearest.world?.[k]];
          if (a && b) metres.push(Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z));
        }
      }
    }
  }
  const sorted = (values: number[]): number[] => values.sort((a, b) => a - b);
  return { pixels: sorted(pixels), metres: sorted(metres), same, frames: reference.frames.length };
}

const quantile = (values: readonly number[], share: number): number =>
  values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

async function both(
  base64: string,
  name: string,
  options: object,
  engine: 'litert-wasm' | 'litert-webgpu' = 'litert-wasm',
): Promise<Difference> {
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
  return compare(own, reference);
}

it('follows the demo actor on every engine as tasks-vision does', async () => {
  const frames = await watched.page.evaluate(async () => {
    const { limn } = window.harness;
    const demo = limn.openDemo({ seed: 2, width: 640, height: 480 });
    const engines = ['tasks-wasm', 'litert-wasm', 'litert-webgpu'] as const;
    const trackers = engines.map((engine) => limn.createTracker({ model: 'mediapipe-pose-lite', engine }));
    const found: (readonly (readonly { x: number; y: number }[])[])[] = [];
    for (let i = 0; i < 30; i++) {
      const { image, time } = await demo.frame(i);
      const poses: (readonly { x: number; y: number }[])[] = [];
      for (const tracker of trackers) {
        const { people } = await tracker.detect(image, time);
        poses.push(people[0]?.body?.keypoints.map(({ x, y }) => ({ x, y })) ?? []);
      }
      found.push(poses);
      image.close();
    }
    for (const tracker of trackers) tracker.dispose();
    demo.close();
    return found;
  });
  expect(frames).toHaveLength(30);
  for (const engine of [1, 2]) {
    const pixels = frames
      .flatMap((poses) => {
        const [right = [], given = []] = [poses[0], poses[engine]];
        expect(given).toHaveLength(right.length);
        return right.map(({ x, y }, i) => Math.hypot(x - (given[i]?.x ?? NaN), y - (given[i]?.y ?? NaN)));
      })
      .sort((a, b) => a - b);
    expect(pixels.length).toBeGreaterThan(25 * 33);
    expect(quantile(pixels, 0.5)).toBeLessThan(1);
    expect(quantile(pixels, 0.99)).toBeLessThan(4);
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
    expect(quantile(difference.pixels, 0.5)).toBeLessThan(1);
    expect(quantile(difference.pixels, 0.99)).toBeLessThan(4);
    expect(quantile(difference.metres, 0.5)).toBeLessThan(0.01);
  });

  it.each([
    ['pose.jpg', { model: 'mediapipe-pose-lite', workers: 1 }],
    ['hands.jpg', { model: 'mediapipe-hands', people: 2, workers: 1 }],
  ])('on WebGPU, too, in %s with %o', async (name, options) => {
    const base64 = readBase64(sharedPath(`images/${name}`));
    const difference = await both(base64, name, options, 'litert-webgpu');
    expect(difference.same).toBe(1);
    expect(quantile(difference.pixels, 0.5)).toBeLessThan(1);
    expect(quantile(difference.pixels, 0.99)).toBeLessThan(4);
    expect(quantile(difference.metres, 0.5)).toBeLessThan(0.01);
  });

  it.each([
    ['pose_1.mp4', { model: 'mediapipe-pose-lite', workers: 1 }],
    ['pose_1.mp4', { model: 'mediapipe-pose-full', hands: true, workers: 1 }],
  ])('in %s with %o', async (name, options) => {
    const difference = await both(readBase64(sharedPath(`video/${name}`)), name, options);
    expect(difference.same / difference.frames).toBeGreaterThan(0.9);
    expect(quantile(difference.pixels, 0.5)).toBeLessThan(1);
    expect(quantile(difference.pixels, 0.99)).toBeLessThan(4);
    expect(quantile(difference.metres, 0.5)).toBeLessThan(0.01);
  });

  it('in a crowd that covers itself, but for moments', async () => {
    const options = { model: 'mediapipe-pose-lite', people: 4, workers: 1, to: 1 };
    const difference = await both(
      readBase64(sharedPath('video/openpose-sample.mp4')),
      'openpose-sample.mp4',
      options,
    );
    expect(difference.same / difference.frames).toBeGreaterThan(0.9);
    expect(quantile(difference.pixels, 0.5)).toBeLessThan(1);
    // Who is half hidden is at times seen by one and not by the other.
    expect(quantile(difference.pixels, 0.9)).toBeLessThan(4);
    expect(quantile(difference.metres, 0.5)).toBeLessThan(0.01);
  });
});

it('logs no error', () => expect(watched.faults).toEqual([]));
