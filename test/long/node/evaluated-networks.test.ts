import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PoseNetDecoder } from '../../../src/families/posenet/decoder.ts';
import { channelsOf } from '../../../src/importers/graph.ts';
import { simplify } from '../../../src/importers/passes/simplify.ts';
import { readFrozenGraph } from '../../../src/importers/tensorflow/frozen-graph.ts';
import { readTflite } from '../../../src/importers/tflite/tflite.ts';
import { buildNetwork } from '../../../src/workers/networks/build-network.ts';
import { evaluateGraph } from '../../helpers/evaluate-graph.ts';
import { KNOWN_PEAKS } from '../../helpers/known-peaks.ts';
import { decodeByTfjsModels } from '../../helpers/posenet-decoder.ts';
import { hasRealWeights, readHuman } from '../../helpers/real-weights.ts';
import { hasSharedData, sharedPath } from '../../helpers/shared-data.ts';

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
if (hasSharedData && !hasFfmpeg)
  console.warn('ffmpeg is missing: real networks are not evaluated on a photo.');

/** As large as tf-pose takes pictures, and as large as the maps that come of it. */
const [WIDTH, HEIGHT] = [432, 368];
const [COLUMNS, ROWS, CHANNELS] = [54, 46, 57];

/** A photo of two people, 0 … 255, row by row. */
function readPhoto(width = WIDTH, height = HEIGHT, order: 'bgr' | 'rgb' = 'bgr'): Buffer {
  const raw = ['-f', 'rawvideo', '-pix_fmt', `${order}24`, '-'];
  return execFileSync(
    'ffmpeg',
    ['-v', 'error', '-i', sharedPath('images/tfpose_p2.jpg'), '-vf', `scale=${width}:${height}`, ...raw],
    { maxBuffer: 2 ** 24 },
  );
}

describe.skipIf(!hasSharedData || !hasFfmpeg)('A plain evaluation', () => {
  it('of tf-pose’s small network finds the keypoints of a photo, as strong as tfjs and LiteRT find them', () => {
    const path = sharedPath('weights/tfpose_mobilenet_v2_small.pb');
    const network = simplify(readFrozenGraph(readFileSync(path), 'small.pb'));
    const values = Float32Array.from(readPhoto(), (value) => value / 127.5 - 1);
    const maps = evaluateGraph(network, { height: HEIGHT, width: WIDTH, channels: 3, values });
    expect([maps.height, maps.width]).toEqual([ROWS, COLUMNS]);
    for (const [channel, [peak, x, y]] of KNOWN_PEAKS.entries()) {
      const around = [-1, 0, 1].flatMap((dy) =>
        [-1, 0, 1].map((dx) => maps.values[((y + dy) * COLUMNS + x + dx) * CHANNELS + channel] ?? 0),
      );
      // The photo is scaled by another program here, which moves a peak a little.
      expect(Math.abs(Math.max(...around) - peak)).toBeLessThan(0.03);
    }
  });

  it('of tf-pose’s network with weights of 8 bits finds the people of a photo', () => {
    const path = sharedPath('weights/tfpose_mobilenet_v2_1.4_weight_quant.tflite');
    const network = readTflite(readFileSync(path), 'quant.tflite');
    expect(channelsOf(network).get(network.output)).toBe(CHANNELS);
    // Raw BGR: scaled to −1 … 1 it finds nobody.
    const values = Float32Array.from(readPhoto());
    const maps = evaluateGraph(simplify(network), { height: HEIGHT, width: WIDTH, channels: 3, values });
    expect([maps.height, maps.width]).toEqual([ROWS, COLUMNS]);
    const peaks = Array.from({ length: 18 }, (_, channel) =>
      Math.max(...Array.from({ length: ROWS * COLUMNS }, (_, i) => maps.values[i * CHANNELS + channel] ?? 0)),
    );
    expect(peaks.filter((peak) => peak > 0.3).length).toBeGreaterThanOrEqual(14);
  });

  it.skipIf(!hasRealWeights)(
    'of PoseNet gives maps in which both decoders find the two people of a photo',
    async () => {
      const network = await buildNetwork(readHuman('humanModels', 'posenet'), {}, null);
      if (network.kind !== 'posenet') throw new Error('It is one.');
      const [width, height, stride] = [385, 321, 16];
      const [columns, rows] = [25, 21];
      const values = Float32Array.from(readPhoto(width, height, 'rgb'), (value) => value / 127.5 - 1);
      const maps = evaluateGraph(network.graph, { height, width, channels: 3, values });
      expect([maps.height, maps.width]).toEqual([rows, columns]);
      const { count, scores, points } = new PoseNetDecoder().decode(maps.values, rows, columns, stride);
      const sure = Array.from({ length: count }, (_, person) => person).filter((i) => (scores[i] ?? 0) > 0.5);
      expect(sure).toHaveLength(2);
      // Their noses, as shares of the photo's sides: on the left, and on the right.
      const noses = sure.map((i) => (points[i * 51] ?? 0) / width).sort((a, b) => a - b);
      expect(noses).toEqual([expect.closeTo(0.27, 1), expect.closeTo(0.7, 1)]);
      const theirs = await decodeByTfjsModels(maps.values, rows, columns, stride);
      expect(theirs).toHaveLength(count);
      for (const [i, { score, keypoints }] of theirs.entries()) {
        expect(scores[i]).toBeCloseTo(score, 5);
        for (const [k, { x, y }] of keypoints.entries()) {
          expect(points[i * 51 + k * 3]).toBeCloseTo(x, 3);
          expect(points[i * 51 + k * 3 + 1]).toBeCloseTo(y, 3);
        }
      }
    },
    120_000,
  );
});
