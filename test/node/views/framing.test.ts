import { PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/numbers/random.ts';
import type { Person } from '../../../src/core/pose.ts';
import { pointsOfReach, Reach } from '../../../src/motion/placing/reach.ts';
import { type StandingPerson, standPeople } from '../../../src/motion/placing/standing.ts';
import { Everybody } from '../../../src/views/scene3d/camera/everybody.ts';
import {
  boxOfPoints,
  DIRECTIONS,
  FIELD_OF_VIEW,
  framePoints,
  viewDirections,
  widenView,
} from '../../../src/views/scene3d/camera/framing.ts';
import { Glide } from '../../../src/views/scene3d/camera/glide.ts';
import { asTracked, ROOM_FRAME, roomRecordings } from '../../helpers/room-recordings.ts';

const THRESHOLD = 0.5;
/** The room beside a portrait video on 1360×900, on a phone, beside a landscape video, and wide. */
const pictures = { room: 591 / 624, phone: 9 / 19.5, landscape: 4 / 3, wide: 21 / 9 };

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

function standing(people: readonly Person[]): StandingPerson[] {
  return standPeople(people, ROOM_FRAME.width, ROOM_FRAME.height);
}

function reachOf(frames: readonly (readonly StandingPerson[])[]): Reach {
  const reach = new Reach();
  for (const people of frames) reach.add(people, THRESHOLD);
  return reach;
}

function* jointsOf(frames: readonly (readonly StandingPerson[])[]): Generator<Vector3> {
  for (const { positions } of frames.flat().flatMap(({ poses }) => poses)) {
    for (let at = 0; at < positions.length; at += 4) {
      const [x = 0, y = 0, z = 0, score = 0] = positions.subarray(at, at + 4);
      if (score >= THRESHOLD && Number.isFinite(x + y + z)) yield new Vector3(x, y, z);
    }
  }
}

function cameraAt({ position, target }: ReturnType<typeof framePoints>, aspect: number): PerspectiveCamera {
  const camera = new PerspectiveCamera(FIELD_OF_VIEW, aspect, 0.05, 200);
  camera.position.set(...position);
  camera.lookAt(...target);
  camera.updateMatrixWorld();
  return camera;
}

/** Where three.js' own camera shows all joints: how wide and high their box is as a share of the picture, and how far out they are. */
function seenBy(camera: PerspectiveCamera, joints: Iterable<Vector3>) {
  const seen = Array.from(joints, (joint) => joint.clone().project(camera));
  const of = (axis: 'x' | 'y') => {
    const values = seen.map((each) => each[axis]);
    return {
      share: (Math.max(...values) - Math.min(...values)) / 2,
      furthest: Math.max(...values.map(Math.abs)),
    };
  };
  const depth = Math.max(...seen.map(({ z }) => Math.abs(z)));
  return {
    width: of('x').share,
    height: of('y').share,
    furthest: Math.max(of('x').furthest, of('y').furthest),
    depth,
  };
}

const takes = Object.entries(roomRecordings).flatMap(([who, people]) =>
  [
    { who, frames: people.map(standing) },
    { who: `${who}, as tracked`, frames: asTracked(people).map(standing) },
  ].map(({ who, frames }) => ({
    who,
    points: pointsOfReach(reachOf(frames).people),
    joints: [...jointsOf(frames)],
  })),
);
const cases = takes.flatMap((take) =>
  viewDirections.flatMap((view) =>
    Object.entries(pictures).map(([picture, aspect]) => ({ ...take, view, picture, aspect })),
  ),
);

describe('the room shows everybody whole over all of the recording, and large', () => {
  it.each(cases)('$who, $view, on a $picture picture', ({ points, joints, view, aspect }) => {
    const camera = cameraAt(
      framePoints(points, DIRECTIONS[view], { fieldOfView: FIELD_OF_VIEW, aspect }),
      aspect,
    );
    const { width, height, furthest, depth } = seenBy(camera, joints);
    expect(furthest).toBeLessThan(0.93);
    expect(depth).toBeLessThan(1);
    expect(Math.max(width, height)).toBeGreaterThan(0.6);
  });

  it.each(takes)('$who fills the width from above', ({ points, joints }) => {
    const aspect = pictures.room;
    const camera = cameraAt(
      framePoints(points, DIRECTIONS.top, { fieldOfView: FIELD_OF_VIEW, aspect }),
      aspect,
    );
    expect(seenBy(camera, joints).width).toBeGreaterThan(0.5);
  });

  it.each(takes)('$who, from all around at one distance', ({ points, joints }) => {
    const box = boxOfPoints(points);
    if (!box) throw new Error('Nobody is there.');
    const distances = Array.from({ length: 24 }, (_, i) => (i * Math.PI) / 12).map((angle) => {
      const direction = [4 * Math.sin(angle), 0.75, 4 * Math.cos(angle)] as const;
      const lens = { fieldOfView: FIELD_OF_VIEW, aspect: 0.6 };
      const camera = cameraAt(framePoints(points, direction, lens, { isTurning: true }), 0.6);
      expect(seenBy(camera, joints).furthest).toBeLessThan(0.95);
      const [x, z] = [(box.low[0] + box.high[0]) / 2, (box.low[2] + box.high[2]) / 2];
      return Math.hypot(camera.position.x - x, camera.position.z - z);
    });
    expect(Math.max(...distances) - Math.min(...distances)).toBeLessThan(1e-4);
  });

  it('a view that somebody has chosen keeps all it shows on a narrower picture', () => {
    const view = { position: [0, 1, 5], target: [0, 1, 0], aspect: 2 } as const;
    expect(widenView(view, 1)).toEqual({ position: [0, 1, 10], target: [0, 1, 0] });
    expect(widenView(view, 3).position).toEqual([0, 1, 5]);
  });
});

describe('how far people reach', () => {
  it('is of a few hundred points, whatever the recording is, and holds all joints but for its mistakes', () => {
    const frames = Array.from({ length: 900 }, (_, i) =>
      [personAt(i, 0, 0)].map((each) => ({ ...each, id: 0 })),
    );
    const [person] = reachOf(frames).people;
    expect(person?.points.length).toBeLessThan(3 * 200);
    expect(person?.frames).toBe(900);
    const box = boxOfPoints(person?.points ?? new Float32Array());
    expect(box?.low[0]).toBeGreaterThan(-0.7);
    expect(box?.high[1]).toBeLessThan(1.95);
    expect(box?.high[1]).toBeGreaterThan(1.75);
  });

  it('single frames of many that are far off don’t count, nor somebody seen fleetingly', () => {
    const frames = Array.from({ length: 800 }, (_, i) => [
      personAt(0, i === 100 || i === 500 ? 30 : 0, 0),
      ...(i === 3 ? [personAt(1, -20, 0)] : []),
    ]);
    const { people } = reachOf(frames);
    expect(people.map(({ id }) => id)).toEqual([0]);
    expect(boxOfPoints(pointsOfReach(people))?.high[0]).toBeLessThan(1);
  });

  it('nobody has it who is only in the picture, or whose keypoints aren’t there', () => {
    const [frame = []] = roomRecordings.near ?? [];
    const flat = frame.map((person) => ({
      ...person,
      body: person.body && { ...person.body, world: null },
      leftHand: null,
      rightHand: null,
    }));
    const missing = frame.map((person) => ({
      ...person,
      leftHand: null,
      rightHand: null,
      body: person.body && { ...person.body, world: new Float32Array(33 * 4).fill(Number.NaN) },
    }));
    for (const people of [flat, missing]) {
      const reach = reachOf([standing(people)]);
      expect(pointsOfReach(reach.people)).toHaveLength(0);
      expect(new Everybody().follow(standing(people), THRESHOLD)).toBeNull();
    }
  });

  it('hands without a body are framed as hands', () => {
    const [frame = []] = roomRecordings.near ?? [];
    const people = standing(frame.map((person) => ({ ...person, body: null, rightHand: null })));
    const { people: reached } = reachOf([people]);
    expect(reached.map(({ isHands }) => isHands)).toEqual([true]);
    const lens = { fieldOfView: FIELD_OF_VIEW, aspect: 1 };
    const { position, target } = framePoints(pointsOfReach(reached), DIRECTIONS.angled, lens);
    const distance = Math.hypot(...position.map((value, axis) => value - (target[axis] ?? 0)));
    const shown = 2 * distance * Math.tan((FIELD_OF_VIEW * Math.PI) / 360);
    expect(shown).toBeGreaterThan(0.25);
    expect(shown).toBeLessThan(0.4);
  });
});

describe('the room’s camera', () => {
  const rangeOf = (framed: { readonly points: Float32Array } | null, axis: number) => {
    const box = boxOfPoints(framed?.points ?? new Float32Array());
    return [box?.low[axis] ?? Number.NaN, box?.high[axis] ?? Number.NaN] as const;
  };

  it('moves only when somebody leaves the picture, and then keeps all who were there', () => {
    const everybody = new Everybody();
    expect(everybody.follow([], THRESHOLD)).toBeNull();
    expect(everybody.follow([personAt(0, 0, 0)], THRESHOLD)?.slack).toBeGreaterThan(0);
    expect(everybody.follow([personAt(0, 0.15, 0)], THRESHOLD)).toBeNull();
    const wider = everybody.follow([personAt(0, 2, 0)], THRESHOLD);
    expect(rangeOf(wider, 0)[0]).toBeLessThan(0);
    expect(rangeOf(wider, 0)[1]).toBeGreaterThan(2.2);
    expect(everybody.follow([personAt(0, 1, 0)], THRESHOLD)).toBeNull();
    expect(everybody.follow([], THRESHOLD)).toBeNull();
  });

  it('is brought to the whole recording, without any room to spare, as soon as that is known', () => {
    const everybody = new Everybody();
    everybody.follow([personAt(0, 0, 0)], THRESHOLD);
    const whole = reachOf([[personAt(0, 0, 0)], [personAt(0, 3, 0)]]).people;
    const framed = everybody.know(whole);
    expect(framed?.slack).toBe(0);
    expect(rangeOf(framed, 0)[1]).toBeGreaterThan(3.2);
    expect(everybody.know(whole)).toBeNull();
    expect(everybody.follow([personAt(0, 3, 0)], THRESHOLD)).toBeNull();
  });

  it('leaves alone who has turned it, until everybody or somebody is asked for, or others come', () => {
    const everybody = new Everybody();
    everybody.follow([personAt(0, 0, 0), personAt(1, 4, 0)], THRESHOLD);
    everybody.takeOver();
    expect(everybody.follow([personAt(0, 9, 0)], THRESHOLD)).toBeNull();
    expect(everybody.framed).toBeNull();
    expect(rangeOf(everybody.again(), 0)[1]).toBeGreaterThan(9);
    expect(rangeOf(everybody.again(1), 0)[0]).toBeGreaterThan(3);
    everybody.takeOver();
    everybody.renew();
    expect(rangeOf(everybody.follow([personAt(2, -3, 0)], THRESHOLD), 0)[1]).toBeLessThan(-2);
  });

  it('goes from view to view around what it looks at within a quarter of a second', () => {
    const from = { position: [0, 1, 4], target: [0, 1, 0] } as const;
    const to = { position: [2, 1, 0], target: [0, 1, 0] } as const;
    const glide = new Glide(from, to, 1000);
    expect(glide.at(1000).view.position[2]).toBeCloseTo(4);
    const { view, hasArrived } = glide.at(1060);
    expect(hasArrived).toBe(false);
    const distance = Math.hypot(view.position[0], view.position[2]);
    expect(distance).toBeGreaterThan(2);
    expect(distance).toBeLessThan(4);
    expect(glide.at(1250)).toEqual({ view: to, hasArrived: true });
  });
});
