import { PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/numbers/random.ts';
import type { StandingPerson } from '../../../src/motion/placing/standing.ts';
import { Everybody } from '../../../src/views/scene3d/everybody.ts';
import { boxOfPaths, boxOfPeople, frameBox, type RoomBox } from '../../../src/views/scene3d/framing.ts';

const FIELD_OF_VIEW = 45;

/** Somebody with 17 joints at a place, a third of them not seen and far away. */
function personAt(id: number, x: number, z: number): StandingPerson {
  const random = createRandom(id + 1);
  const positions = new Float32Array(17 * 4);
  for (let i = 0; i < 17; i++) {
    const seen = i % 3 !== 2;
    positions.set(
      seen ? [x + random() - 0.5, 1.8 * random(), z + random() - 0.5, 0.9] : [40, -30, Number.NaN, 0.1],
      i * 4,
    );
  }
  const pose = { set: 'coco-17', points: new Float32Array(), world: null } as never;
  return { id, poses: [{ pose, positions }], pelvis: [x, 1, z] };
}

const groups: Readonly<Record<string, readonly StandingPerson[]>> = {
  one: [personAt(0, 0, 0)],
  'one away from the middle': [personAt(0, -2.5, -6)],
  two: [personAt(0, 1.5, -2), personAt(1, -0.5, 1)],
  six: [-4, -2.5, -1, 1, 2, 4].map((x, i) => personAt(i, x, (i % 3) * -3)),
};
const directions = {
  first: [1.1, 0.75, 3.9],
  front: [0, 0.4, 4.2],
  side: [4.2, 0.4, 0],
  top: [0, 5.2, 0.001],
  behind: [-1, 2, -3],
} as const;
const pictures = { portrait: 9 / 19.5, square: 1, landscape: 16 / 9, wide: 3 };

/** Where three.js' own camera shows points of the room: −1 … 1 from edge to edge. */
function project(camera: PerspectiveCamera, points: Iterable<readonly [number, number, number]>): Vector3[] {
  camera.updateMatrixWorld();
  return [...points].map((point) => new Vector3(...point).project(camera));
}

function* jointsOf(people: readonly StandingPerson[]): Generator<[number, number, number]> {
  for (const { positions } of people.flatMap(({ poses }) => poses)) {
    for (let at = 0; at < positions.length; at += 4) {
      const [x = 0, y = 0, z = 0, score = 0] = positions.subarray(at, at + 4);
      if (score >= 0.5) yield [x, y, z];
    }
  }
}

function boxOf(people: readonly StandingPerson[]): RoomBox {
  const box = boxOfPeople(people, 0.5);
  if (!box) throw new Error('Nobody is there.');
  return box;
}

function cameraFor(
  box: RoomBox,
  direction: readonly [number, number, number],
  aspect: number,
  isTurning = false,
): PerspectiveCamera {
  const { position, target } = frameBox(box, direction, { fieldOfView: FIELD_OF_VIEW, aspect }, isTurning);
  const camera = new PerspectiveCamera(FIELD_OF_VIEW, aspect, 0.05, 200);
  camera.position.set(...position);
  camera.lookAt(...target);
  return camera;
}

const cases = Object.keys(groups).flatMap((who) =>
  Object.entries(directions).flatMap(([from, direction]) =>
    Object.entries(pictures).map(([picture, aspect]) => ({ who, from, direction, picture, aspect })),
  ),
);

describe('the room frames everybody', () => {
  it.each(cases)('$who, from $from, on a $picture picture', ({ who, direction, aspect }) => {
    const people = groups[who] ?? [];
    const seen = project(cameraFor(boxOf(people), direction, aspect), jointsOf(people));
    const furthest = Math.max(...seen.flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)]));
    expect(furthest).toBeLessThanOrEqual(0.95);
    // And not from further than it takes.
    expect(furthest).toBeGreaterThan(0.5);
    for (const { z } of seen) expect(Math.abs(z)).toBeLessThan(1);
  });

  it.each(Object.keys(groups))('%s, from all around at one distance', (who) => {
    const people = groups[who] ?? [];
    const distances = Array.from({ length: 24 }, (_, i) => (i * Math.PI) / 12).map((angle) => {
      const direction = [4 * Math.sin(angle), 0.75, 4 * Math.cos(angle)] as const;
      const camera = cameraFor(boxOf(people), direction, 0.6, true);
      for (const { x, y } of project(camera, jointsOf(people))) {
        expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(0.95);
      }
      const { low, high } = boxOf(people);
      return Math.hypot(
        camera.position.x - (low[0] + high[0]) / 2,
        camera.position.z - (low[2] + high[2]) / 2,
      );
    });
    expect(Math.max(...distances) - Math.min(...distances)).toBeLessThan(1e-6);
  });

  it('shown mirrored, and where they will have walked', () => {
    const people = groups['one away from the middle'] ?? [];
    expect(boxOfPeople(people, 0.5, true)?.high[0]).toBeCloseTo(-(boxOf(people).low[0] ?? 0));
    const paths = [Float32Array.of(0, 0, Number.NaN, Number.NaN, 3, -5)];
    expect(boxOfPaths(paths)).toEqual({ low: [-0.5, 0, -5.5], high: [3.5, 1.9, 0.5] });
    expect(boxOfPaths([])).toBeNull();
    expect(boxOfPeople(people, 0.95)).toBeNull();
  });
});

describe('the room’s camera', () => {
  const at = (x: number): RoomBox => ({ low: [x - 0.3, 0, -0.3], high: [x + 0.3, 1.8, 0.3] });

  it('moves only when somebody leaves the picture, and then keeps all who were there', () => {
    const everybody = new Everybody();
    expect(everybody.follow(null)).toBeNull();
    const first = everybody.follow(at(0));
    expect(first).not.toBeNull();
    expect(everybody.follow(at(0.2))).toBeNull();
    const wider = everybody.follow(at(2));
    expect(wider?.low[0]).toBe(first?.low[0]);
    expect(wider?.high[0]).toBeGreaterThanOrEqual(2.3);
    expect(everybody.follow(at(1))).toBeNull();
    expect(everybody.follow(null)).toBeNull();
  });

  it('leaves alone who has turned it, until everybody is asked for or others come', () => {
    const everybody = new Everybody();
    everybody.follow(at(0));
    everybody.takeOver();
    expect(everybody.follow(at(9))).toBeNull();
    expect(everybody.framed).toBeNull();
    // Those who are there now, not all who have been.
    expect(everybody.again()?.low[0]).toBeGreaterThan(8);
    everybody.takeOver();
    everybody.renew();
    everybody.keepIn(at(-3));
    expect(everybody.follow(at(0))?.low[0]).toBeLessThan(-3.2);
  });
});
