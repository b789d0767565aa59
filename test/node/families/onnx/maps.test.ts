import { describe, expect, it } from 'vitest';
import { LimnError } from '../../../../src/core/errors.ts';
import { createRandom } from '../../../../src/core/numbers/random.ts';
import { groupPeople } from '../../../../src/families/maps/grouping/people.ts';
import { layoutFor, usualGrouping } from '../../../../src/families/maps/layouts.ts';
import { OnnxMaps } from '../../../../src/families/maps/onnx/onnx-maps.ts';
import { openMaps } from '../../../../src/families/maps/onnx/open-maps.ts';
import type { ImportedOnnxMaps } from '../../../../src/families/network.ts';
import type { OrtSession } from '../../../../src/families/runtimes/ort/session.ts';
import type { OrtRuntime } from '../../../../src/families/runtimes/ort/start.ts';
import { buildNetwork } from '../../../../src/workers/networks/build-network.ts';
import { crowd } from '../../../helpers/crowd.ts';
import { drawMaps } from '../../../helpers/draw-maps.ts';
import { type MapsWish, mapsWeights, onnxMapsBytes } from '../../../helpers/onnx-networks.ts';
import { openInNode } from '../../../helpers/onnx-sessions.ts';

const SIZE = { width: 64, height: 48 };
const STRIDE = 8;

async function build(wish: MapsWish, json?: object, skeleton?: 'body-25'): Promise<ImportedOnnxMaps> {
  const files = [{ name: 'pose.onnx', bytes: onnxMapsBytes(wish) }];
  if (json) files.push({ name: 'pose.json', bytes: new TextEncoder().encode(JSON.stringify(json)) });
  const network = await buildNetwork(files, skeleton ? { skeleton } : {}, null);
  if (network.kind !== 'maps-onnx') throw new Error('It is of OpenPose’s kind.');
  return network;
}

async function open(network: ImportedOnnxMaps): Promise<OnnxMaps> {
  const names = network.use.outputs.map(({ name }) => name);
  return new OnnxMaps(network, await openInNode(network.files[0]?.bytes ?? new Uint8Array(), names));
}

const randomPicture = ({ width, height } = SIZE): Float32Array => {
  const random = createRandom(5);
  return Float32Array.from({ length: width * height * 3 }, () => random() - 0.5);
};

/** What the network must give, pixel by pixel: of each square the average colour, times each map's weights. */
function plainMaps(picture: Float32Array, outputs: readonly number[], { width, height } = SIZE): number[] {
  const filters = outputs.map((channels, i) => mapsWeights(i, channels).values);
  const all: number[] = [];
  for (let row = 0; row < height / STRIDE; row++) {
    for (let column = 0; column < width / STRIDE; column++) {
      const colour = [0, 0, 0];
      for (let y = row * STRIDE; y < (row + 1) * STRIDE; y++)
        for (let x = column * STRIDE; x < (column + 1) * STRIDE; x++)
          for (let c = 0; c < 3; c++)
            colour[c] = (colour[c] ?? 0) + (picture[(y * width + x) * 3 + c] ?? 0) / STRIDE ** 2;
      for (const [i, channels] of outputs.entries())
        for (let k = 0; k < channels; k++)
          all.push(colour.reduce((sum, each, c) => sum + each * (filters[i]?.[3 * k + c] ?? 0), 0));
    }
  }
  return all;
}

const INPUTS = ['channels-first', 'channels-last'] as const;
const KINDS = INPUTS.flatMap((input) =>
  [false, true].flatMap((isTurned) =>
    // A picture of any size and of one size, by turns.
    [[57], [19, 38]].map((outputs) => ({ input, isTurned, size: isTurned ? SIZE : null, outputs })),
  ),
);

describe.each(KINDS)('An ONNX network with $input, turned $isTurned, $outputs maps, size $size', (wish) => {
  it('gives the maps of its picture', async () => {
    const network = await build(wish);
    expect(network).toMatchObject({
      info: { family: 'maps-onnx', keypoints: 'coco-18', label: 'pose.onnx', license: 'CC0', isPart: false },
      layout: layoutFor('coco-18'),
      scaling: { order: 'bgr' },
      isScalingGuessed: true,
      use: { input: wish.input, fixedSize: wish.size },
    });
    const maps = await open(network);
    const sized = await maps.compile(SIZE.height, SIZE.width);
    const picture = randomPicture();
    const given = await sized.run(picture);
    const expected = plainMaps(picture, wish.outputs);
    expect(given).toHaveLength(expected.length);
    expect(expected.some((value) => Math.abs(value) > 0.02)).toBe(true);
    for (const [i, value] of expected.entries()) expect(given[i]).toBeCloseTo(value, 5);
    maps.close();
  });
});

describe('An ONNX network of OpenPose’s kind', () => {
  it('is known by its maps: BODY_25, MPI, hands and faces, whichever output comes first', async () => {
    for (const [outputs, set] of [
      [[78], 'body-25'],
      [[52, 26], 'body-25'],
      [[28, 16], 'mpi-15'],
      [[22], 'hand-21'],
      [[71], 'face-70'],
    ] as const) {
      const network = await build({ size: null, input: 'channels-first', outputs });
      expect(network.info).toMatchObject({
        keypoints: set,
        isPart: outputs.length === 1 && outputs[0] !== 78,
      });
      const channels = network.use.outputs.map((each) => each.channels);
      expect(channels).toEqual([...outputs].sort((a, b) => a - b));
    }
  });

  it('of several stages is read at its last one', async () => {
    const network = await build({ size: null, input: 'channels-first', outputs: [19, 38, 19, 38] });
    expect(network.use.outputs.map(({ name }) => name)).toEqual(['maps2', 'maps3']);
  });

  it('puts the people together that its maps show', async () => {
    const layout = layoutFor('body-25');
    const [columns, rows] = [54, 46];
    const size = { width: columns * STRIDE, height: rows * STRIDE };
    const people = crowd(3, layout, columns);
    const maps = drawMaps(people, columns, rows, layout);
    const network = await build({ size, input: 'channels-first', outputs: [26, 52], maps });
    const opened = await open(network);
    const sized = await opened.compile(size.height, size.width);
    const pixels = await sized.run(randomPicture(size));
    opened.close();
    const planes = new Float32Array(pixels.length);
    for (let cell = 0; cell < rows * columns; cell++)
      for (let k = 0; k < layout.channels; k++)
        planes[k * rows * columns + cell] = pixels[cell * layout.channels + k] ?? Number.NaN;
    const found = groupPeople(
      { values: planes, width: columns, height: rows },
      layout,
      usualGrouping(layout),
    );
    expect(found).toHaveLength(3);
    for (const points of people) {
      const distances = found.map((person) => meanDistance(points, person.points));
      // Where people overlap, their bells do, and the peaks move a little.
      expect(Math.min(...distances)).toBeLessThan(1);
    }
  });

  it('may be described by a JSON beside it', async () => {
    const json = {
      skeleton: 'coco-17',
      heatmaps: [...Array(5).fill(null), 'left_shoulder', 'right_shoulder'],
      limbs: [{ from: 'left_shoulder', to: 'right_shoulder', x: 7, y: 8 }],
    };
    const wish = { size: null, input: 'channels-last', outputs: [9] } as const;
    const network = await build(wish, json);
    expect(network).toMatchObject({
      info: { keypoints: 'coco-17', isPart: false },
      layout: { channels: 9, limbs: [{ from: 5, to: 6, x: 7, y: 8 }] },
      use: { outputs: [{ channels: 9, order: 'channels-last' }] },
    });
    const maps = await open(network);
    const picture = randomPicture();
    const given = await (await maps.compile(SIZE.height, SIZE.width)).run(picture);
    expect(given[13]).toBeCloseTo(plainMaps(picture, [9])[13] ?? Number.NaN, 5);
    maps.close();
    await expect(build({ ...wish, outputs: [8] }, json)).rejects.toThrow(
      /speaks of channel 8, and the network gives 8/,
    );
    await expect(build({ ...wish, outputs: [3, 3, 3] }, json)).rejects.toThrow(
      /gives maps0.*a network that is described gives its maps as one output, or as two/,
    );
  });

  it('with maps of another size than an eighth of the picture is refused', async () => {
    const fixed = { size: SIZE, input: 'channels-first', outputs: [57], stride: 4 } as const;
    await expect(build(fixed)).rejects.toThrow(/of a kind that Limn doesn't know.*COCO \(57\)/);
    const maps = await open(await build({ ...fixed, size: null }));
    const sized = await maps.compile(SIZE.height, SIZE.width);
    const run = sized.run(randomPicture());
    await expect(run).rejects.toThrow(LimnError);
    await expect(run).rejects.toThrow(/gives 1 × 57 × 12 × 16 as maps0 .* of 64 × 48; .* 1 × 57 × 6 × 8/);
    maps.close();
  });

  it('on a GPU that computes otherwise is refused, and its session is released', async () => {
    const network = await build({ size: null, input: 'channels-first', outputs: [57] });
    for (const factor of [1, 1.2]) {
      const open: OrtSession[] = [];
      const runtime = runtimeOf(factor, open);
      const opening = openMaps(runtime, 'ort-webgpu', network);
      if (factor === 1) {
        const { maps, parity } = await opening;
        expect(parity?.largest).toBe(0);
        expect(open).toHaveLength(1);
        maps.close();
      } else await expect(opening).rejects.toThrow(/it computes wrongly.* 20 % at most/);
      expect(open).toEqual([]);
    }
  });
});

/** Of keypoints that both have, in pixels; most of them must be there. */
function meanDistance(points: Float32Array, others: Float32Array): number {
  let [sum, seen] = [0, 0];
  for (let at = 0; at < points.length; at += 3) {
    const [x = 0, y = 0, score = 0] = points.subarray(at, at + 3);
    const [otherX = 0, otherY = 0, otherScore = 0] = others.subarray(at, at + 3);
    if (!(score > 0) || !(otherScore > 0)) continue;
    sum += Math.hypot(x - otherX, y - otherY);
    seen++;
  }
  return seen > 15 ? sum / seen : Number.POSITIVE_INFINITY;
}

/** A runtime whose GPU gives so many times the numbers of the CPU. @param open its sessions that aren't closed */
function runtimeOf(factor: number, open: OrtSession[]): OrtRuntime {
  return {
    device: 'GPU',
    isSoftwareGpu: false,
    async open([file], outputs, where) {
      const session = await openInNode(file?.bytes ?? new Uint8Array(), outputs);
      const counted: OrtSession = {
        ...session,
        run: async (values, shape) => {
          const results = await session.run(values, shape);
          if (where === 'cpu') return results;
          return new Map(
            [...results].map(([name, { values: own, shape: of }]) => [
              name,
              { shape: of, values: own.map((value) => value * factor) },
            ]),
          );
        },
        close: () => {
          session.close();
          open.splice(open.indexOf(counted), 1);
        },
      };
      open.push(counted);
      return counted;
    },
  };
}
