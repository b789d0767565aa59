import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Pose as PlainPose, Recording } from '../../../src/index.ts';
import { hasSharedData, readBase64, sharedPath } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';

const watched = useHarness();
const quantized = (): string => readBase64(sharedPath('weights/tfpose_mobilenet_v2_1.4_weight_quant.tflite'));
const photo = (name: string): string => readBase64(sharedPath(`images/${name}`));

/** The same joints of COCO-18 and of BlazePose: shoulders, elbows, wrists, hips, knees, ankles. */
const SAME_JOINTS = [
  [2, 12],
  [3, 14],
  [4, 16],
  [5, 11],
  [6, 13],
  [7, 15],
  [8, 24],
  [9, 26],
  [10, 28],
  [11, 23],
  [12, 25],
  [13, 27],
] as const;

/** By the joints that both are sure of, how far they are apart, as shares of the person's height. */
function distances(own: PlainPose, reference: PlainPose): number[] {
  const ys = reference.keypoints.filter(({ score }) => score > 0.5).map(({ y }) => y);
  const height = Math.max(...ys) - Math.min(...ys);
  return SAME_JOINTS.flatMap(([i, j]) => {
    const [a, b] = [own.keypoints[i], reference.keypoints[j]];
    return a && b && a.score > 0.3 && b.score > 0.5 ? [Math.hypot(a.x - b.x, a.y - b.y) / height] : [];
  });
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Distances of those in each frame whom both have found: for each of MediaPipe's the nearest of the other's. */
function agreement(own: Recording, reference: Recording): number[] {
  return reference.frames.flatMap((frame) => {
    const others = own.frames.find(({ time }) => Math.abs(time - frame.time) < 1e-6)?.people ?? [];
    return frame.people.flatMap(({ body }) => {
      const all = others
        .map((other) => (body && other.body ? distances(other.body, body) : []))
        .filter((each) => each.length >= 4);
      return all.sort((a, b) => median(a) - median(b))[0] ?? [];
    });
  });
}

describe.skipIf(!hasSharedData)('A larger network agrees with MediaPipe on where people are', () => {
  it('in ten photos', async () => {
    const names = readdirSync(sharedPath('images')).filter((name) => /^coco_.*\.jpg$/.test(name));
    expect(names).toHaveLength(10);
    const pairs = await watched.page.evaluate(
      async ({ network, pictures }) => {
        const { limn, toBlob } = window.harness;
        const { id } = await limn.importModel([new File([toBlob(network)], 'quant.tflite')], {
          scaling: { order: 'bgr', scale: 1, shift: 0 },
        });
        const all: { own: Recording; reference: Recording }[] = [];
        for (const picture of pictures) {
          const file = new File([toBlob(picture)], 'photo.jpg');
          const own = await limn.analyze(file, { model: id });
          const reference = await limn.analyze(file, {
            model: 'mediapipe-pose-full',
            engine: 'wasm',
            people: 8,
            finder: 'mediapipe',
          });
          all.push({ own, reference });
        }
        return all;
      },
      { network: quantized(), pictures: names.map(photo) },
    );
    const all = pairs.flatMap(({ own, reference }) => agreement(own, reference));
    expect(all.length).toBeGreaterThan(40);
    expect(median(all)).toBeLessThan(0.04);
    // Several at once.
    expect(Math.max(...pairs.map(({ own }) => own.frames[0]?.people.length ?? 0))).toBeGreaterThanOrEqual(4);
  });

  it('in a video, in which it follows several at once', async () => {
    const { own, reference } = await watched.page.evaluate(
      async ({ network, video }) => {
        const { limn, toBlob } = window.harness;
        const { id } = await limn.importModel([new File([toBlob(network)], 'quant.tflite')], {
          scaling: { order: 'bgr', scale: 1, shift: 0 },
        });
        const file = new File([toBlob(video)], 'street.mp4', { type: 'video/mp4' });
        const options = { everyNth: 5 };
        const own = await limn.analyze(file, { ...options, model: id });
        const model = 'mediapipe-pose-full';
        const reference = await limn.analyze(file, {
          ...options,
          model,
          engine: 'wasm',
          people: 8,
          finder: 'mediapipe',
        });
        return { own, reference };
      },
      { network: quantized(), video: readBase64(sharedPath('video/openpose-sample.mp4')) },
    );
    const all = agreement(own, reference);
    expect(all.length).toBeGreaterThan(200);
    expect(median(all)).toBeLessThan(0.04);
    const counts = own.frames.map(({ people }) => people.length);
    expect(median(counts)).toBeGreaterThanOrEqual(3);
    // Whoever is in the picture stays the same: a fifth of the frames with new people would be many times that.
    // Whoever is seen at all is mostly somebody who is followed; the rest are ghosts of a frame or two.
    const seen = new Map<number, number>();
    for (const { id } of own.frames.flatMap(({ people }) => people)) seen.set(id, (seen.get(id) ?? 0) + 1);
    const lives = [...seen.values()];
    const followed = lives.filter((frames) => frames >= 5).reduce((sum, frames) => sum + frames, 0);
    expect(lives.filter((frames) => frames >= 10).length).toBeGreaterThanOrEqual(5);
    expect(followed / counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0.8);
  });
});
