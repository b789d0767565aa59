import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { LimnError } from '../../../src/core/errors.ts';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { channelsOf, type Graph } from '../../../src/importers/graph.ts';
import { simplify } from '../../../src/importers/passes/simplify.ts';
import { readNetwork } from '../../../src/importers/read-network.ts';
import { readFrozenGraph } from '../../../src/importers/tensorflow/frozen-graph.ts';
import { evaluateGraph } from '../../helpers/evaluate-graph.ts';
import { noise, sampleNodes } from '../../helpers/sample-graph.ts';
import { graphDef } from '../../helpers/write-graph-def.ts';
import { type GraphModelFiles, graphModel } from '../../helpers/write-graph-model.ts';

const picture = { height: 20, width: 24, channels: 3, values: noise(20 * 24 * 3) };

function difference(graph: Graph, expected: ArrayLike<number>): number {
  const { values } = evaluateGraph(graph, picture);
  expect(values).toHaveLength(expected.length);
  const largest = Math.max(...Array.from(expected, Math.abs));
  return Math.max(...values.map((value, i) => Math.abs(value - (expected[i] ?? Number.NaN)))) / largest;
}

const filesOf = ({ json, shard }: GraphModelFiles) => [
  { name: 'model.json', bytes: Buffer.from(JSON.stringify(json)) },
  { name: 'group1-shard1of1.bin', bytes: shard },
];

describe('A graph model of TensorFlow.js', () => {
  const nodes = sampleNodes();
  const frozen = evaluateGraph(readFrozenGraph(graphDef(nodes), 'net.pb'), picture).values;

  it.each([
    ['float32', 1e-6],
    ['float16', 0.02],
    ['uint8', 0.2],
  ] as const)('gives the maps of the frozen graph with weights as %s', (type, tolerance) => {
    const { graph, format } = readNetwork(filesOf(graphModel(nodes, type)));
    expect(format).toBe('tfjs');
    expect(difference(graph, frozen)).toBeLessThan(tolerance);
  });

  it('is refused where a shard is missing or cut off', () => {
    const files = filesOf(graphModel(nodes, 'float32'));
    expect(() => readNetwork(files.slice(0, 1))).toThrow(
      /group1-shard1of1\.bin, which isn't there\. Drop all files/,
    );
    const cut = files.map(({ name, bytes }, i) => ({
      name,
      bytes: i === 1 ? bytes.subarray(0, 100) : bytes,
    }));
    expect(() => readNetwork(cut)).toThrow(/group1-shard1of1\.bin \(100 bytes\) is cut off/);
  });

  it('is refused with a sentence, or read, after each of 10,000 mutations; nothing else happens', () => {
    const files = filesOf(graphModel(nodes, 'float32'));
    const random = createRandom(21);
    let refused = 0;
    for (let i = 0; i < 10_000; i++) {
      const mutated = files.map(({ name, bytes }) => {
        const copy = Uint8Array.from(bytes);
        for (let k = 0; k < random() * 4; k++)
          copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256);
        return { name, bytes: random() < 0.1 ? copy.subarray(0, Math.floor(random() * copy.length)) : copy };
      });
      try {
        readNetwork(mutated);
      } catch (error) {
        expect(error).toBeInstanceOf(LimnError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(1000);
  });
});

/** What TensorFlow.js itself saves, and gives. */
async function saved(model: tf.LayersModel) {
  const input = tf.tensor4d(picture.values, [1, picture.height, picture.width, picture.channels]);
  const output = model.predict(input) as tf.Tensor;
  const expected = output.dataSync();
  let artifacts: tf.io.ModelArtifacts | null = null;
  await model.save(
    tf.io.withSaveHandler((all) => {
      artifacts = all;
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } });
    }),
  );
  const { modelTopology, weightSpecs, weightData } = artifacts as unknown as tf.io.ModelArtifacts;
  const paths = ['weights.bin'];
  const json = { format: 'layers-model', modelTopology, weightsManifest: [{ paths, weights: weightSpecs }] };
  const files = [
    { name: 'model.json', bytes: Buffer.from(JSON.stringify(json)) },
    { name: 'weights.bin', bytes: new Uint8Array(weightData as ArrayBuffer) },
  ];
  return { expected, files };
}

describe('A layers model of TensorFlow.js', () => {
  const random = { kernelInitializer: 'glorotUniform', biasInitializer: 'randomNormal' } as const;

  it('with branches gives what TensorFlow.js gives', async () => {
    await tf.setBackend('cpu');
    const input = tf.input({ shape: [null, null, 3] });
    const first = tf.layers
      .conv2d({ ...random, filters: 8, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' })
      .apply(input) as tf.SymbolicTensor;
    const norm = tf.layers.batchNormalization({
      betaInitializer: 'randomNormal',
      gammaInitializer: 'randomUniform',
      movingMeanInitializer: 'randomNormal',
      movingVarianceInitializer: 'ones',
    });
    const deep = tf.layers
      .depthwiseConv2d({
        kernelSize: 3,
        padding: 'same',
        depthwiseInitializer: 'glorotUniform',
        useBias: false,
      })
      .apply(norm.apply(first)) as tf.SymbolicTensor;
    const active = tf.layers.reLU({ maxValue: 6 }).apply(deep) as tf.SymbolicTensor;
    const pooled = tf.layers.maxPooling2d({ poolSize: 2, strides: 2 }).apply(active) as tf.SymbolicTensor;
    const large = tf.layers
      .conv2dTranspose({ ...random, filters: 8, kernelSize: 3, strides: 2, padding: 'same' })
      .apply(pooled) as tf.SymbolicTensor;
    const sum = tf.layers.add().apply([large, first]) as tf.SymbolicTensor;
    const both = tf.layers.concatenate().apply([sum, active]) as tf.SymbolicTensor;
    const output = tf.layers.separableConv2d({
      filters: 5,
      kernelSize: 3,
      padding: 'same',
      depthwiseInitializer: 'glorotUniform',
      pointwiseInitializer: 'glorotUniform',
    });
    const model = tf.model({ inputs: input, outputs: output.apply(both) as tf.SymbolicTensor });
    const { expected, files } = await saved(model);
    const { graph } = readNetwork(files);
    expect(channelsOf(graph).get(graph.output)).toBe(5);
    expect(difference(graph, expected)).toBeLessThan(1e-5);
    expect(difference(simplify(graph), expected)).toBeLessThan(1e-5);
  });

  it('in a row gives what TensorFlow.js gives, and names what it doesn’t read', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.zeroPadding2d({
          padding: [
            [1, 0],
            [0, 1],
          ],
          inputShape: [20, 24, 3],
        }),
        tf.layers.conv2d({ ...random, filters: 6, kernelSize: 2 }),
        tf.layers.leakyReLU({ alpha: 0.2 }),
        tf.layers.averagePooling2d({ poolSize: 2 }),
        tf.layers.conv2dTranspose({ ...random, filters: 4, kernelSize: 4, strides: 2, padding: 'same' }),
      ],
    });
    const { expected, files } = await saved(model);
    expect(difference(readNetwork(files).graph, expected)).toBeLessThan(1e-5);
    const dense = tf.sequential({
      layers: [
        tf.layers.conv2d({ filters: 2, kernelSize: 1, inputShape: [20, 24, 3], name: 'points' }),
        tf.layers.upSampling2d({ name: 'larger' }),
      ],
    });
    const refused = await saved(dense);
    expect(() => readNetwork(refused.files)).toThrow(
      /Layer larger\S* \(UpSampling2D\) of model\.json is of a kind that Limn does not read/,
    );
  });
});
