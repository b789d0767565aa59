import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { readIrisNetwork, toPlainLayers } from '../../../config/weights/irises.ts';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { computeReference } from '../../../src/importers/reference.ts';
import { readTfjsHeads } from '../../../src/importers/tfjs/tfjs.ts';

const folder = 'node_modules/@vladmandic/human/models/';
const HEAD = 'StatefulPartitionedCall/model/conv_iris/BiasAdd';

it('the network for irises computes what it computes in TensorFlow.js', async () => {
  const model = JSON.parse(readFileSync(`${folder}iris.json`, 'utf8')) as tf.io.ModelJSON;
  const weights = new Uint8Array(readFileSync(`${folder}iris.bin`));
  const { json, bytes } = toPlainLayers(model, weights);
  const graph = readTfjsHeads(json, [{ name: 'iris.bin', bytes }], 'iris.json', [HEAD]);
  const random = createRandom(3);
  const picture = Float32Array.from({ length: 64 * 64 * 3 }, () => random());
  const own = computeReference(graph, picture, 64, 64);
  const network = await tf.loadGraphModel({
    load: () =>
      Promise.resolve({
        modelTopology: model.modelTopology as object,
        weightSpecs: model.weightsManifest.flatMap((group) => group.weights),
        weightData: weights.buffer,
      }),
  });
  const all = network.execute(tf.tensor4d(picture, [1, 64, 64, 3])) as tf.Tensor;
  const theirs = await all.data();
  // 71 points of the eye's outline, then the iris.
  expect(theirs).toHaveLength(228);
  expect(own).toHaveLength(15);
  for (const [i, value] of [...theirs.slice(213)].entries()) expect(own[i]).toBeCloseTo(value, 3);
  // Little else is in it than the weights.
  expect((await readIrisNetwork()).length / weights.length).toBeLessThan(1.05);
  all.dispose();
  network.dispose();
});
