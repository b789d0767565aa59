import { describe, expect, it } from 'vitest';
import type { Detections } from '../../../../src/core/pose.ts';
import type { ImportedOnnx } from '../../../../src/families/network.ts';
import { type OnePass, OnePassEstimator } from '../../../../src/families/onnx/one-pass-estimator.ts';
import { rtmdet } from '../../../../src/families/rtmdet/rtmdet-code.ts';
import { rtmo } from '../../../../src/families/rtmo/decode.ts';
import { yoloPose } from '../../../../src/families/yolo-pose/decode.ts';
import { yolox } from '../../../../src/families/yolox/decode.ts';
import { buildOnnxNetwork } from '../../../helpers/build-onnx.ts';
import {
  rtmoBytes,
  type Side,
  sortedYoloPoseBytes,
  suppressedBytes,
  yoloPoseBytes,
  yoloxBytes,
} from '../../../helpers/onnx-networks.ts';
import { NO_IMAGE, openInNode, RandomPicture } from '../../../helpers/onnx-sessions.ts';
import {
  type PlainPerson,
  plainFit,
  plainPoints,
  plainSuppress,
  plainYolox,
  unfit,
} from '../../../helpers/plain-onnx.ts';
import { plainQuantizedYolox, QUANTIZATIONS, quantizedYoloxBytes } from '../../../helpers/quantized-onnx.ts';

const FRAME = { width: 500, height: 410 };
const PEOPLE = 20;

interface Looked {
  readonly found: Detections;
  /** What the network itself gives for the same numbers, by output. */
  readonly raw: readonly Float32Array[];
  /** Those numbers. */
  readonly picture: Float32Array;
}

async function look(network: ImportedOnnx, family: OnePass): Promise<Looked> {
  const { use, info, files } = network;
  const bytes = files[0]?.bytes ?? new Uint8Array();
  const picture = new RandomPicture(FRAME, use, 1, 11);
  const raw = await openInNode(bytes, use.outputs);
  const outputs = await raw.run(picture.values, [1, 3, use.height, use.width]);
  raw.close();
  const options = { model: info.id, hands: false, people: PEOPLE, mode: 'image' } as const;
  const device = { engine: 'ort-wasm', device: 'WASM', isSoftwareGpu: false } as const;
  const session = await openInNode(bytes, use.outputs);
  const estimator = new OnePassEstimator(options, device, session, network, picture, family);
  const found = await estimator.estimate(NO_IMAGE);
  estimator.close();
  const values = use.outputs.map((name) => outputs.get(name)?.values ?? new Float32Array());
  return { found, raw: values, picture: picture.values };
}

function expectAlike({ bodies, boxes = [] }: Detections, expected: readonly PlainPerson[], digits = 2): void {
  const people = expected.slice(0, PEOPLE);
  expect(people.length, 'a test of nobody says nothing').toBeGreaterThan(2);
  expect(boxes).toHaveLength(people.length);
  for (const [i, { corners, score, points }] of people.entries()) {
    const { box, score: own } = boxes[i] ?? { box: null, score: 0 };
    expect(own).toBeCloseTo(score, 5);
    const found = box && [box.left, box.top, box.left + box.width, box.top + box.height];
    for (const [k, corner] of corners.entries()) expect(found?.[k]).toBeCloseTo(corner, digits);
    const flat = points.flat();
    expect(bodies[i]?.points ?? []).toHaveLength(flat.length);
    for (const [k, value] of flat.entries()) expect(bodies[i]?.points[k]).toBeCloseTo(value, digits);
  }
}

const SIDES: readonly Side[] = [
  { width: 416, height: 416 },
  { width: 640, height: 640 },
  { width: 320, height: 256 },
];
const pair = ({ width, height }: Side): [number, number] => [width, height];

describe.each(SIDES)('With a picture of $width × $height', (size) => {
  const atCorner = plainFit(pair(FRAME), pair(size), false);
  const inMiddle = plainFit(pair(FRAME), pair(size), true);

  it('YOLOX’s grids are read as a plain decoder reads them', async () => {
    const network = await buildOnnxNetwork(yoloxBytes(size));
    expect(network).toMatchObject({
      info: { family: 'yolox', isPart: true },
      use: { ...size, picture: { order: 'bgr' } },
    });
    const { found, raw } = await look(network, yolox);
    const people = plainYolox(raw[0] ?? new Float32Array(), pair(size), 80, 0.3);
    expectAlike(
      found,
      plainSuppress(people, 0.45).map((person) => unfit(person, atCorner)),
    );
    expect(found.bodies).toEqual([]);
  });

  it('YOLO-pose’s columns are, too', async () => {
    const network = await buildOnnxNetwork(yoloPoseBytes(size));
    expect(network.info).toMatchObject({
      family: 'yolo-pose',
      keypoints: 'coco-17',
      license: expect.stringMatching(/^AGPL-3/),
    });
    const {
      found,
      raw: [values = new Float32Array()],
    } = await look(network, yoloPose);
    const count = values.length / 56;
    const people = Array.from({ length: count }, (_, i): PlainPerson => {
      const column = Array.from({ length: 56 }, (__, row) => values[row * count + i] ?? 0);
      const [x = 0, y = 0, width = 0, height = 0, score = 0, ...points] = column;
      return {
        corners: [x - width / 2, y - height / 2, x + width / 2, y + height / 2],
        score,
        points: plainPoints(points),
      };
    }).filter(({ score }) => score >= 0.25);
    expectAlike(
      found,
      plainSuppress(people, 0.7).map((person) => unfit(person, inMiddle)),
    );
  });

  it('YOLO26’s rows are taken as they come', async () => {
    const {
      found,
      raw: [values = new Float32Array()],
    } = await look(await buildOnnxNetwork(sortedYoloPoseBytes(size)), yoloPose);
    const people = Array.from({ length: 300 }, (_, i): PlainPerson => {
      const [left = 0, top = 0, right = 0, bottom = 0, score = 0, , ...points] = values.slice(
        i * 57,
        (i + 1) * 57,
      );
      return { corners: [left, top, right, bottom], score, points: plainPoints(points) };
    }).filter(({ score }) => score >= 0.25);
    people.sort((a, b) => b.score - a.score);
    expectAlike(
      found,
      people.map((person) => unfit(person, inMiddle)),
    );
  });

  it('RTMDet gives the people among its boxes', async () => {
    const network = await buildOnnxNetwork(suppressedBytes(size));
    expect(network).toMatchObject({
      info: { family: 'rtmdet', isPart: true },
      use: { picture: { order: 'bgr', mean: [103.53, 116.28, 123.675] } },
    });
    const {
      found,
      raw: [values = new Float32Array()],
    } = await look(network, rtmdet);
    const people = Array.from({ length: 34 }, (_, k): PlainPerson => {
      const [left = 0, top = 0, right = 0, bottom = 0, score = 0] = values.slice(3 * k * 5, 3 * k * 5 + 5);
      return { corners: [left, top, right, bottom], score, points: [] };
    }).filter(({ score }) => score >= 0.3);
    people.sort((a, b) => b.score - a.score);
    expectAlike(
      found,
      people.map((person) => unfit(person, atCorner)),
    );
  });

  it.each([
    ['mmpose', 0.1, 0.65],
    ['rtmlib', 0.7, 0.45],
  ] as const)('RTMO gives people as %s does', async (conventions, least, overlap) => {
    const json = conventions === 'rtmlib' ? { family: 'rtmo', conventions } : undefined;
    const network = await buildOnnxNetwork(rtmoBytes(size), 'net.onnx', json);
    expect(network.use).toMatchObject({ conventions, picture: { order: 'bgr' } });
    const {
      found,
      raw: [boxes = new Float32Array(), keypoints = new Float32Array()],
    } = await look(network, rtmo);
    const people = Array.from({ length: 60 }, (_, i): PlainPerson => {
      const [left = 0, top = 0, right = 0, bottom = 0, score = 0] = boxes.slice(i * 5, i * 5 + 5);
      return {
        corners: [left, top, right, bottom],
        score,
        points: plainPoints([...keypoints.slice(i * 51, i * 51 + 51)]),
      };
    }).filter(({ score }) => score >= least);
    expectAlike(
      found,
      plainSuppress(people, overlap).map((person) => unfit(person, atCorner)),
    );
  });
});

it('a detector that looks at every second pixel first, and has sorted out its boxes, is YOLOX; another needs to be said', async () => {
  const size = { width: 320, height: 320 };
  await expect(buildOnnxNetwork(suppressedBytes(size, 'head.weight'))).rejects.toThrow(
    /of a kind that Limn doesn't know/,
  );
  const said = await buildOnnxNetwork(suppressedBytes(size, 'head.weight'), 'net.onnx', { family: 'yolox' });
  expect(said.info.family).toBe('yolox');
  expect((await buildOnnxNetwork(suppressedBytes(size, 'head.weight'), 'yolox_m.onnx')).info.family).toBe(
    'yolox',
  );
});

it('a JSON beside a network says what its file doesn’t: order, means, conventions', async () => {
  const size = { width: 320, height: 320 };
  const rgb = await buildOnnxNetwork(rtmoBytes(size), 'net.onnx', {
    family: 'rtmo',
    order: 'rgb',
    mean: [1, 2, 3],
  });
  expect(rgb.use.picture).toEqual({ order: 'rgb', mean: [1, 2, 3], deviation: [1, 1, 1] });
  const turned = await buildOnnxNetwork(suppressedBytes(size), 'net.onnx', {
    family: 'rtmdet',
    order: 'rgb',
  });
  expect(turned.use.picture.mean).toEqual([123.675, 116.28, 103.53]);
  await expect(buildOnnxNetwork(rtmoBytes(size), 'net.onnx', { family: 'yolox' })).rejects.toThrow(
    /said to be of the family yolox/,
  );
  await expect(
    buildOnnxNetwork(rtmoBytes(size), 'net.onnx', { family: 'rtmo', size: [1, 2] }),
  ).rejects.toThrow(/net\.json.*size/);
});

describe.each(QUANTIZATIONS)('A detector in whole numbers (%s)', (how) => {
  const size = { width: 160, height: 96 };

  it('finds those whom the same sums, written out, find', async () => {
    const network = await buildOnnxNetwork(quantizedYoloxBytes(size, how));
    expect(network).toMatchObject({ info: { family: 'yolox' }, facts: { isQuantized: true } });
    const { found, raw, picture } = await look(network, yolox);
    const values = plainQuantizedYolox(picture, size, how);
    expect(raw[0]).toHaveLength(values.length);
    for (const [i, value] of values.entries()) expect(raw[0]?.[i]).toBeCloseTo(value, 4);
    const people = plainSuppress(plainYolox(values, pair(size), 1, 0.3), 0.45);
    const place = plainFit(pair(FRAME), pair(size), false);
    expectAlike(
      found,
      people.map((person) => unfit(person, place)),
    );
  });
});

it('a detector that takes several pictures at once is asked about the first only', async () => {
  const size = { width: 320, height: 320 };
  const { use } = await buildOnnxNetwork(suppressedBytes(size));
  const place = { scaleX: 1, scaleY: 1, left: 0, top: 0 };
  const boxes = {
    shape: [2, 2, 5],
    values: Float32Array.of(1, 2, 30, 40, 0.9, 0, 0, 0, 0, 0, 5, 6, 7, 8, 0.8, 9, 9, 10, 10, 0.7),
  };
  const labels = { shape: [2, 2], values: Float32Array.of(0, 0, 0, 0) };
  expect(rtmdet.decode([boxes, labels], use, place).map(({ box }) => box)).toEqual([
    { left: 1, top: 2, width: 29, height: 38 },
  ]);
});

it('a YOLOX that gives other grids than those of its picture is refused, and not read askew', async () => {
  const { use } = await buildOnnxNetwork(yoloxBytes({ width: 320, height: 320 }));
  const place = { scaleX: 1, scaleY: 1, left: 0, top: 0 };
  const output = { shape: [1, 84, 85], values: new Float32Array(84 * 85).fill(0.9) };
  expect(() => yolox.decode([output], use, place)).toThrow(
    /gives 84 rows for a picture of 320 × 320, and its grids have 2100 cells/,
  );
});
