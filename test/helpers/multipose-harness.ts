/** MoveNet multipose in a page, beside its own whole graph in TensorFlow.js. Part of the harness. */
import * as tf from '@tensorflow/tfjs';
import type { NetworkEngineId } from '../../src/families/engines/engine-catalog.ts';
import { CELL, MultiposeDecoder } from '../../src/families/multipose/decoder.ts';
import { readMultipose } from '../../src/families/multipose/heads.ts';
import { SCALING } from '../../src/families/multipose/multipose-estimator.ts';
import { PictureFeed } from '../../src/families/picture-feed.ts';
import { openCompared } from './compared-network.ts';
import { toBlob } from './to-blob.ts';

/** How far the decoder's people are from those of the network's whole graph. */
export interface MultiposeDifferences {
  /** Between keypoints of people above 0.1, and corners of their boxes, in pixels of the network's picture. */
  readonly pixels: number;
  readonly scores: number;
  /** Above 0.1. */
  readonly people: number;
}

/** Numbers of a person in the whole graph's output: 17 × y, x, score; the box's top, left, bottom, right; its score. */
const PERSON = 56;
const BOX_AT = 51;
const LEAST_SCORE = 0.1;

/**
 * The same picture at several sizes through the network's whole graph, as its authors wrote it, and through Limn's cut and
 * decoder on an engine.
 *
 * @param model address of its `model.json`, and of its weights
 */
export async function compareMultipose(
  model: readonly [json: string, weights: string],
  pictures: readonly string[],
  sizes: readonly { readonly width: number; readonly height: number }[],
  engine: NetworkEngineId,
): Promise<MultiposeDifferences[]> {
  const { json, shard, runtime, loadWhole } = await openCompared(model, engine);
  const whole = await loadWhole();
  const graph = readMultipose(json, [shard], 'model.json');
  const decoder = new MultiposeDecoder();
  const results: MultiposeDifferences[] = [];
  for (const size of sizes) {
    const network = await runtime.compile(graph, size.height, size.width);
    const feed = new PictureFeed(size);
    for (const picture of pictures) {
      const image = await createImageBitmap(toBlob(picture));
      const scale = Math.min(size.width / image.width, size.height / image.height);
      const input = feed.fill(image, { scaleX: scale, scaleY: scale }, SCALING);
      image.close();
      const expected = runWhole(whole, input, size);
      decoder.decode(await network.run(input), size.height / CELL, size.width / CELL);
      results.push(differencesOf(decoder, expected, size));
    }
    network.close();
  }
  whole.dispose();
  return results;
}

function runWhole(
  model: tf.GraphModel,
  picture: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
): Float32Array {
  return tf.tidy(() => {
    const input = tf.tensor4d(Int32Array.from(picture), [1, height, width, 3], 'int32');
    return Float32Array.from((model.execute(input) as tf.Tensor).dataSync());
  });
}

function differencesOf(
  { scores, boxes, points }: MultiposeDecoder,
  expected: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
): MultiposeDifferences {
  let [pixels, score, people] = [0, 0, 0];
  const far = (a: number | undefined, b: number | undefined): number =>
    Math.abs((a ?? Number.NaN) - (b ?? 0));
  const held = (value: number | undefined, most: number): number => Math.min(most, Math.max(0, value ?? 0));
  for (let person = 0; person < scores.length; person++) {
    const at = person * PERSON;
    const whole = expected[at + PERSON - 1] ?? 0;
    score = Math.max(score, far(scores[person], whole));
    if (whole < LEAST_SCORE) continue;
    people++;
    for (let k = 0; k < 17; k++) {
      const [y = 0, x = 0, sure = 0] = expected.subarray(at + 3 * k, at + 3 * k + 3);
      const own = (person * 17 + k) * 3;
      score = Math.max(score, far(points[own + 2], sure));
      pixels = Math.max(pixels, far(points[own], x * width), far(points[own + 1], y * height));
    }
    const [top, left, bottom, right] = expected.subarray(at + BOX_AT, at + BOX_AT + 4);
    for (const [i, [side, most]] of (
      [
        [left, width],
        [top, height],
        [right, width],
        [bottom, height],
      ] as const
    ).entries())
      pixels = Math.max(pixels, far(boxes[person * 4 + i], held(side, 1) * most));
  }
  return { pixels, scores: score, people };
}
