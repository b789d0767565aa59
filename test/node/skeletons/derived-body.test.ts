import { describe, expect, it } from 'vitest';
import type { KeypointSetId } from '../../../src/core/pose.ts';
import {
  DerivedBody,
  type DerivedPlace,
  derivedPlaces,
  HEAD_HALF_HEIGHT,
} from '../../../src/skeletons/derived-body.ts';
import { skeletonOf } from '../../../src/skeletons/registry.ts';
import { figurePlan } from '../../../src/views/scene3d/figure/figure-plan.ts';

/** Somebody of 1.75 m who stands and faces z, in metres; of pairs, the left. */
const STANDING: Readonly<Record<string, readonly [x: number, y: number, z: number]>> = {
  nose: [0, 1.6, 0.11],
  eye: [0.03, 1.64, 0.09],
  eye_inner: [0.02, 1.64, 0.09],
  eye_outer: [0.04, 1.64, 0.08],
  ear: [0.075, 1.62, 0],
  mouth: [0.02, 1.56, 0.1],
  head: [0, 1.75, 0],
  neck: [0, 1.45, 0],
  thorax: [0, 1.45, 0],
  spine: [0, 1.2, 0],
  chest: [0, 1.2, 0],
  hip_middle: [0, 0.95, 0],
  shoulder: [0.19, 1.45, 0],
  elbow: [0.21, 1.16, 0],
  wrist: [0.22, 0.91, 0],
  hip: [0.1, 0.95, 0],
  knee: [0.1, 0.53, 0],
  ankle: [0.1, 0.12, 0],
  foot: [0.1, 0.12, 0],
};

function stand(set: KeypointSetId, scale = 1, missing: RegExp = /^$/): Float32Array {
  const names = skeletonOf(set).keypoints;
  const positions = new Float32Array(names.length * 4).fill(Number.NaN);
  for (const [i, name] of names.entries()) {
    positions[i * 4 + 3] = 0;
    if (missing.test(name)) continue;
    const [, side] = /(left|right)/.exec(name) ?? [];
    const plain = name === 'hip' || name === 'mid_hip' ? 'hip_middle' : name.replace(/_?(left|right)_?/, '');
    const place = STANDING[plain] ?? STANDING.ankle;
    if (!place) continue;
    const [x, y, z] = place;
    positions.set([x * scale * (side === 'right' ? -1 : 1), y * scale, z * scale, 0.9], i * 4);
  }
  return positions;
}

function placeOf(body: DerivedBody, place: DerivedPlace): number[] {
  const at = derivedPlaces.indexOf(place) * 3;
  return [...body.places.subarray(at, at + 3)];
}

const BODIES: readonly KeypointSetId[] = [
  'blazepose-33',
  'coco-17',
  'coco-18',
  'coco-23',
  'coco-133',
  'body-25',
  'halpe-26',
  'mpi-15',
  'h36m-17',
];

describe.each(BODIES)('a body of %s', (set) => {
  const body = new DerivedBody();

  it('has a spine between hips and shoulders, and a head above it, with its top', () => {
    body.derive(set, stand(set), 0.5);
    expect(placeOf(body, 'hips')[1]).toBeCloseTo(0.95);
    expect(placeOf(body, 'neck')[1]).toBeCloseTo(1.45);
    const [x = 1, y = 0, z = 1] = placeOf(body, 'head');
    expect(y).toBeGreaterThan(1.58);
    expect(y).toBeLessThan(1.7);
    expect(Math.hypot(x, z)).toBeLessThan(0.12);
    const top = placeOf(body, 'crown').map((value, axis) => value - (placeOf(body, 'head')[axis] ?? 0));
    expect(Math.hypot(...top)).toBeCloseTo(HEAD_HALF_HEIGHT, 2);
    expect(top[1]).toBeGreaterThan(0.08);
  });

  it('is as large as its limbs are', () => {
    body.derive(set, stand(set), 0.5);
    expect(body.size).toBeCloseTo(1, 1);
    body.derive(set, stand(set, 0.6), 0.5);
    expect(body.size).toBeCloseTo(0.6, 1);
  });

  it('has nothing of what isn’t there: neither trunk nor head without joints', () => {
    body.derive(set, stand(set, 1, /./), 0.5);
    expect([...body.places].every(Number.isNaN)).toBe(true);
    expect(body.size).toBe(1);
    body.derive(set, stand(set), 0.95);
    expect([...body.places].every(Number.isNaN)).toBe(true);
  });

  it('is drawn with limbs that taper, a spine, a neck, and no dots for the face', () => {
    const { keypoints } = skeletonOf(set);
    const { parts, joints, isBody } = figurePlan(set);
    expect(isBody).toBe(true);
    const between = (from: string, to: string) =>
      parts.find((part) => keypoints[part.from] === from && keypoints[part.to] === to);
    expect(between('left_hip', 'left_knee')).toMatchObject({ fromRadius: 0.05, toRadius: 0.036 });
    const shin = between('right_knee', 'right_ankle') ?? between('right_knee', 'right_foot');
    expect(shin).toMatchObject({ fromRadius: 0.036, toRadius: 0.024 });
    expect(between('left_shoulder', 'left_elbow')).toMatchObject({ fromRadius: 0.033 });
    expect(between('left_elbow', 'left_wrist')).toMatchObject({ toRadius: 0.019 });
    expect(parts.filter(({ from, to }) => from < 0 && to < 0)).toHaveLength(2);
    const names = joints.map(({ at }) => keypoints[at] ?? '');
    expect(names.filter((name) => /eye|ear|mouth|nose/.test(name))).toEqual([]);
  });
});

it('a head is found without ears, without eyes, and by a single ear', () => {
  const body = new DerivedBody();
  for (const missing of [/ear/, /ear|eye/, /right_ear|eye|nose/]) {
    body.derive('coco-17', stand('coco-17', 1, missing), 0.5);
    const [, y = 0] = placeOf(body, 'head');
    expect(y).toBeGreaterThan(1.58);
    expect(y).toBeLessThan(1.7);
  }
  body.derive('coco-17', stand('coco-17', 1, /ear|eye|nose/), 0.5);
  expect(body.has('head')).toBe(false);
  expect(body.has('neck')).toBe(true);
});
