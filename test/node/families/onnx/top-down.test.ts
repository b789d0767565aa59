import { describe, expect, it } from 'vitest';
import { type Box, boundingBox, type Pose } from '../../../../src/core/pose.ts';
import type { PersonFinder } from '../../../../src/families/finding/person-finder.ts';
import type { ImportedOnnx } from '../../../../src/families/network.ts';
import { cropRegion, placeRegion } from '../../../../src/families/onnx/geometry.ts';
import {
  picturesAtOnce,
  type TopDown,
  TopDownEstimator,
} from '../../../../src/families/onnx/top-down-estimator.ts';
import { rtmpose } from '../../../../src/families/rtmpose/decode.ts';
import { vitpose } from '../../../../src/families/vitpose/decode.ts';
import { buildOnnxNetwork } from '../../../helpers/build-onnx.ts';
import {
  MISSING_KEYPOINT,
  rtmposeBytes,
  rtmw3dBytes,
  type Side,
  vitposeBytes,
} from '../../../helpers/onnx-networks.ts';
import { NO_IMAGE, openInNode, RandomPicture } from '../../../helpers/onnx-sessions.ts';
import { plainDark } from '../../../helpers/plain-onnx.ts';

const FRAME = { width: 640, height: 480 };
/** Tall, wide, beyond the edge, small. */
const BOXES: readonly Box[] = [
  { left: 100, top: 50, width: 120, height: 330 },
  { left: 300, top: 200, width: 280, height: 90 },
  { left: -20, top: 300, width: 150, height: 200 },
  { left: 500, top: 20, width: 16, height: 40 },
];

function finderOfBoxes(): PersonFinder & { isClosed: boolean } {
  return {
    isClosed: false,
    find: async () => BOXES.map((box, i) => ({ box, score: 0.9 - 0.1 * i, body: null })),
    isLost: false,
    totalMilliseconds: 0,
    reset: async () => undefined,
    close() {
      this.isClosed = true;
    },
  };
}

/** A box's centre and size as mmpose pads them and gives them the input's shape. */
function plainScale({ left, top, width, height }: Box, size: Side): { centre: number[]; scale: number[] } {
  const [w, h] = [width * 1.25, height * 1.25];
  const aspect = size.width / size.height;
  const scale = w > h * aspect ? [w, w / aspect] : [h * aspect, h];
  return { centre: [left + width / 2, top + height / 2], scale };
}

async function look(network: ImportedOnnx, family: TopDown) {
  const { use, info, files } = network;
  const bytes = files[0]?.bytes ?? new Uint8Array();
  const atOnce = picturesAtOnce(use);
  const picture = new RandomPicture(FRAME, use, atOnce, 12);
  // One picture at a time, as it is drawn: what is in a slot is the same for everybody who is put there.
  const raw = await openInNode(bytes, use.outputs);
  const cells = 3 * use.width * use.height;
  const outputs: Float32Array[][] = [];
  for (const i of BOXES.keys()) {
    const slot = i % atOnce;
    const values = picture.values.slice(slot * cells, (slot + 1) * cells);
    const all = await raw.run(values, [1, 3, use.height, use.width]);
    outputs.push(use.outputs.map((name) => all.get(name)?.values ?? new Float32Array()));
  }
  raw.close();
  const finder = finderOfBoxes();
  const options = { model: info.id, hands: false, people: 10, mode: 'image' } as const;
  const device = { engine: 'ort-wasm', device: 'WASM', isSoftwareGpu: false } as const;
  const session = await openInNode(bytes, use.outputs);
  const estimator = new TopDownEstimator(options, device, session, finder, use, picture, family);
  const found = await estimator.estimate(NO_IMAGE, 0);
  estimator.close();
  expect(finder.isClosed).toBe(true);
  return { found, outputs, placements: picture.placements };
}

/** The largest number and where it is. */
const highest = (values: readonly number[]): [at: number, value: number] => {
  const most = Math.max(...values);
  return [values.indexOf(most), most];
};
const rowOf = (values: Float32Array, row: number, length: number): number[] => [
  ...values.slice(row * length, (row + 1) * length),
];

function expectKeypoints(pose: Pose | undefined, expected: readonly (readonly number[])[], digits = 2): void {
  expect(pose?.points).toHaveLength(3 * expected.length);
  for (const [k, [x = 0, y = 0, score = 0]] of expected.entries()) {
    const [ownX, ownY, ownScore] = pose?.points.subarray(3 * k) ?? [];
    expect(ownScore).toBeCloseTo(Math.max(0, Math.min(1, score)), 5);
    if (score <= 0) expect([ownX, ownY]).toEqual([Number.NaN, Number.NaN]);
    else {
      expect(ownX).toBeCloseTo(x, digits);
      expect(ownY).toBeCloseTo(y, digits);
    }
  }
}

describe.each<Side & { batch: number | string }>([
  { width: 192, height: 256, batch: 'batch' },
  { width: 192, height: 256, batch: 1 },
  { width: 288, height: 384, batch: 'batch' },
])('With pictures of $width × $height, $batch at once', ({ batch, ...size }) => {
  it.each(['mmpose', 'rtmlib'] as const)('RTMPose gives keypoints as %s does', async (conventions) => {
    const json = conventions === 'rtmlib' ? { family: 'rtmpose', conventions } : undefined;
    const network = await buildOnnxNetwork(rtmposeBytes(size, 17, batch), 'net.onnx', json);
    expect(network).toMatchObject({
      info: { family: 'rtmpose', keypoints: 'coco-17', isPart: false },
      use: {
        ...size,
        batch: batch === 1 ? 1 : null,
        picture: { order: conventions === 'rtmlib' ? 'bgr' : 'rgb', mean: [123.675, 116.28, 103.53] },
      },
    });
    const { found, outputs } = await look(network, rtmpose);
    expect(found.boxes).toHaveLength(BOXES.length);
    for (const [i, [simccX = new Float32Array(), simccY = new Float32Array()]] of outputs.entries()) {
      const { centre, scale } = plainScale(BOXES[i] as Box, size);
      const expected = Array.from({ length: 17 }, (_, k) => {
        const [x, valueX] = highest(rowOf(simccX, k, 2 * size.width));
        const [y, valueY] = highest(rowOf(simccY, k, 2 * size.height));
        const score = conventions === 'rtmlib' ? 0.5 * (valueX + valueY) : valueX > valueY ? valueY : valueX;
        return [
          (x / 2 / size.width) * (scale[0] ?? 0) + (centre[0] ?? 0) - (scale[0] ?? 0) / 2,
          (y / 2 / size.height) * (scale[1] ?? 0) + (centre[1] ?? 0) - (scale[1] ?? 0) / 2,
          score,
        ];
      });
      expect(expected[MISSING_KEYPOINT]?.[2]).toBeLessThanOrEqual(0);
      expect(expected.filter(([, , score = 0]) => score > 0)).toHaveLength(16);
      expectKeypoints(found.bodies[i], expected);
    }
  });

  it('ViTPose gives the refined peaks of its heatmaps', async () => {
    const network = await buildOnnxNetwork(vitposeBytes(size, 17, batch));
    expect(network.info).toMatchObject({ family: 'vitpose', keypoints: 'coco-17' });
    const { found, outputs } = await look(network, vitpose);
    const [columns, rows] = [size.width / 4, size.height / 4];
    for (const [i, [maps = new Float32Array()]] of outputs.entries()) {
      const { centre, scale } = plainScale(BOXES[i] as Box, size);
      const expected = Array.from({ length: 17 }, (_, k) => {
        const map = rowOf(maps, k, rows * columns);
        const { x, y, score } = plainDark(map, rows, columns);
        return [
          (x / (columns - 1)) * (scale[0] ?? 0) + (centre[0] ?? 0) - (scale[0] ?? 0) / 2,
          (y / (rows - 1)) * (scale[1] ?? 0) + (centre[1] ?? 0) - (scale[1] ?? 0) / 2,
          score,
        ];
      });
      expectKeypoints(found.bodies[i], expected);
    }
  });

  it('people are cut out as mmpose warps them', async () => {
    for (const box of BOXES) {
      const region = cropRegion(box, size, 1.25);
      const {
        centre: [cx = 0, cy = 0],
        scale: [w = 0, h = 0],
      } = plainScale(box, size);
      // From middles of pixels to middles of pixels: here, the first one's is at one half.
      const plain = placeRegion(region, size, false);
      for (const [x, y] of [
        [0, 0],
        [50, 70],
        [cx, cy],
      ] as const) {
        expect((x + 0.5) * plain.scaleX + plain.left - 0.5).toBeCloseTo(
          ((x - cx) * size.width) / w + size.width / 2,
          6,
        );
        expect((y + 0.5) * plain.scaleY + plain.top - 0.5).toBeCloseTo(
          ((y - cy) * size.width) / w + size.height / 2,
          6,
        );
      }
      const unbiased = placeRegion(region, size, true);
      const [left, right] = [cx - w / 2, cx + w / 2];
      expect((left + 0.5) * unbiased.scaleX + unbiased.left - 0.5).toBeCloseTo(0, 6);
      expect((right + 0.5) * unbiased.scaleX + unbiased.left - 0.5).toBeCloseTo(size.width - 1, 6);
      expect((cy + h / 2 + 0.5) * unbiased.scaleY + unbiased.top - 0.5).toBeCloseTo(size.height - 1, 6);
    }
  });
});

describe('A whole-body network', () => {
  it('gives a body with feet, both hands and a face of each person, and nothing is lost', async () => {
    const size = { width: 192, height: 256 };
    const network = await buildOnnxNetwork(rtmposeBytes(size, 133));
    expect(network).toMatchObject({ info: { keypoints: 'coco-23' }, use: { keypoints: 'coco-133' } });
    const {
      found,
      outputs: [[simccX = new Float32Array()] = []],
    } = await look(network, rtmpose);
    expect(found.bodies.map(({ set }) => set)).toEqual(BOXES.map(() => 'coco-23'));
    const [own] = found.ownHands ?? [];
    const [face] = found.faces ?? [];
    const parts = [found.bodies[0], face, own?.leftHand, own?.rightHand];
    expect(parts.map((pose) => pose?.set)).toEqual(['coco-23', 'face-70', 'hand-21', 'hand-21']);
    // Column by column in the network's order: body, face of 68, left and right hand.
    const {
      centre: [cx = 0],
      scale: [w = 0],
    } = plainScale(BOXES[0] as Box, size);
    const expected = Array.from({ length: 133 }, (_, k) => {
      const [x] = highest(rowOf(simccX, k, 2 * size.width));
      return k === MISSING_KEYPOINT ? Number.NaN : (x / 2 / size.width) * w + cx - w / 2;
    });
    const columns = [23, 68, 21, 21].flatMap((count, i) =>
      Array.from({ length: count }, (_, k) => parts[i]?.points[3 * k] ?? 0),
    );
    expect(columns).toHaveLength(133);
    for (const [k, x] of columns.entries()) {
      if (k === MISSING_KEYPOINT) expect(x).toBeNaN();
      else expect(x).toBeCloseTo(expected[k] ?? 0, 2);
    }
    const around = found.bodies[1] && boundingBox(found.bodies[1]);
    expect(around?.width).toBeGreaterThan(0);
  });

  it('of 26 keypoints is Halpe’s; of 20, it is refused', async () => {
    const size = { width: 192, height: 256 };
    expect((await buildOnnxNetwork(rtmposeBytes(size, 26))).info.keypoints).toBe('halpe-26');
    await expect(buildOnnxNetwork(rtmposeBytes(size, 20))).rejects.toThrow(/gives 20 keypoints/);
  });
});

describe('A network that gives depth, too', () => {
  const size = { width: 288, height: 384 };
  const NAMED = ['simcc_x', 'simcc_y', 'simcc_z'] as const;
  /** As RTMW3D-x is exported by others: across, down, depth. */
  const BARE = ['output', '1554', '1556'] as const;

  it.each([
    ['by name', NAMED, ['x', 'y', 'z'], [0, 1]],
    ['by name, whichever comes first', ['simcc_z', 'simcc_y', 'simcc_x'], ['z', 'y', 'x'], [2, 1]],
    ['without names', BARE, ['x', 'y', 'z'], [0, 1]],
  ] as const)('has its keypoints read across and down, %s', async (_, names, order, [across, down]) => {
    const network = await buildOnnxNetwork(rtmw3dBytes(size, names, order), 'rtmw3d.onnx');
    expect(network).toMatchObject({
      info: {
        family: 'rtmpose',
        keypoints: 'coco-17',
        hasWorld: false,
        description: expect.stringContaining(
          '17 keypoints in 2-D; the depth that it gives, too, is left out',
        ),
      },
      use: { outputs: [names[across], names[down]] },
    });
    const { found, outputs } = await look(network, rtmpose);
    for (const [i, [simccX = new Float32Array(), simccY = new Float32Array()]] of outputs.entries()) {
      const { centre, scale } = plainScale(BOXES[i] as Box, size);
      const expected = Array.from({ length: 17 }, (__, k) => {
        const [x, valueX] = highest(rowOf(simccX, k, 2 * size.width));
        const [y, valueY] = highest(rowOf(simccY, k, 2 * size.height));
        return [
          (x / 2 / size.width) * (scale[0] ?? 0) + (centre[0] ?? 0) - (scale[0] ?? 0) / 2,
          (y / 2 / size.height) * (scale[1] ?? 0) + (centre[1] ?? 0) - (scale[1] ?? 0) / 2,
          Math.min(valueX, valueY),
        ];
      });
      expectKeypoints(found.bodies[i], expected);
      expect(found.bodies[i]?.world).toBe(null);
    }
  });

  it('is refused where which of its outputs is depth can’t be told', async () => {
    const square = { width: 256, height: 256 };
    await expect(buildOnnxNetwork(rtmw3dBytes(square, BARE), 'hand3d.onnx')).rejects.toThrow(
      /^hand3d\.onnx gives output: 1 × 17 × 512; 1554: .*Which of them is depth can't be told: call them simcc_x/,
    );
    // Named, it can.
    expect((await buildOnnxNetwork(rtmw3dBytes(square, NAMED))).use.outputs).toEqual(['simcc_x', 'simcc_y']);
    // Depth where the rows down belong: as if two outputs were all that counts.
    await expect(buildOnnxNetwork(rtmw3dBytes(size, BARE, ['x', 'z', 'y']))).rejects.toThrow(
      /of a kind that Limn doesn't know: .*1556: 1 × 17 × 768/,
    );
    await expect(buildOnnxNetwork(rtmw3dBytes(size, ['simcc_x', 'simcc_z', 'other']))).rejects.toThrow(
      /of a kind that Limn doesn't know/,
    );
  });
});
