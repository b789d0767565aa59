import { describe, expect, it } from 'vitest';
import type { Box, Pose } from '../../../src/core/pose.ts';
import { coarser } from '../../../src/families/multipose/multipose-options.ts';
import {
  type FoundBody,
  joinBodies,
  largeOf,
  mayBeLarge,
  partsOf,
  partsToLookAt,
  wholeIn,
} from '../../../src/families/multipose/parts.ts';

const PICTURE = { width: 1000, height: 500 };

/** Somebody upright whose keypoints lie evenly in a box. */
function body(left: number, top: number, width: number, height: number, score = 0.6): FoundBody {
  const points = Float32Array.from({ length: 17 * 3 }, (_, i) => {
    const k = Math.floor(i / 3);
    return [left + ((k % 4) / 3) * width, top + (k / 16) * height, 0.7][i % 3] ?? 0;
  });
  const pose: Pose = { set: 'coco-17', points, world: null, handedness: null };
  return { score, box: { left, top, width, height }, body: pose };
}
const corner = ({ left, top }: Box): [number, number] => [left, top];

describe('parts of a picture', () => {
  it('have its shape, cover it, and share a fifth of it with their neighbours', () => {
    const parts = partsOf(PICTURE);
    expect(parts.map(corner)).toEqual([
      [0, 0],
      [400, 0],
      [0, 200],
      [400, 200],
    ]);
    for (const { width, height } of parts) expect([width, height]).toEqual([600, 300]);
  });

  it('are all worth a look where six were found, and more are wanted', () => {
    const six = Array.from({ length: 6 }, (_, i) => body(150 * i, 50, 100, 400));
    expect(partsToLookAt(six, PICTURE, 30)).toHaveLength(4);
    expect(partsToLookAt(six, PICTURE, 6)).toEqual([]);
    expect(partsToLookAt(six.slice(1), PICTURE, 30)).toEqual([]);
  });

  it('are worth a look where somebody is small in them, whether or not the network is sure', () => {
    const looked = (...found: FoundBody[]) => partsToLookAt(found, PICTURE, 30).map(corner);
    expect(looked(body(50, 50, 40, 100, 0.12))).toEqual([[0, 0]]);
    expect(looked(body(800, 390, 40, 100))).toEqual([[400, 200]]);
    // In the middle any part would do: one is enough.
    expect(looked(body(480, 200, 40, 100))).toHaveLength(1);
    expect(looked(body(50, 50, 40, 100), body(60, 300, 40, 100))).toEqual([
      [0, 0],
      [0, 200],
    ]);
    expect(looked(body(50, 50, 200, 400))).toEqual([]);
    expect(looked()).toEqual([]);
  });

  it('give nobody whom an edge inside the picture cuts off', () => {
    const part = { left: 400, top: 0, width: 600, height: 300 };
    const inside = body(600, 50, 100, 200);
    const atThePicturesEdge = body(900, 0, 100, 200);
    const cut = [body(400, 50, 80, 200), body(700, 150, 100, 150), body(402, 100, 50, 50)];
    expect(wholeIn(part, [inside, ...cut, atThePicturesEdge], PICTURE)).toEqual([inside, atThePicturesEdge]);
  });
});

describe('large people', () => {
  it('are looked for from farther away where somebody is large, or nobody is there', () => {
    const large = body(100, 0, 200, 500);
    const small = body(100, 0, 50, 100);
    expect(largeOf([large, small], PICTURE)).toEqual([large]);
    expect(mayBeLarge([small], PICTURE)).toBe(false);
    expect(mayBeLarge([small, large], PICTURE)).toBe(true);
    expect(mayBeLarge([], PICTURE)).toBe(true);
  });

  it.each([
    [384, 384, { netWidth: 256, netHeight: 256 }],
    [-1, 256, { netWidth: -1, netHeight: 160 }],
    [160, 32, null],
  ])('of a net resolution of %s × %s are looked for at %o', (netWidth, netHeight, expected) => {
    expect(coarser({ netWidth, netHeight })).toEqual(expected);
  });
});

describe('people of the whole picture and of its parts', () => {
  it('are joined by their keypoints and their boxes: the surest of those who are one stays', () => {
    const found = [
      body(100, 100, 100, 200, 0.4),
      // The same person, a little off.
      body(104, 98, 100, 205, 0.7),
      // Beside them, and overlapping by half.
      body(150, 100, 100, 200, 0.5),
      body(600, 100, 50, 100, 0.3),
    ];
    expect(joinBodies(found).map(({ score }) => score)).toEqual([0.7, 0.5, 0.3]);
    expect(joinBodies([...found].reverse()).map(({ score }) => score)).toEqual([0.7, 0.5, 0.3]);
  });

  it('are one by their boxes where their keypoints can’t be told', () => {
    const faint = {
      ...body(100, 100, 100, 200, 0.3),
      body: { ...body(0, 0, 1, 1).body, points: new Float32Array(51) },
    };
    expect(joinBodies([body(100, 110, 100, 190, 0.5), faint])).toHaveLength(1);
  });

  it('leave out those who are nobody', () => {
    expect(joinBodies([body(0, 0, 10, 10, 0.24), body(50, 0, 10, 10, 0.25)])).toHaveLength(1);
    expect(joinBodies([])).toEqual([]);
  });
});
