/** PoseNet in a page, beside its own whole graph and its makers' decoder in TensorFlow.js. Part of the harness. */
import * as tf from '@tensorflow/tfjs';
import { decodeMultiplePoses } from '@tensorflow-models/pose-detection/dist/posenet/calculators/decode_multiple_poses.js';
import type { NetworkEngineId } from '../../src/families/engines/engine-catalog.ts';
import { PictureFeed } from '../../src/families/picture-feed.ts';
import { PoseNetDecoder } from '../../src/families/posenet/decoder.ts';
import { readPoseNet } from '../../src/families/posenet/heads.ts';
import { SCALING } from '../../src/families/posenet/posenet-estimator.ts';
import { openCompared } from './compared-network.ts';
import { toBlob } from './to-blob.ts';

/** How far Limn's people are from those of the network's authors. */
export interface PoseNetDifferences {
  /** Between keypoints of people above 0.15, in pixels of the network's picture. */
  readonly pixels: number;
  /** Between scores of keypoints and of people. */
  readonly scores: number;
  /** Above 0.15. */
  readonly people: number;
}

/** What the network's own file is written for: it takes no other. */
const SIDE = 385;
const STRIDE = 16;
const CELLS = (SIDE - 1) / STRIDE + 1;
const LEAST_SCORE = 0.15;
const HEADS = ['heatmap_2', 'offset_2', 'displacement_fwd_2', 'displacement_bwd_2'].map(
  (layer) => `MobilenetV1/${layer}/BiasAdd`,
);

/**
 * A picture through the network's whole graph and its makers' decoder, and through Limn's graph and decoder on an engine.
 *
 * @param model address of its `model.json`, and of its weights
 */
export async function comparePoseNet(
  model: readonly [json: string, weights: string],
  picture: string,
  engine: NetworkEngineId,
): Promise<PoseNetDifferences> {
  const { json, shard, runtime, loadWhole } = await openCompared(model, engine);
  const { graph } = readPoseNet(json, [shard], 'posenet.json');
  const image = await createImageBitmap(toBlob(picture));
  const feed = new PictureFeed({ width: SIDE, height: SIDE });
  const input = feed.fill(image, feed.place(image, true), SCALING);
  image.close();
  const network = await runtime.compile(graph, SIDE, SIDE);
  const own = new PoseNetDecoder().decode(await network.run(input), CELLS, CELLS, STRIDE);
  network.close();
  const whole = await loadWhole();
  const heads = whole.execute(tf.tensor4d(input, [1, SIDE, SIDE, 3]), HEADS) as tf.Tensor4D[];
  const [heat, offsets, forward, backward] = heads.map((head) => tf.squeeze<tf.Tensor3D>(head, [0]));
  if (!heat || !offsets || !forward || !backward) throw new Error('It has four heads.');
  const theirs = await decodeMultiplePoses(tf.sigmoid(heat), offsets, forward, backward, STRIDE, 32);
  whole.dispose();
  const far = (a: number | undefined, b: number | undefined): number =>
    Math.abs((a ?? Number.NaN) - (b ?? Number.NaN));
  let [pixels, scores, people] = [0, 0, 0];
  for (const [person, { score = 0, keypoints }] of theirs.entries()) {
    if (score < LEAST_SCORE) continue;
    people++;
    scores = Math.max(scores, far(own.scores[person], score));
    for (const [k, { x, y, score: sure }] of keypoints.entries()) {
      const at = (person * 17 + k) * 3;
      pixels = Math.max(pixels, far(own.points[at], x), far(own.points[at + 1], y));
      scores = Math.max(scores, far(own.points[at + 2], sure));
    }
  }
  return { pixels, scores, people };
}
