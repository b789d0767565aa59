import { describe, expect, it } from 'vitest';
import { overlapOf } from '../../../../src/core/boxes.ts';
import type { Box } from '../../../../src/core/pose.ts';
import { associate, associateHands } from '../../../../src/families/mediapipe/graph/association.ts';
import {
  createAnchors,
  decodeDetections,
  FACE_DETECTOR,
  PALM_DETECTOR,
  POSE_DETECTOR,
  wholeFrame,
} from '../../../../src/families/mediapipe/graph/detector.ts';
import { decodeIris, isPresent } from '../../../../src/families/mediapipe/graph/landmarks.ts';
import {
  eyeRegion,
  faceRegion,
  handRegion,
  partOf,
  poseRegion,
  type Region,
} from '../../../../src/families/mediapipe/graph/region.ts';
import { type Border, createLevels, sampleRegion } from '../../../../src/families/mediapipe/graph/sampler.ts';

const WIDTH = 13;
const HEIGHT = 9;
const picture = {
  left: 0,
  top: 0,
  width: WIDTH,
  height: HEIGHT,
  data: Uint8ClampedArray.from({ length: WIDTH * HEIGHT * 4 }, (_, i) => (i * 37 + (i >> 3) * 11) % 256),
};
const levels = createLevels(0, 255);

function sample(region: Region, side: number, border: Border): Float32Array {
  const result = new Float32Array(side * side * 3);
  sampleRegion(picture, region, side, border, levels, result);
  return result;
}

/** The same in floating point, a pixel at a time. */
function sampleStraightforwardly(
  { x, y, size, rotation }: Region,
  side: number,
  border: Border,
): Float32Array {
  const pixel = (column: number, row: number, channel: number): number => {
    const [inX, inY] = [Math.min(WIDTH - 1, Math.max(0, column)), Math.min(HEIGHT - 1, Math.max(0, row))];
    if (border === 'zero' && (inX !== column || inY !== row)) return 0;
    return picture.data[(inY * WIDTH + inX) * 4 + channel] ?? Number.NaN;
  };
  const [cos, sin] = [Math.cos(rotation), Math.sin(rotation)];
  return Float32Array.from({ length: side * side * 3 }, (_, index) => {
    const [channel, place] = [index % 3, Math.floor(index / 3)];
    const [across, down] = [
      ((place % side) / side - 0.5) * size,
      (Math.floor(place / side) / side - 0.5) * size,
    ];
    const sourceX = Math.floor((x + across * cos - down * sin) * 32 + 0.5) / 32;
    const sourceY = Math.floor((y + across * sin + down * cos) * 32 + 0.5) / 32;
    const [left, top] = [Math.floor(sourceX), Math.floor(sourceY)];
    const [shareX, shareY] = [sourceX - left, sourceY - top];
    const above = pixel(left, top, channel) * (1 - shareX) + pixel(left + 1, top, channel) * shareX;
    const below = pixel(left, top + 1, channel) * (1 - shareX) + pixel(left + 1, top + 1, channel) * shareX;
    return Math.floor(above * (1 - shareY) + below * shareY + 0.5);
  });
}

describe('what a landmark network looks at', () => {
  it('is the picture itself where the square is as large as its samples', () => {
    const result = sample({ x: 6, y: 4, size: 4, rotation: 0 }, 4, 'zero');
    for (let row = 0; row < 4; row++) {
      for (let column = 0; column < 4; column++) {
        const from = ((row + 2) * WIDTH + column + 4) * 4;
        const to = (row * 4 + column) * 3;
        expect([...result.subarray(to, to + 3)]).toEqual([...picture.data.subarray(from, from + 3)]);
      }
    }
  });

  it.each([
    ['zero', { x: 6.3, y: 4.1, size: 7.7, rotation: 0.4 }],
    ['zero', { x: 1, y: 8, size: 21, rotation: -2.1 }],
    ['replicate', { x: 12, y: 1, size: 9.5, rotation: 3 }],
    ['replicate', { x: -40, y: 4, size: 8, rotation: 1 }],
  ] as const)('is what the same in floating point gives, beyond the edge: %s, %o', (border, region) => {
    expect([...sample(region, 16, border)]).toEqual([...sampleStraightforwardly(region, 16, border)]);
  });

  it.each([
    { x: 7.25, y: 5.5, size: 3, rotation: 0.7 },
    { x: 12.5, y: 8, size: 4, rotation: -2 },
  ])('is the same from the part of the picture that it lies in: %o', (region) => {
    const part = partOf([region]);
    const left = Math.max(0, Math.floor((part?.left ?? 0) - 1));
    const top = Math.max(0, Math.floor((part?.top ?? 0) - 1));
    const cut = { left, top, width: WIDTH - left, height: HEIGHT - top };
    const data = Uint8ClampedArray.from({ length: cut.width * cut.height * 4 }, (_, i) => {
      const [column, row] = [(i >> 2) % cut.width, Math.floor((i >> 2) / cut.width)];
      return picture.data[((row + top) * WIDTH + column + left) * 4 + (i & 3)] ?? 0;
    });
    const result = new Float32Array(16 * 16 * 3);
    sampleRegion({ ...cut, data }, region, 16, 'replicate', levels, result);
    expect(left + top).toBeGreaterThan(0);
    expect([...result]).toEqual([...sample(region, 16, 'replicate')]);
  });

  it('is a mirror image where that is wanted, from the right edge on', () => {
    const region = { x: 6, y: 4, size: 4, rotation: 0 };
    const [own, mirrored] = [new Float32Array(4 * 4 * 3), new Float32Array(4 * 4 * 3)];
    // From its left edge on, a square that lies a pixel further to the right has the same columns.
    sampleRegion(picture, { ...region, x: 7 }, 4, 'zero', levels, own);
    sampleRegion(picture, region, 4, 'zero', levels, mirrored, true);
    const pixels = (values: Float32Array) =>
      Array.from({ length: 4 }, (_, row) =>
        Array.from({ length: 4 }, (_, column) => [
          ...values.slice((row * 4 + column) * 3, (row * 4 + column) * 3 + 3),
        ]),
      );
    expect(pixels(mirrored)).toEqual(pixels(own).map((row) => row.reverse()));
  });

  it('is written as the network wants it', () => {
    expect(createLevels(-1, 1)[0]).toBe(-1);
    expect(createLevels(-1, 1)[255]).toBe(1);
    expect(createLevels(0, 1)[51]).toBeCloseTo(0.2, 7);
  });
});

describe('an iris', () => {
  it('has its edge at the right, top, left and bottom of the picture, seen in a mirror or not', () => {
    // In the network's picture of 64 pixels: middle, right, top, left, bottom.
    const landmarks = Float32Array.from([30, 32, 0, 40, 32, 0, 30, 22, 0, 20, 32, 0, 30, 42, 0]);
    const region = { x: 100, y: 200, size: 64, rotation: 0 };
    const xs = (isMirrored: boolean) => {
      const places = decodeIris(landmarks, region, 64, isMirrored);
      return [0, 1, 2, 3, 4].map((i) => [places[i * 3], places[i * 3 + 1]]);
    };
    expect(xs(false)).toEqual([
      [98, 200],
      [108, 200],
      [98, 190],
      [88, 200],
      [98, 210],
    ]);
    expect(xs(true)).toEqual([
      [102, 200],
      [112, 200],
      [102, 190],
      [92, 200],
      [102, 210],
    ]);
  });
});

describe('regions', () => {
  it('lie in the upright box around their corners', () => {
    expect(partOf([])).toBeNull();
    const upright = partOf([{ x: 100, y: 200, size: 40, rotation: 0 }]);
    for (const [side, value] of Object.entries({ left: 80, top: 180, width: 40, height: 40 })) {
      expect(upright?.[side as keyof Box]).toBeCloseTo(value, 9);
    }
    const two = partOf([
      { x: 0, y: 0, size: 2, rotation: Math.PI / 4 },
      { x: 10, y: 5, size: 2, rotation: 0 },
    ]);
    expect(two?.left).toBeCloseTo(-Math.SQRT2, 9);
    expect((two?.left ?? 0) + (two?.width ?? 0)).toBeCloseTo(11, 9);
    expect((two?.top ?? 0) + (two?.height ?? 0)).toBeCloseTo(6, 9);
  });

  it('of bodies are a quarter larger than the circle around, and turned so that the head is up', () => {
    expect(poseRegion(100, 200, 100, 120)).toEqual({ x: 100, y: 200, size: 200, rotation: 0 });
    // Lying, the head to the right: a quarter clockwise.
    expect(poseRegion(100, 200, 180, 200).rotation).toBeCloseTo(Math.PI / 2, 12);
    expect(poseRegion(100, 200, 20, 200).rotation).toBeCloseTo(-Math.PI / 2, 12);
  });

  it('of hands turn with the hand', () => {
    // Wrist below, fingers above, on a tree that is 10 wide and 40 high; finger tips, far above, don't count.
    const places: Record<number, [x: number, y: number]> = {
      0: [100, 200],
      2: [95, 180],
      3: [105, 180],
      18: [100, 160],
    };
    for (const tip of [4, 8, 12, 16, 20]) places[tip] = [130, 50];
    const points = Float64Array.from(
      Array.from({ length: 21 }, (_, landmark) => [...(places[landmark] ?? [100, 180]), 0]).flat(),
    );
    const upright = handRegion(points, 3);
    expect(upright).toMatchObject({ x: 100, size: 80 });
    expect(upright.rotation).toBeCloseTo(0, 12);
    // A tenth of the height towards the fingers.
    expect(upright.y).toBeCloseTo(176, 9);
    const turned = handRegion(
      points.map((value, i) =>
        i % 3 === 0 ? -(points[i + 1] ?? 0) : i % 3 === 1 ? (points[i - 1] ?? 0) : value,
      ),
      3,
    );
    expect(turned.rotation).toBeCloseTo(Math.PI / 2, 9);
    expect([turned.x, turned.y, turned.size].map((value) => Math.round(value))).toEqual([-176, 100, 80]);
  });

  it('of faces are half as large again, and turned so that the eyes are level', () => {
    const box = { left: 80, top: 60, width: 40, height: 60 };
    // The subject's right eye is at the picture's left.
    expect(faceRegion(box, 90, 80, 110, 80)).toEqual({ x: 100, y: 90, size: 90, rotation: 0 });
    expect(faceRegion(box, 90, 80, 110, 100).rotation).toBeCloseTo(Math.PI / 4, 12);
    expect(faceRegion(box, 90, 80, 90, 60).rotation).toBeCloseTo(-Math.PI / 2, 12);
  });

  it('of eyes are 2.3 times as wide as between their corners, and level', () => {
    const { x, y, size, rotation } = eyeRegion([100, 50, 120, 50]);
    expect([x, y, size, rotation]).toEqual([110, 50, expect.closeTo(46, 9), expect.closeTo(0, 12)]);
    expect(eyeRegion([100, 50, 120, 70]).rotation).toBeCloseTo(Math.PI / 4, 12);
  });

  it('of detectors show the whole frame', () => {
    expect(wholeFrame(640, 360)).toEqual({ x: 320, y: 180, size: 640, rotation: 0 });
  });
});

describe('detections', () => {
  it('have as many anchors as the networks have boxes', () => {
    expect(createAnchors(POSE_DETECTOR)).toHaveLength(2 * 2254);
    expect(createAnchors(PALM_DETECTOR)).toHaveLength(2 * 2016);
    expect(createAnchors(FACE_DETECTOR)).toHaveLength(2 * 2304);
  });

  it('that overlap are one, each weighing by its score', () => {
    const layout = { side: 100, strides: [50], keypoints: 1, anchorsALayer: 2, minimumScore: 0.5 };
    const anchors = createAnchors(layout);
    expect([...anchors.subarray(0, 6)]).toEqual([0.25, 0.25, 0.25, 0.25, 0.75, 0.25]);
    // Two of the first middle, a little apart; one of the third; the rest is nothing.
    const boxes = new Float32Array(8 * 6);
    boxes.set([0, 0, 40, 40, 3, 4], 0);
    boxes.set([4, 0, 40, 40, 7, 4], 6);
    boxes.set([0, 0, 20, 20, 0, 0], 12);
    const logit = (score: number): number => Math.log(score / (1 - score));
    const scores = Float32Array.from([0.9, 0.6, 0.7, 0.4, 0.1, 0.1, 0.1, 0.1], logit);
    const found = decodeDetections(boxes, scores, anchors, layout);
    expect(found).toHaveLength(2);
    expect(found[0]?.score).toBeCloseTo(0.9, 6);
    expect(found[0]?.left).toBeCloseTo(0.05 + (0.04 * 0.6) / 1.5, 6);
    expect(found[0]?.keypoints[0]).toBeCloseTo(0.28 + (0.04 * 0.6) / 1.5, 6);
    expect(found[1]).toMatchObject({ width: expect.closeTo(0.2, 6), left: expect.closeTo(0.65, 6) });
  });

  it('without any size is none, and hides no other one', () => {
    const layout = { side: 100, strides: [50], keypoints: 1, anchorsALayer: 2, minimumScore: 0.5 };
    const boxes = new Float32Array(8 * 6);
    boxes.set([0, 0, 0, 0, 0, 0], 0);
    boxes.set([0, 0, -20, 20, 0, 0], 6);
    boxes.set([0, 0, 20, 20, 0, 0], 12);
    const scores = Float32Array.of(9, 8, 7, -9, -9, -9, -9, -9);
    const found = decodeDetections(boxes, scores, createAnchors(layout), layout);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ width: expect.closeTo(0.2, 6), left: expect.closeTo(0.65, 6) });
  });

  it('that are no numbers are none', () => {
    const anchors = createAnchors(POSE_DETECTOR);
    const boxes = (value: number): Float32Array => new Float32Array(4508 * 12).fill(value);
    const scores = (value: number): Float32Array => new Float32Array(4508).fill(value);
    expect(decodeDetections(boxes(Number.NaN), scores(5), anchors, POSE_DETECTOR)).toEqual([]);
    expect(decodeDetections(boxes(9), scores(Number.NaN), anchors, POSE_DETECTOR)).toEqual([]);
  });
});

describe('who is followed and who is found anew', () => {
  const at = (x: number, rotation: number): Region => ({ x, y: 0, size: 10, rotation });

  it('overlap by what both cover of what either covers', () => {
    const box = { left: 0, top: 0, width: 10, height: 10 };
    expect(overlapOf(box, box)).toBe(1);
    expect(overlapOf(box, { ...box, left: 5 })).toBeCloseTo(1 / 3, 12);
    expect(overlapOf(box, { ...box, top: 10 })).toBe(0);
  });

  it('of bodies the later stays, of hands the followed one', () => {
    expect(associate([at(0, 1), at(50, 1)], [at(1, 2), at(90, 2)])).toEqual([at(50, 1), at(1, 2), at(90, 2)]);
    expect(associateHands([at(0, 1), at(50, 1)], [at(1, 2), at(90, 2)])).toEqual([
      at(0, 1),
      at(50, 1),
      at(90, 2),
    ]);
  });
});

it('nobody is where a network gives no number, or is less sure than half', () => {
  expect([Number.NaN, 0, 0.4999, 0.5, 1].map(isPresent)).toEqual([false, false, false, true, true]);
});
