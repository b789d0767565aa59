import { describe, expect, it } from 'vitest';
import type { NamedBytes } from '../../../src/core/named-bytes.ts';
import { createRandom } from '../../../src/core/numbers/random.ts';
import { CHANNELS, type DecodedPeople, PoseNetDecoder } from '../../../src/families/posenet/decoder.ts';
import { netSizeFor } from '../../../src/families/posenet/net-size.ts';
import { buildNetwork } from '../../../src/workers/networks/build-network.ts';
import { plainPoseNet } from '../../helpers/plain-posenet.ts';
import { decodeByTfjsModels } from '../../helpers/posenet-decoder.ts';
import { poseNetFiles } from '../../helpers/posenet-files.ts';

/** Maps as a network might give them: few likely cells, displacements of some cells, places near their cells. */
function randomMaps(rows: number, columns: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: rows * columns * CHANNELS }, (_, i) => {
    const channel = i % CHANNELS;
    const spread = random() * 2 - 1;
    if (channel < 17) return 5 * spread - 4;
    return (channel < 51 ? 12 : 60) * spread;
  });
}

/** As {@link DecodedPeople} has them, person by person. */
const listed = ({ count, scores, points }: DecodedPeople) =>
  Array.from({ length: count }, (_, i) => ({
    score: scores[i] ?? 0,
    points: [...points.subarray(51 * i, 51 * (i + 1))],
  }));
const nearly = (numbers: readonly number[], digits: number) =>
  numbers.map((value) => expect.closeTo(value, digits));

describe('the decoder of PoseNet', () => {
  it.each([
    [25, 25, 16],
    [15, 25, 16],
    [9, 33, 8],
    [5, 4, 32],
    [1, 7, 16],
    [1, 1, 16],
  ])('of %s × %s cells finds what the steps one by one find, and what its makers’ own does', async (rows, columns, stride) => {
    const decoder = new PoseNetDecoder();
    let people = 0;
    for (let seed = 0; seed < 4; seed++) {
      const maps = randomMaps(rows, columns, seed);
      const found = listed(decoder.decode(maps, rows, columns, stride));
      const plain = plainPoseNet(maps, rows, columns, stride);
      expect(found).toHaveLength(plain.length);
      for (const [i, { score, points }] of found.entries()) {
        expect(score).toBeCloseTo(plain[i]?.score ?? Number.NaN, 6);
        expect(points).toEqual(nearly(plain[i]?.points.flat() ?? [], 3));
      }
      const theirs = await decodeByTfjsModels(maps, rows, columns, stride);
      expect(found).toHaveLength(theirs.length);
      for (const [i, { score, keypoints }] of theirs.entries()) {
        expect(found[i]?.score).toBeCloseTo(score, 6);
        expect(found[i]?.points).toEqual(
          nearly(
            keypoints.flatMap(({ x, y, score }) => [x, y, score]),
            3,
          ),
        );
      }
      people += found.length;
    }
    if (rows * columns > 10) expect(people).toBeGreaterThan(10);
  });

  it('gives places with scores, or none without, whatever numbers come in', () => {
    const decoder = new PoseNetDecoder();
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3e38, -3e38, 0, -0, 1e-40];
    const random = createRandom(3);
    let [people, missing] = [0, 0];
    for (let round = 0; round < 150; round++) {
      const [rows, columns] = [1 + Math.floor(random() * 12), 1 + Math.floor(random() * 12)];
      const share = random() ** 2;
      const maps = randomMaps(rows, columns, round).map((value) =>
        random() < share ? (odd[Math.floor(random() * odd.length)] ?? 0) : value,
      );
      for (const { score, points } of listed(decoder.decode(maps, rows, columns, 16))) {
        people++;
        const faults = points.flatMap((x, at) => {
          if (at % 3 > 0) return [];
          const [y = 0, own = -1] = points.slice(at + 1, at + 3);
          if (own === 0) missing++;
          const isRight =
            own === 0
              ? Number.isNaN(x) && Number.isNaN(y)
              : own > 0 && own <= 1 && Number.isFinite(x) && Number.isFinite(y);
          return isRight ? [] : [[x, y, own]];
        });
        expect(faults).toEqual([]);
        expect(score >= 0 && score <= 1).toBe(true);
      }
    }
    expect(people).toBeGreaterThan(200);
    expect(missing).toBeGreaterThan(200);
  });

  it('finds nobody where nothing is a number, and 32 people at most', () => {
    const decoder = new PoseNetDecoder();
    expect(decoder.decode(new Float32Array(25 * 25 * CHANNELS).fill(Number.NaN), 25, 25, 16).count).toBe(0);
    expect(decoder.decode(new Float32Array(40 * 40 * CHANNELS).fill(1), 40, 40, 32).count).toBe(32);
  });

  it('refuses maps of another size', () => {
    const decoder = new PoseNetDecoder();
    expect(() => decoder.decode(new Float32Array(115), 1, 2, 16)).toThrow(/115 numbers are no maps of 1 × 2/);
    expect(() => decoder.decode(new Float32Array(0), 0, 0, 16)).toThrow(RangeError);
  });
});

it.each([
  [[500, 422], 16, [385, 337]],
  [[1280, 720], 16, [385, 225]],
  [[360, 640], 8, [217, 385]],
  [[100, 100], 32, [385, 385]],
  [[9000, 2], 16, [385, 17]],
  [[1, 1], 16, [385, 385]],
] as const)('a picture of %o has, at a stride of %s, a network’s picture of %o', ([
  width,
  height,
], stride, size) => {
  const net = netSizeFor({ width, height }, stride);
  expect([net.width, net.height]).toEqual(size);
});

describe('a PoseNet that is brought', () => {
  const [FILE, WEIGHTS] = poseNetFiles();
  const changed = (from: string, to: string): NamedBytes[] => {
    if (!FILE || !WEIGHTS) throw new Error('They are there.');
    const text = new TextDecoder().decode(FILE.bytes).replaceAll(from, to);
    return [{ name: FILE.name, bytes: new TextEncoder().encode(text) }, WEIGHTS];
  };

  it.each([8, 16, 32])('may have a stride of %s', async (stride) => {
    const network = await buildNetwork(poseNetFiles(stride), {}, null);
    expect(network).toMatchObject({
      kind: 'posenet',
      stride,
      info: { family: 'posenet', origin: 'own', id: expect.stringMatching(/^imported-/) },
    });
  });

  it.each([
    ['of another stride', poseNetFiles(64), /model\.json gives 3 × 3 cells of a picture of 129 × 129/],
    [
      'on ResNet',
      poseNetFiles(16, 'resnet_v1_50'),
      /is PoseNet in a form that Limn doesn’t read\. .*MobileNet/,
    ],
    [
      'with other heads',
      changed('MobilenetV1/offset_2/BiasAdd', 'MobilenetV1/other/BiasAdd'),
      /is PoseNet in a form/,
    ],
    [
      'with other maps',
      poseNetFiles(16, 'MobilenetV1', 33),
      /offset_2\/BiasAdd of model\.json has 33 maps; PoseNet has 34/,
    ],
    ['without its weights', poseNetFiles().slice(0, 1), /group1-shard1of1\.bin, which isn't there/],
  ] as const)('%s is refused in words', async (_, files, sentence) => {
    await expect(buildNetwork(files, {}, null)).rejects.toThrow(sentence);
  });
});
